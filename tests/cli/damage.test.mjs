// SPDX-License-Identifier: GPL-2.0-or-later
// Damaged files: whatever file of an index is cut, flipped or gone, check says so, a search still answers
// from a generation that is whole, and the next start or run has everything again, since the documents
// are the truth. Damage to them is named and never served.
import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { found, nunmul, nunmulJson, song, tempFolder, withServer, writeEntries } from './nunmul.mjs'

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
      assert.ok(found(data, 'about').includes('b'), path)
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
