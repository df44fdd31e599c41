// SPDX-License-Identifier: GPL-2.0-or-later
// Every sentence that `nunmul check` can print, and whether what it says comes true: each case damages a folder,
// looks for the sentence, does what it says, and finds the folder whole. It changes nothing, and works where
// nothing can be written.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { binary, found, nunmul, nunmulJson, song, start, tempFolder, withServer, writeEntries } from './nunmul.mjs'

const folder = tempFolder()
const whole = join(folder, 'whole')
const file = join(folder, 'songs.ndjson')
const index = (data, ...flags) => nunmulJson(['index', '--data-dir', data, ...flags, file])
before(() => {
  index((writeEntries(file, [song('a'), song('b')]), whole))
  index((writeEntries(file, [song('b'), song('c')]), whole))
})

let copies = 0
function copy(from = whole) {
  const data = join(folder, `copy${++copies}`)
  cpSync(from, data, { recursive: true })
  return data
}

const root = (data) => join(data, 'indexes/1')
const current = (data) => readFileSync(join(root(data), 'CURRENT'), 'utf8').trim()
const manifests = (data) => readdirSync(join(root(data), 'generations')).filter((name) => name.endsWith('.json')).sort()
const older = (data) => manifests(data).find((name) => name !== `${current(data)}.json`)
const segmentsOf = (data, name) => readdirSync(join(root(data), 'segments')).filter((each) => readFileSync(join(root(data), 'generations', name), 'utf8').includes(each))

function flip(path, at) {
  const bytes = readFileSync(path)
  bytes[at ?? Math.floor(bytes.length / 2)] ^= 1
  writeFileSync(path, bytes)
}

// A byte of a document's text in the database.
function flipText(data, text) {
  const path = join(root(data), 'documents.db')
  flip(path, readFileSync(path).indexOf(text))
}

const problems = (data) => {
  const { stdout } = nunmul(['check', '--data-dir', data, '--json'])
  return JSON.parse(stdout).problems.map(({ where, problem }) => `${where}: ${problem}`)
}

async function served(data) {
  await withServer(data, (_, waitFor) => waitFor('about', ['b', 'c']))
}
const indexed = (data) => void index(data)
const adopted = async (data) => {
  nunmulJson(['check', '--data-dir', data, '--adopt'])
  await served(data)  // a generation of the documents
}

test('a whole folder is well, and checking it changes nothing', () => {
  const data = copy()
  const names = () => readdirSync(data, { recursive: true }).sort()
  const before = names()
  const { status, stdout } = nunmul(['check', '--data-dir', data])
  assert.equal(status, 0)
  assert.match(stdout, /^all is well: 1 index in /)
  assert.deepEqual(names(), before)
})

test('where there is nothing, check says so', () => {
  const { status, stderr } = nunmul(['check', '--data-dir', join(folder, 'none')])
  assert.equal(status, 1)
  assert.match(stderr, /There is no data in .*none\.\nhint: `nunmul index` makes it/)
})

// damage, the sentence, and ways to do what it says.
const isRebuilt = String.raw`The index is built anew from its documents at the next start of \`nunmul serve\`, or by a run of \`nunmul index\`\.$`
const cases = {
  'CURRENT is missing': [
    (data) => rmSync(join(root(data), 'CURRENT')),
    String.raw`^index entries: \S+CURRENT names no generation that is there\. ${isRebuilt}`,
    served, indexed,
  ],
  'the published generation is missing': [
    (data) => rmSync(join(root(data), 'generations', `${current(data)}.json`)),
    String.raw`^index entries: \S+CURRENT names no generation that is there\. ${isRebuilt}`,
    served, indexed,
  ],
  'the published generation is damaged': [
    (data) => flip(join(root(data), 'generations', `${current(data)}.json`)),
    String.raw`^index entries: The generation \S+ is damaged\. ${isRebuilt}`,
    served, indexed,
  ],
  'a segment of the published generation is damaged': [
    (data) => flip(join(root(data), 'segments', segmentsOf(data, `${current(data)}.json`)[0], 'words.bin')),
    String.raw`^index entries: The file \S+words\.bin is damaged \(its checksum does not fit\)\. ${isRebuilt}`,
    served, indexed,
  ],
  'a file of a segment is missing': [
    (data) => rmSync(join(root(data), 'segments', segmentsOf(data, `${current(data)}.json`)[0], 'forward.bin')),
    String.raw`^index entries: The file \S+forward\.bin is missing\. ${isRebuilt}`,
    served, indexed,
  ],
  'an older generation is damaged': [
    (data) => flip(join(root(data), 'generations', older(data))),
    String.raw`^index entries: The generation \S+ is damaged\. It is set aside at the next start of \`nunmul serve\`\.$`,
    served,
  ],
  'a segment of an older generation alone is damaged': [
    (data) => flip(join(root(data), 'segments', segmentsOf(data, older(data)).find((name) => !segmentsOf(data, `${current(data)}.json`).includes(name)), 'words.bin')),
    String.raw`^index entries: The file \S+ is damaged \(its checksum does not fit\)\. The generation g\S+ is of it\. It is set aside at the next start of \`nunmul serve\`\.$`,
    served,
  ],
  'no generation is there': [
    (data) => { rmSync(join(root(data), 'CURRENT')); for (const name of manifests(data)) rmSync(join(root(data), 'generations', name)) },
    String.raw`^index entries: No generation is published\. ${isRebuilt}`,
    served, indexed,
  ],
  'an older generation is published': [
    (data) => writeFileSync(join(root(data), 'CURRENT'), older(data).replace('.json', '\n')),
    String.raw`^index entries: The published generation g\S+ lacks changes of the documents\. They are brought into it at the next start of \`nunmul serve\`, or by a run of \`nunmul index\`\.$`,
    served, indexed,
  ],
  'a document is damaged': [
    (data) => flipText(data, 'About c'),
    String.raw`^index entries: The stored document \`c\` is damaged\. Send it again, or index its file again with \`nunmul index --rebuild\`\.$`,
    (data) => void index(data, '--rebuild'),
    (data) => withServer(data, (server) => server.write('POST', '/indexes/entries/documents', [song('c')])),
  ],
  'documents.db is missing': [
    (data) => rmSync(join(root(data), 'documents.db')),
    String.raw`^index entries: \S+documents\.db is missing, and with it documents of the index\. Put it back, or take the documents of the newest generation instead with \`nunmul check --adopt\`\.$`,
    (data) => cpSync(join(root(whole), 'documents.db'), join(root(data), 'documents.db')),
    adopted,
  ],
  'documents.db is no database': [
    (data) => writeFileSync(join(root(data), 'documents.db'), 'no database at all '.repeat(1000)),
    String.raw`^\S+documents\.db: Cannot open \S+documents\.db: file is not a database\. Put the file of a snapshot back, or move it away and take the documents of the newest generation with \`nunmul check --adopt\`\.$`,
    (data) => cpSync(join(root(whole), 'documents.db'), join(root(data), 'documents.db')),
    (data) => (rmSync(join(root(data), 'documents.db')), adopted(data)),
  ],
  'store.db is no database': [
    (data) => writeFileSync(join(data, 'store.db'), 'no database at all '.repeat(1000)),
    String.raw`^\S+store\.db: Cannot open \S+store\.db: file is not a database\. Put the file of a snapshot back, or move it away and take the documents in again with \`nunmul check --adopt\`\.$`,
    (data) => cpSync(join(whole, 'store.db'), join(data, 'store.db')),
    (data) => (rmSync(join(data, 'store.db')), adopted(data)),
  ],
  'store.db is missing': [
    (data) => rmSync(join(data, 'store.db')),
    String.raw`^\S+store\.db: \S+store\.db is missing beside indexes/1 \(\`entries\`, 2 documents\)\. Indexes, keys, tasks and webhooks stood in it\. Put back a store\.db and indexes/ that belong together, or go on with what the folders hold by \`nunmul check --adopt\`\.$`,
    (data) => cpSync(join(whole, 'store.db'), join(data, 'store.db')),
    adopted,
  ],
  'a folder is not named': [
    (data) => cpSync(root(data), join(data, 'indexes/7'), { recursive: true }),
    String.raw`^\S+store\.db: \S+store\.db does not name indexes/7 \(\`entries\`, 2 documents\)\. Put back .* \`nunmul check --adopt\`\.$`,
    adopted,
    (data) => rmSync(join(data, 'indexes/7'), { recursive: true }),
  ],
}

for (const [name, [damage, sentence, ...remedies]] of Object.entries(cases)) {
  test(`${name}: what check says is true`, async () => {
    for (const remedy of remedies) {
      const data = copy()
      damage(data)
      const said = problems(data)
      assert.ok(said.some((line) => new RegExp(sentence).test(line)), said.join('\n'))
      assert.equal(nunmul(['check', '--data-dir', data]).status, 1)
      await remedy(data)
      assert.deepEqual(problems(data), [], `${name} after ${remedy}`)
      assert.deepEqual(found(data, 'about'), ['b', 'c'])
    }
  })
}

test('a generation that is set aside keeps its content under another name', async () => {
  const data = copy()
  const name = older(data)
  flip(join(root(data), 'generations', name))
  const bytes = readFileSync(join(root(data), 'generations', name))
  await served(data)
  assert.ok(!existsSync(join(root(data), 'generations', name)))
  assert.deepEqual(readFileSync(join(root(data), 'generations', name.replace('.json', '.damaged'))), bytes)
})

// ---- Where nothing can be written.

// The command with the folder mounted to read only; as another user than root its rights are enough.
function checkReadOnly(data) {
  if (process.getuid() !== 0) {
    const all = [data, ...readdirSync(data, { recursive: true }).map((name) => join(data, name))]
    for (const path of all) chmodSync(path, statSync(path).isDirectory() ? 0o555 : 0o444)
    const done = nunmul(['check', '--data-dir', data])
    for (const path of all) chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o644)
    return done
  }
  const mount = join(folder, 'mount')
  mkdirSync(mount, { recursive: true })
  const script = 'mount --bind "$1" "$2" && mount -o remount,ro,bind "$2" && exec "$0" check --data-dir "$2"'
  return spawnSync('unshare', ['-m', 'sh', '-c', script, binary, data, mount], { encoding: 'utf8', env: process.env })
}
const canMount = process.getuid() !== 0 || spawnSync('unshare', ['-m', 'true']).status === 0

test('a read-only copy is checked', { skip: !canMount && 'nothing can be mounted here' }, () => {
  const data = copy()
  const well = checkReadOnly(data)
  assert.equal(well.status, 0, well.stdout + well.stderr)
  assert.match(well.stdout, /^all is well: 1 index in /)
  flipText(data, 'About c')
  const damaged = checkReadOnly(data)
  assert.equal(damaged.status, 1, damaged.stdout + damaged.stderr)
  assert.match(damaged.stdout, /The stored document `c` is damaged/)
})

test('a read-only copy with a log says that it must be copied', { skip: !canMount && 'nothing can be mounted here' }, async () => {
  const live = copy()
  const server = start(['serve', '--data-dir', live, '--listen', '127.0.0.1:0'])
  const [, url] = await server.saw(/listening on (http:\S+)/)
  await fetch(`${url}/indexes`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"uid":"more"}' })
  await server.end('SIGKILL')
  const data = copy(live)
  for (const name of readdirSync(data)) if (name.endsWith('-shm')) rmSync(join(data, name))
  assert.ok(statSync(join(data, 'store.db-wal')).size > 0)
  const checked = checkReadOnly(data)
  assert.equal(checked.status, 1)
  assert.match(checked.stdout + checked.stderr, /Cannot read \S+store\.db where nothing can be written, since store\.db-wal holds changes: copy the folder to a place that can be written\./)
  assert.equal(nunmul(['check', '--data-dir', copy(data)]).status, 0)
})
