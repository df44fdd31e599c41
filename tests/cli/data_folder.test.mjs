// SPDX-License-Identifier: GPL-2.0-or-later
// nunmul deletes only its own: a data folder carries a mark, and no other folder is taken for
// one; documents that store.db does not name stop every command that would go on without them, and are taken in
// again by `nunmul check --adopt`; files of others stay; deleted indexes go, also when a crash came between.
import assert from 'node:assert/strict'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { startServer } from '../http/server.mjs'
import { found, nunmul, nunmulJson, song, start, tempFolder, withServer, writeEntries } from './nunmul.mjs'

const folder = tempFolder()
const file = join(folder, 'songs.ndjson')
const whole = join(folder, 'whole')

let copies = 0
function copy(from = whole) {
  const data = join(folder, `copy${++copies}`)
  cpSync(from, data, { recursive: true })
  return data
}

// Every path below a folder, with what files hold.
function tree(path) {
  const list = {}
  for (const name of readdirSync(path, { recursive: true }).sort())
    list[name] = statSync(join(path, name)).isDirectory() ? 'folder' : readFileSync(join(path, name), 'latin1')
  return list
}

const searched = async (server, uid, query) =>
  (await server.call('GET', `/indexes/${uid}/search?q=${query}&limit=1000`)).json.hits.map((hit) => hit.id).sort()

before(async () => {
  writeEntries(file, [song('a'), song('b'), song('c')])
  nunmulJson(['index', '--data-dir', whole, file])
  await withServer(whole, async (server) => {
    await server.write('POST', '/indexes', { uid: 'films', primaryKey: 'key' })
    await server.write('PATCH', '/indexes/films/settings', { filterableAttributes: ['year'] })
    await server.write('POST', '/indexes/films/documents', [{ key: 'x', title: 'Film x', year: 1999 }, { key: 'y', title: 'Film y', year: 2001 }])
  })
})

// Every command that would make something of the folder refuses, changes nothing, and says what is there.
async function isRefused(data, ...patterns) {
  const before = tree(data)
  const calls = [
    ['serve', '--data-dir', data, '--listen', '127.0.0.1:0'],
    ['index', '--data-dir', data, file],
    ['index', '--data-dir', data, '--dry-run', file],
    ['search', '--data-dir', data, 'about'],
    ['generations', '--data-dir', data],
    ['rollback', '--data-dir', data],
  ]
  for (const args of calls) {
    const { status, stdout, stderr } = nunmul(args)
    assert.equal(status, 1, `${args}: ${stdout}${stderr}`)
    for (const pattern of patterns) assert.match(stderr, pattern, `${args}`)
  }
  const checked = nunmul(['check', '--data-dir', data])
  assert.equal(checked.status, 1)
  for (const pattern of patterns) assert.match(checked.stdout, pattern)
  const after = tree(data)
  for (const name of Object.keys(before)) if (!/-(wal|shm)$|server\.lock$/.test(name)) assert.equal(after[name], before[name], name)
}

// After --adopt, all is as it was.
async function isAdopted(data, { settings = true, names = ['entries', 'films'] } = {}) {
  const report = nunmulJson(['check', '--data-dir', data, '--adopt'])
  assert.ok(report.adopted.length > 0)
  assert.equal(nunmulJson(['check', '--data-dir', data]).adopted, undefined)
  assert.deepEqual(nunmulJson(['check', '--data-dir', data, '--adopt']).adopted, [])
  await withServer(data, async (server) => {
    const indexes = (await server.call('GET', '/indexes')).json.results
    assert.deepEqual(indexes.map(({ uid, primaryKey }) => [uid, primaryKey]), [[names[0], 'id'], [names[1], 'key']])
    assert.deepEqual(await searched(server, names[0], 'about'), ['a', 'b', 'c'])
    const films = await server.call('POST', `/indexes/${names[1]}/search`, { q: 'film', ...(settings ? { filter: 'year > 2000' } : {}) })
    assert.deepEqual(films.json.hits.map((hit) => hit.key), settings ? ['y'] : ['x', 'y'])
    await server.write('POST', `/indexes/${names[1]}/documents`, [{ key: 'z', title: 'Film z', year: 2020 }])
    assert.equal((await server.call('GET', `/indexes/${names[1]}/documents`)).json.total, 3)
  })
  return report
}

// ---- The mark.

test('a new data folder is marked, and one of a program without marks is recognized', async () => {
  const { indexSchema, ...mark } = JSON.parse(readFileSync(join(whole, 'nunmul.json'), 'utf8'))
  assert.deepEqual(mark, { format: 'nunmul data folder', version: 1 })
  assert.ok(indexSchema > 0)
  const data = copy()
  rmSync(join(data, 'nunmul.json'))
  await withServer(data, async (server) => assert.deepEqual(await searched(server, 'entries', 'about'), ['a', 'b', 'c']))
  assert.ok(existsSync(join(data, 'nunmul.json')))
})

test('a folder of something else is refused and left as it is', () => {
  const data = join(folder, 'photos')
  mkdirSync(join(data, 'spool'), { recursive: true })
  for (const name of ['holiday.jpg', 'notes.txt', 'store.db', 'spool/mine']) writeFileSync(join(data, name), 'mine')
  const before = tree(data)
  for (const args of [['serve', '--listen', '127.0.0.1:0'], ['index', file], ['check']]) {
    const { status, stderr } = nunmul([args[0], '--data-dir', data, ...args.slice(1)])
    assert.equal(status, 1)
    assert.match(stderr, /photos is no data folder of nunmul: it holds holiday\.jpg, notes\.txt, spool and others/)
  }
  assert.deepEqual(tree(data), before)
})

test('dot files and lost+found do not make a folder somebody else\'s', () => {
  const data = join(folder, 'mounted')
  mkdirSync(join(data, 'lost+found'), { recursive: true })
  writeFileSync(join(data, '.keep'), '')
  assert.equal(nunmul(['index', '--data-dir', data, file]).status, 0)
  assert.ok(existsSync(join(data, '.keep')) && existsSync(join(data, 'lost+found')))
})

test('a mark that does not say the schema of indexes says it from the first start on', async () => {
  const data = copy()
  writeFileSync(join(data, 'nunmul.json'), '{"format":"nunmul data folder","version":1}\n')
  await withServer(data, () => {})
  assert.ok(JSON.parse(readFileSync(join(data, 'nunmul.json'), 'utf8')).indexSchema > 0)
})

test('a mark of a newer program and a damaged one are refused', () => {
  const data = copy()
  writeFileSync(join(data, 'nunmul.json'), '{"format":"nunmul data folder","version":2}\n')
  assert.match(nunmul(['index', '--data-dir', data, file]).stderr, /made by a newer nunmul: .*nunmul\.json is of version 2, this program knows 1/)
  writeFileSync(join(data, 'nunmul.json'), '{"format":"nunmul data folder","version":1,"indexSchema":1000}\n')
  assert.match(nunmul(['search', '--data-dir', data, 'about']).stderr, /made by a newer nunmul: .*nunmul\.json is of index schema 1000, this program knows \d+/)
  writeFileSync(join(data, 'nunmul.json'), '{"format":')
  assert.match(nunmul(['index', '--data-dir', data, file]).stderr, /nunmul\.json is damaged\. If .* remove the file: it is made again/)
  rmSync(join(data, 'nunmul.json'))
  assert.equal(nunmul(['index', '--data-dir', data, file]).status, 0)
})

test('a snapshot is a marked data folder', async () => {
  const data = copy()
  await withServer(data, (server) => server.write('POST', '/snapshots'))
  const [snapshot] = readdirSync(join(data, 'snapshots'))
  assert.ok(existsSync(join(data, 'snapshots', snapshot, 'nunmul.json')))
  assert.deepEqual(found(join(data, 'snapshots', snapshot), 'about'), ['a', 'b', 'c'])
  assert.deepEqual(nunmulJson(['check', '--data-dir', join(data, 'snapshots', snapshot)]).problems, [])
})

// ---- A store.db that is missing or older.

test('without store.db nothing starts, and --adopt takes documents, names, keys and settings in again', async () => {
  const data = copy()
  rmSync(join(data, 'store.db'))
  await isRefused(data, /store\.db is missing beside indexes\/1 \(`entries`, 3 documents\), indexes\/2 \(`films`, 2 documents\)/, /`nunmul check --adopt`/)
  await isAdopted(data)
})

test('an empty store.db is a missing one', async () => {
  const data = copy()
  writeFileSync(join(data, 'store.db'), '')
  await isRefused(data, /store\.db (is missing beside|does not name) indexes\/1 /)
})

test('without store.db and index.json, what the documents say is taken', async () => {
  const data = copy()
  for (const name of ['store.db', 'nunmul.json', 'indexes/1/index.json', 'indexes/2/index.json']) rmSync(join(data, name))
  await isRefused(data, /missing beside indexes\/1 \(3 documents\), indexes\/2 \(2 documents\)/)
  await isAdopted(data, { names: ['recovered-1', 'recovered-2'] })
})

test('a store.db from before an index was made does not lose the index', async () => {
  const data = join(folder, 'older')
  nunmulJson(['index', '--data-dir', data, file])
  const old = readFileSync(join(data, 'store.db'))
  await withServer(data, async (server) => {
    await server.write('POST', '/indexes', { uid: 'films', primaryKey: 'key' })
    await server.write('PATCH', '/indexes/films/settings', { filterableAttributes: ['year'] })
    await server.write('POST', '/indexes/films/documents', [{ key: 'x', title: 'Film x', year: 1999 }, { key: 'y', title: 'Film y', year: 2001 }])
  })
  writeFileSync(join(data, 'store.db'), old)
  await isRefused(data, /store\.db (does not name|is older than) indexes\/2 \(`films`, 2 documents\)/)
  await isAdopted(data)
})

test('a store.db from before tasks that are done is refused: the same numbers would be given out again', async () => {
  const data = copy()
  const old = readFileSync(join(data, 'store.db'))
  await withServer(data, (server) => server.write('POST', '/indexes/films/documents', [{ key: 'y', title: 'Film y', year: 2001, new: 1 }]))
  writeFileSync(join(data, 'store.db'), old)
  await isRefused(data, /store\.db is older than indexes\/2 .*: task 3 is done there, and the next one would be 3/)
  await isAdopted(data)
})

test('a store.db from before a swap is refused, and --adopt gives the names as they were last', async () => {
  const data = copy()
  const old = readFileSync(join(data, 'store.db'))
  await withServer(data, async (server) => {
    await server.write('POST', '/swap-indexes', [{ indexes: ['entries', 'films'] }])
    const recorded = () => readFileSync(join(data, 'indexes/1/index.json'), 'utf8').includes('"films"')
    for (const end = Date.now() + 10000; !recorded() && Date.now() < end;) await server.call('GET', '/health')
    assert.ok(recorded())
  })
  writeFileSync(join(data, 'store.db'), old)
  await isRefused(data, /store\.db is older than indexes\/1 \(`films`, 3 documents\), which was changed since/)
  nunmulJson(['check', '--data-dir', data, '--adopt'])
  await withServer(data, async (server) => {
    assert.deepEqual(await searched(server, 'films', 'about'), ['a', 'b', 'c'])
    assert.deepEqual((await server.call('GET', '/indexes/entries/search?q=film')).json.hits.map((hit) => hit.key), ['x', 'y'])
  })
})

test('nothing is adopted beside a running server', async () => {
  const data = copy()
  await withServer(data, () => {
    const { status, stderr } = nunmul(['check', '--data-dir', data, '--adopt'])
    assert.equal(status, 1)
    assert.match(stderr, /is served by pid \d+ nunmul serve; stop it first/)
  })
})

// ---- Documents that are missing or older.

const documents = 'indexes/2/documents.db'
const refusal = (how) => new RegExp(`indexes/2/documents\\.db is ${how}, and with it documents of the index\\. .*--adopt`)

// Nothing that would need the documents goes on; the others are not touched by it.
async function isRefusedWithoutDocuments(data, how) {
  for (const args of [['serve', '--listen', '127.0.0.1:0'], ['index', '--index', 'films', file], ['search', '--index', 'films', 'film']]) {
    const { status, stdout, stderr } = nunmul([args[0], '--data-dir', data, ...args.slice(1)])
    assert.equal(status, 1, `${args} ${stdout}`)
    assert.match(stderr, refusal(how))
  }
  const checked = nunmul(['check', '--data-dir', data])
  assert.equal(checked.status, 1)
  assert.match(checked.stdout, refusal(how))
}

test('a missing documents.db stops the server, and its documents come from the newest generation', async () => {
  const data = copy()
  rmSync(join(data, documents))
  await isRefusedWithoutDocuments(data, 'missing')
  const report = await isAdopted(data)
  assert.match(report.adopted.join('\n'), /indexes\/2: 2 documents were taken from the generation g/)
})

test('a documents.db that is empty or older than a generation is a missing one', async () => {
  const data = copy()
  const old = readFileSync(join(data, documents))
  await withServer(data, (server) => server.write('POST', '/indexes/films/documents', [{ key: 'y', title: 'Film y', year: 2001, new: 1 }]))
  writeFileSync(join(data, documents), old)
  await isRefusedWithoutDocuments(data, 'older than a generation beside it')
  writeFileSync(join(data, documents), '')
  await isRefusedWithoutDocuments(data, 'missing')
  await isAdopted(data)
})

test('with documents and all generations gone, store.db knows that there was something', async () => {
  const data = copy()
  rmSync(join(data, 'indexes/2'), { recursive: true })
  await isRefusedWithoutDocuments(data, 'missing')
  const { adopted } = nunmulJson(['check', '--data-dir', data, '--adopt'])
  assert.match(adopted.join('\n'), /^Index `films`: no documents were found in indexes\/2, and no generation that holds them; it is empty now\.$/m)
  await withServer(data, async (server) => {
    while ((await server.call('GET', '/indexes/films/documents')).status === 503);
    assert.equal((await server.call('GET', '/indexes/films/documents')).json.total, 0)
    assert.deepEqual(await searched(server, 'entries', 'about'), ['a', 'b', 'c'])
  })
})

// ---- What is left alone, and what goes.

test('files and folders of others stay, also where their names look like ours', async () => {
  const data = copy()
  const foreign = [
    'notes.txt', 'indexes/12-old/documents.db', 'indexes/012/documents.db', 'indexes/77/notes.txt', 'indexes/1/notes.txt',
    'indexes/1/segments/mine/notes.txt', 'indexes/1/segments/s20260101T000000000000-0123abcd/notes.txt', 'indexes/1/segments/sold/x',
    'indexes/1/generations/mine.json', 'indexes/1/generations/g1.json', 'indexes/1/removable/mine', 'indexes/1/CURRENT.new-mine',
    'spool/mine', 'spool/request-body-of-mine', 'payloads/mine.ndjson', 'payloads/01234567-0123-0123-0123-0123456789ab.ndjson',
    'dumps/mine.dump.tmp', 'snapshots/20260101-000000000.snapshot.tmp.mine',
  ]
  for (const name of foreign) {
    mkdirSync(join(data, name, '..'), { recursive: true })
    writeFileSync(join(data, name), `mine: ${name}`)
  }
  await withServer(data, async (server) => {
    await server.write('POST', '/indexes/entries/documents', [song('d')])
    await server.write('DELETE', '/indexes/entries/documents/d')
    await server.write('POST', '/indexes', { uid: 'more' })
    await server.write('DELETE', '/indexes/more')
  })
  for (let i = 0; i < 3; ++i) nunmulJson(['index', '--data-dir', data, writeEntries(join(folder, 'other.ndjson'), [song('a'), song(`new${i}`)])])
  for (const name of foreign) assert.equal(readFileSync(join(data, name), 'utf8'), `mine: ${name}`)
})

test('the targets of links named spool and payloads stay untouched', async () => {
  const data = copy()
  const names = ['request-body-Abc123', '01234567-0123-0123-0123-0123456789ab.ndjson.part', 'mine']
  for (const name of ['spool', 'payloads']) {
    const target = join(folder, `target of ${name}`)
    mkdirSync(target)
    for (const each of names) writeFileSync(join(target, each), 'mine')
    rmSync(join(data, name), { recursive: true, force: true })
    symlinkSync(target, join(data, name))
  }
  await withServer(data, async (server) => assert.deepEqual(await searched(server, 'entries', 'about'), ['a', 'b', 'c']))
  for (const name of ['spool', 'payloads']) assert.deepEqual(readdirSync(join(folder, `target of ${name}`)).sort(), [...names].sort())
})

test('what was cut off goes when a server starts, and when it writes an index', async () => {
  const data = copy()
  const left = [
    'spool/request-body-Abc123', 'payloads/01234567-0123-0123-0123-0123456789ab.ndjson.part', 'dumps/20260101-000000000.dump.tmp',
    'snapshots/20260101-000000000.snapshot.tmp/store.db', 'indexes/1/CURRENT.new-1-0', 'indexes/1/segments/s20260101T000000000000-0123abcd/part',
  ]
  for (const name of left) {
    mkdirSync(join(data, name, '..'), { recursive: true })
    writeFileSync(join(data, name), '')
  }
  writeFileSync(join(data, 'indexes/1/removable/s20260101T000000000000-0123abcd'), '')
  await withServer(data, (server) => server.write('POST', '/indexes/entries/documents', [song('d')]))
  for (const name of left) assert.ok(!existsSync(join(data, name)), name)
})

test('a deleted index goes, also when its folder came back before the next start', async () => {
  const data = copy()
  const aside = join(folder, 'aside')
  cpSync(join(data, 'indexes/2'), aside, { recursive: true })
  const server = start(['serve', '--data-dir', data, '--listen', '127.0.0.1:0'])
  const [, url] = await server.saw(/listening on (http:\S+)/)
  await fetch(`${url}/indexes/films`, { method: 'DELETE' })
  for (const end = Date.now() + 10000; existsSync(join(data, 'indexes/2')) && Date.now() < end;) await fetch(`${url}/health`)
  assert.ok(!existsSync(join(data, 'indexes/2')))
  await server.end('SIGTERM')
  // As somebody puts it back, who must not lose it.
  renameSync(aside, join(data, 'indexes/2'))
  assert.match(nunmul(['serve', '--data-dir', data, '--listen', '127.0.0.1:0']).stderr, /store\.db does not name indexes\/2 \(`films`, 2 documents\)/)
  assert.ok(existsSync(join(data, 'indexes/2/documents.db')))
})

test('a server that was killed while it deleted an index ends that at the next start', async () => {
  const data = copy()
  for (let round = 0; round < 5; ++round) {
    const uid = `i${round}`
    const server = start(['serve', '--data-dir', data, '--listen', '127.0.0.1:0'])
    const [, url] = await server.saw(/listening on (http:\S+)/)
    const json = { 'content-type': 'application/json' }
    const { taskUid } = await (await fetch(`${url}/indexes/${uid}/documents`, { method: 'POST', headers: json, body: '[{"id":1}]' })).json()
    const status = async (task) => (await (await fetch(`${url}/tasks/${task}`)).json()).status
    while ((await status(taskUid)) !== 'succeeded');
    const deletion = (await (await fetch(`${url}/indexes/${uid}`, { method: 'DELETE' })).json()).taskUid
    while ((await status(deletion)) !== 'succeeded');
    await server.end('SIGKILL')
    await withServer(data, async (again) => assert.equal((await again.call('GET', `/indexes/${uid}`)).status, 404))
  }
  assert.deepEqual(readdirSync(join(data, 'indexes')).sort(), ['1', '2'])
})

// Names, modes, times and contents, but for what SQLite keeps beside a database that is open.
function state(path) {
  const list = {}
  for (const name of ['.', ...readdirSync(path, { recursive: true })].sort()) {
    if (/-(wal|shm)$/.test(name)) continue
    const { mode, mtimeMs } = statSync(join(path, name))
    const is_folder = statSync(join(path, name)).isDirectory()
    list[name] = [mode, is_folder ? readdirSync(join(path, name)).filter((each) => !/-(wal|shm)$/.test(each)).join() : mtimeMs]
  }
  return list
}

test('a command that reads writes nothing, whatever the folder lacks', async () => {
  const judged = join(folder, 'judged.jsonl')
  writeFileSync(judged, '{"qid":"1","query":"about","judgments":{"a":1}}\n')
  const commands = [
    ['search', 'about'], ['generations'], ['check'], ['eval', '--judged', judged], ['concepts', '--uncovered'],
    ['index', '--dry-run', '--index', 'none', file],
  ]
  const lacking = { nothing: [], marks: ['indexes/1/removable'], lock: ['indexes/1/lock'], mark: ['nunmul.json'], generation: ['indexes/2/generations', 'indexes/2/CURRENT'] }
  for (const [what, names] of Object.entries(lacking)) {
    const data = copy()
    for (const name of names) rmSync(join(data, name), { recursive: true })
    chmodSync(data, 0o700)
    const before = state(data)
    for (const args of commands) {
      const { status, stderr } = nunmul([args[0], '--data-dir', data, ...args.slice(1)])
      if (what !== 'generation') assert.equal(status, 0, `${args}, without ${what}: ${stderr}`)
      assert.deepEqual(state(data), before, `${args}, without ${what}`)
    }
  }
})
