// SPDX-License-Identifier: GPL-2.0-or-later
// A data folder is for the user of the service alone, whatever the umask; what is written elsewhere is not.
// Where others can read an existing data folder or a file with the master key, a warning says how to close it;
// a master key that no client can send is refused with the reason.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { below, binary, nunmul, nunmulJson, song, start, tempFolder, withServer, writeEntries } from './nunmul.mjs'

process.umask(0)  // of the commands as well

const mode = (path) => (lstatSync(path).mode & 0o777).toString(8)

// The files of a folder that others can reach, the folder included. Those that SQLite keeps beside documents.db
// while it is open have the mode of that file, and may go meanwhile.
const open = (folder) => below(folder)
  .filter((path) => !/documents\.db-(wal|shm)$/.test(path) && lstatSync(path).mode & 0o077)
  .map((path) => `${path} ${mode(path)}`)

function indexed(entries = [song('a')]) {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const file = writeEntries(join(folder, 'songs.ndjson'), entries)
  return { folder, data, file, index: (...flags) => nunmul(['index', '--data-dir', data, ...flags, file]) }
}

// Everything that a server writes.
async function useServer(data) {
  await withServer(data, async (server) => {
    const succeeded = async (...request) => assert.equal((await server.write(...request)).status, 'succeeded')
    const headers = { 'X-Secret': 'a secret of the receiver' }
    assert.equal((await server.call('POST', '/webhooks', { url: 'http://127.0.0.1:9/', headers })).status, 201)
    const large = Array.from({ length: 300 }, (_, i) => song(`l${i}`, { description: 'words '.repeat(5000) }))
    await succeeded('POST', '/indexes/other/documents', large)
    await succeeded('POST', '/snapshots')
    await succeeded('POST', '/dumps')
    assert.deepEqual(open(data), [])
    assert.ok(existsSync(join(data, 'store.db-wal')))
  })
}

test('what index, rollback and serve make in a new data folder is for their user alone', async () => {
  const { data, file, index } = indexed()
  assert.equal(index().stderr, '')
  assert.equal(mode(data), '700')
  assert.equal(mode(join(data, 'store.db')), '600')
  writeEntries(file, [song('a'), song('b')])
  index()
  assert.equal(nunmul(['rollback', '--data-dir', data]).status, 0)
  assert.deepEqual(open(data), [])
  await useServer(data)
  assert.equal(nunmul(['search', '--data-dir', data, 'title']).status, 0)
  assert.deepEqual(open(data), [])
})

test('a server alone makes its data folder so', async () => {
  const data = join(tempFolder(), 'deep', 'data')
  await useServer(data)
  assert.deepEqual(open(data), [])
})

test('an existing folder that others can reach is warned of, and what is new in it is closed', async () => {
  const { data, file, index } = indexed()
  index()
  spawnSync('chmod', ['-R', 'go=rX', data])
  const old = new Set(open(data).map((line) => line.split(' ')[0]))
  assert.ok(old.has(join(data, 'store.db')))
  writeEntries(file, [song('a'), song('b')])
  const warning = /^warning: others on this machine can reach what is in \S*data; this keeps them out: (chmod -R go= \S*data)\n/
  const [, chmod] = warning.exec(index().stderr)
  const server = start(['serve', '--data-dir', data, '--listen', '127.0.0.1:0'])
  await server.saw(/warning: others on this machine can reach .*\n[^]*listening/)
  assert.ok(existsSync(join(data, 'store.db-wal')))
  assert.deepEqual(open(data).filter((line) => !old.has(line.split(' ')[0])), [])
  assert.equal(await server.end('SIGTERM'), 0)
  assert.equal(spawnSync('/bin/sh', ['-c', chmod]).status, 0)
  assert.deepEqual(open(data), [])
  assert.equal(index().stderr, '')
})

test('--watch warns once', async () => {
  const { data, file } = indexed()
  mkdirSync(data, { mode: 0o755 })
  const watching = start(['index', '--data-dir', data, '--watch', file])
  await watching.saw(/1 added/)
  writeEntries(file, [song('a'), song('b')])
  await watching.saw(/1 added/)
  assert.equal(watching.output().match(/can reach/g).length, 1)
  assert.equal(await watching.end('SIGTERM'), 0)
})

test('what import and eval write keeps the umask', () => {
  const { folder, data, file, index } = indexed()
  index()
  const output = join(folder, 'out.ndjson')
  assert.equal(nunmul(['import', '--output', output, file]).status, 0)
  assert.equal(mode(output), '666')
  const judged = writeEntries(join(folder, 'own.jsonl'), [{ qid: 'q', query: 'title', judgments: { a: 3 } }])
  assert.equal(nunmul(['eval', '--data-dir', data, '--judged', judged, '--update-golden']).status, 0)
  assert.equal(mode(join(folder, 'own.golden.json')), '644')
  assert.deepEqual(open(data), [])
})

// ---- Several users.

const nobody = 65534

test('another user is told that the folder is not theirs to read', (t) => {
  if (process.getuid() !== 0) return t.skip('needs to be root')
  const { folder, data, index } = indexed()
  index()
  chmodSync(folder, 0o755)
  const { error, status, stderr } = spawnSync(binary, ['search', '--data-dir', data, 'title'], { encoding: 'utf8', uid: nobody })
  if (error) return t.skip('others cannot run the binary')
  assert.equal(status, 1)
  assert.match(stderr, /^error: .*data.*Permission denied/m)
  assert.doesNotMatch(stderr, /no data/)
})

test('indexing beside the service of another user is warned of', (t) => {
  if (process.getuid() !== 0) return t.skip('needs to be root')
  const { data, index } = indexed()
  index()
  writeFileSync(join(data, 'server.lock'), 'pid 1 nunmul serve')
  assert.equal(index().stderr, '')
  chownSync(join(data, 'server.lock'), nobody, nobody)
  assert.match(index().stderr, /^warning: a server of user \S+ uses \S*data and cannot read what this command writes; run it as that user\n/)
})

// ---- The master key.

// How a server with that key file begins: its key as it is sent, or why it does not start.
async function begins(bytes, { fileMode = 0o600, flags = [] } = {}) {
  const folder = tempFolder()
  const file = join(folder, 'master.key')
  writeFileSync(file, bytes, { mode: fileMode })
  const server = start(['serve', '--data-dir', join(folder, 'data'), '--listen', '127.0.0.1:0', ...(flags.length ? flags : ['--master-key-file', file])])
  try {
    const [text, url] = await server.saw(/[^]*listening on (http:\S+)/)
    const keys = await fetch(`${url}/keys`, { headers: { authorization: 'Bearer the key of the tests' } })
    return { text, status: keys.status }
  } catch {
    return { text: server.output(), exit: await server.ended }
  } finally {
    await server.end('SIGTERM')
  }
}

test('a line end behind the master key is no part of it', async () => {
  for (const end of ['', '\n', '\r\n', '\n\n'])
    assert.equal((await begins(`the key of the tests${end}`)).status, 200, JSON.stringify(end))
})

test('a master key that no client can send is refused with the reason', async () => {
  const cases = {
    'the key of the tests \n': /begins or ends with a blank/,
    '\tthe key of the tests': /begins or ends with a blank/,
    '\ufeffthe key of the tests\n': /begins with a byte order mark/,
    'the key of the tests\nanother\n': /has more than one line/,
    'the key\0of the tests': /holds a control character/,
    '\n': /holds no master key/,
  }
  for (const [bytes, reason] of Object.entries(cases)) {
    const { text, exit } = await begins(bytes)
    assert.equal(exit, 1, JSON.stringify(bytes))
    assert.match(text, /^error: .*master\.key/m)
    assert.match(text, reason)
  }
  const given = await begins('', { flags: ['--master-key', 'the key of the tests '] })
  assert.equal(given.exit, 1)
  assert.match(given.text, /^error: The master key of --master-key begins or ends with a blank/m)
})

test('a file with the master key that others can read is warned of', async () => {
  const warning = /^warning: others on this machine can read \S*(master\.key|nunmul\.toml), which holds the master key; this keeps them out: chmod 600 \S+$/m
  assert.match((await begins('the key of the tests', { fileMode: 0o644 })).text, warning)
  assert.doesNotMatch((await begins('the key of the tests', { fileMode: 0o640 })).text, /warning/)
  const config = join(tempFolder(), 'nunmul.toml')
  writeFileSync(config, '[serve]\nmaster-key = "the key of the tests"\n', { mode: 0o644 })
  const { text, status } = await begins('', { flags: ['--config', config] })
  assert.equal(status, 200)
  assert.match(text, warning)
  chmodSync(config, 0o600)
  assert.doesNotMatch((await begins('', { flags: ['--config', config] })).text, /warning/)
  assert.equal(statSync(config).mode & 0o777, 0o600)
})
