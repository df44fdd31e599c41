// SPDX-License-Identifier: GPL-2.0-or-later
// Damaged files: whatever file of an index is cut, flipped or gone, check says so, no search answers from less
// than there was, and the next start or run has everything again, since the documents are the truth. Damage to
// them is named and never served.
import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { found, nunmul, nunmulJson, song, start, tempFolder, withServer, writeEntries } from './nunmul.mjs'

const folder = tempFolder()
const whole = join(folder, 'whole')
const file = join(folder, 'songs.ndjson')
const index = (data) => nunmulJson(['index', '--data-dir', data, file])
before(() => {
  index((writeEntries(file, [song('a'), song('b')]), whole))
  index((writeEntries(file, [song('b'), song('c')]), whole))
})

const kinds = {
  'cut in half': (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
  'with one bit flipped': (path) => {
    const bytes = readFileSync(path)
    bytes[Math.floor(bytes.length / 2)] ^= 1
    writeFileSync(path, bytes)
  },
  gone: (path) => rmSync(path),
}

function crc32(text) {
  let crc = ~0
  for (const byte of Buffer.from(text)) {
    crc ^= byte
    for (let bit = 0; bit < 8; ++bit) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

let copies = 0
function copy() {
  const data = join(folder, `copy${++copies}`)
  cpSync(whole, data, { recursive: true })
  return data
}

function filesBelow(path) {
  return statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesBelow(join(path, name))) : [path]
}

// Files that the published generation stands on.
function publishedFiles(data) {
  const root = join(data, 'indexes/1')
  const current = readFileSync(join(root, 'CURRENT'), 'utf8').trim()
  const manifest = readFileSync(join(root, `generations/${current}.json`), 'utf8')
  const segments = readdirSync(join(root, 'segments')).filter((name) => manifest.includes(name))
  return [join(root, 'CURRENT'), join(root, `generations/${current}.json`), ...segments.flatMap((name) => filesBelow(join(root, 'segments', name)))]
}

test('a whole folder is well', () => {
  const { status, stdout } = nunmul(['check', '--data-dir', copy()])
  assert.equal(status, 0)
  assert.match(stdout, /^all is well: 1 index in /)
})

for (const [kind, damage] of Object.entries(kinds)) {
  test(`any file of the published generation may be ${kind}`, async () => {
    const files = publishedFiles(copy()).map((path) => path.split(/copy\d+\//)[1])
    assert.ok(files.length > 4)
    for (const path of files) {
      const data = copy()
      if (statSync(join(data, path)).size === 0) continue
      damage(join(data, path))
      const checked = nunmul(['check', '--data-dir', data])
      assert.equal(checked.status, 1, path)
      assert.match(checked.stdout, /^index entries: .*(next start|nunmul index)/m, path)
      // Without CURRENT the newest generation is found, and lacks nothing.
      const searched = nunmul(['search', '--data-dir', data, 'about'])
      if (searched.status === 0) assert.deepEqual([path.endsWith('CURRENT'), found(data, 'about')], [true, ['b', 'c']])
      else assert.match(searched.stderr, /^error: Index `entries` cannot be searched: .*\nhint: it is built anew/m, path)
      await withServer(data, (_, waitFor) => waitFor('about', ['b', 'c']))
      assert.deepEqual(nunmulJson(['check', '--data-dir', data]).problems, [], path)
      rmSync(data, { recursive: true })
    }
  })
}

test('with every generation damaged, a run of nunmul index builds the index from the stored documents', () => {
  const data = copy()
  rmSync(join(data, 'indexes/1/segments'), { recursive: true })
  const report = index(data)
  assert.deepEqual([report.outcome, report.unchanged], ['published', 2])
  assert.deepEqual(found(data, 'about'), ['b', 'c'])
})

test('with every generation damaged, a server builds the index from the stored documents', async () => {
  const data = copy()
  rmSync(join(data, 'indexes/1/generations'), { recursive: true })
  await withServer(data, (_, waitFor) => waitFor('about', ['b', 'c']))
})

test('a damaged document is named by check, and keeps no other from being found', () => {
  const data = copy()
  const path = join(data, 'indexes/1/documents.db')
  const bytes = readFileSync(path)
  const at = bytes.indexOf('About c')
  assert.ok(at > 0)
  bytes[at] ^= 1
  writeFileSync(path, bytes)
  const { status, stdout } = nunmul(['check', '--data-dir', data])
  assert.equal(status, 1)
  assert.match(stdout, /The stored document `c` is damaged/)
  assert.deepEqual(found(data, 'about'), ['b', 'c'])
})

test('a store that cannot be opened is an error that names the file', () => {
  for (const path of ['store.db', 'indexes/1/documents.db']) {
    const data = copy()
    writeFileSync(join(data, path), 'not a database at all, but long enough to be looked at as one'.repeat(50))
    for (const rest of ['-wal', '-shm']) if (existsSync(join(data, path + rest))) rmSync(join(data, path + rest))
    const checked = nunmul(['check', '--data-dir', data])
    assert.equal(checked.status, 1, path)
    assert.match(checked.stdout + checked.stderr, new RegExp(path.replace('.', '\\.')))
    const indexed = nunmul(['index', '--data-dir', data, file])
    assert.equal(indexed.status, 1, path)
    assert.match(indexed.stderr, new RegExp(`^error: .*${path.replace('.', '\\.')}`, 'm'))
  }
})

// ---- While an index is not whole.

const publishedName = (data) => readFileSync(join(data, 'indexes/1/CURRENT'), 'utf8').trim()

// The published generation is gone, and a document without which no other can be built: it stays so.
function unbuildable() {
  const data = copy()
  const path = join(data, 'indexes/1/documents.db')
  const bytes = readFileSync(path)
  bytes[bytes.indexOf('About c')] ^= 1
  writeFileSync(path, bytes)
  rmSync(join(data, `indexes/1/generations/${publishedName(data)}.json`))
  return data
}

const reads = [
  ['GET', '/indexes/entries/search?q=about'],
  ['POST', '/indexes/entries/search', { q: 'about' }],
  ['GET', '/search?q=about'],
  ['POST', '/multi-search', { queries: [{ indexUid: 'entries', q: 'about' }] }],
  ['POST', '/multi-search', { federation: {}, queries: [{ indexUid: 'entries', q: 'about' }] }],
  ['POST', '/indexes/entries/facet-search', { facetName: 'kind' }],
  ['POST', '/indexes/entries/nunmul-suggestions', { q: 'abuot' }],
  ['GET', '/indexes/entries/documents'],
  ['GET', '/indexes/entries/documents/b'],
  ['POST', '/indexes/entries/documents/fetch', {}],
  ['GET', '/indexes/entries/stats'],
  ['GET', '/stats'],
]

test('an index that is not whole is not read, and health and the log say so', async () => {
  await withServer(unbuildable(), async (server) => {
    for (const [method, path, body] of reads) {
      const answer = await server.call(method, path, body)
      assert.equal(answer.status, 503, path)
      assert.equal(answer.json.code, 'index_rebuilding', path)
      assert.equal(answer.headers['retry-after'], '10', path)
    }
    for (const path of ['/', '/entries/b']) {
      const page = await server.call('GET', path, undefined, { headers: { accept: 'text/html' } })
      assert.equal(page.status, 503, path)
      assert.equal(page.headers['retry-after'], '10', path)
    }
    assert.deepEqual((await server.call('GET', '/health')).json, { status: 'available', indexesRebuilding: 1 })
    const unready = await server.call('GET', '/health?ready=true')
    assert.deepEqual([unready.status, unready.headers['retry-after'], unready.json], [503, '1', { status: 'rebuilding', indexesRebuilding: 1 }])
    assert.equal((await server.call('GET', '/indexes/entries')).status, 200)
    const deletion = await server.write('POST', '/indexes/entries/documents/delete', { filter: 'kind = song' })
    assert.deepEqual([deletion.status, deletion.error?.code], ['failed', 'io_error'])
    // The document that could not be read is sent again, and nothing is in the way any more.
    const sent = await server.write('POST', '/indexes/entries/documents', [song('c', { title: 'Again' })])
    assert.equal(sent.status, 'succeeded', JSON.stringify(sent.error))
    for (const path of ['/health', '/health?ready=true'])
      assert.deepEqual((await server.call('GET', path)).json, { status: 'available' }, path)
    assert.deepEqual((await server.call('GET', '/indexes/entries/search?q=about')).json.hits.map(({ id }) => id).sort(), ['b', 'c'])
  })
})

test('the log names an index that is not whole, why, and when it is again', async () => {
  const data = copy()
  rmSync(join(data, `indexes/1/generations/${publishedName(data)}.json`))
  const server = start(['serve', '--data-dir', data, '--listen', '127.0.0.1:0'])
  await server.saw(/index entries is not searched until it is built anew: Cannot open \S+json: No such file/)
  await server.saw(/index entries is whole/)
  await server.end('SIGTERM')
})

test('a generation of another schema is not served while the documents are built into a new one', async () => {
  const data = unbuildable()
  const generations = join(data, 'indexes/1/generations')
  writeFileSync(join(data, 'indexes/1/CURRENT'), `${readdirSync(generations).sort().at(-1).replace('.json', '')}\n`)
  for (const name of readdirSync(generations)) {
    const text = readFileSync(join(generations, name), 'utf8').split('\n')[1].replace(/"schema":\d+/, '"schema":1')
    writeFileSync(join(generations, name), `${crc32(text)}\n${text}\n`)
  }
  assert.match(nunmul(['search', '--data-dir', data, 'about']).stderr, /cannot be searched: .* is of another version of the index format/)
  await withServer(data, async (server) => assert.equal((await server.call('GET', '/indexes/entries/search?q=about')).status, 503))
})

test('neither search nor eval of the command line answers from an index that is not whole', () => {
  const data = unbuildable()
  const judged = join(folder, 'judged.jsonl')
  writeFileSync(judged, '{"qid":"q1","query":"about","judgments":{"b":1}}\n')
  for (const args of [['search', 'about'], ['eval', '--judged', judged]]) {
    const { status, stdout, stderr } = nunmul([args[0], '--data-dir', data, ...args.slice(1)])
    assert.deepEqual([status, stdout], [1, ''])
    assert.match(stderr, /^error: Index `entries` cannot be searched: /m)
  }
})
