// SPDX-License-Identifier: GPL-2.0-or-later
// SIGKILL at random instants while nunmul imports, indexes, watches, serves and takes documents, and all of
// that at once, over one data folder that lives through all of it. After each crash the folder opens;
// what was acknowledged is there, once, in its last acknowledged form; the entries of the files are all of
// one run; an import's output is the old one or the new one.
// NUNMUL_CRASHES says how many (default 20), NUNMUL_SEED which (default 1).
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { given, nunmul, nunmulJson, start, tempFolder, writeEntries } from './nunmul.mjs'

const crashes = Number(given.NUNMUL_CRASHES ?? 20)
const seed = Number(given.NUNMUL_SEED ?? 1)
const fileEntries = 40  // of each run, the half of them under identifiers of its own
const clientIds = 60

let state = seed
function random() {  // mulberry32
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const pick = (list) => list[Math.floor(random() * list.length)]
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const folder = tempFolder()
const data = join(folder, 'data')
const file = join(folder, 'songs.ndjson')
const output = join(folder, 'out.ndjson')

// ---- What must be there.

// The run that the entries of the files are of: one of these, the last of which is in the file.
let possibleRuns = [0]
// By identifier: the last acknowledged version, and the last that was sent.
const acknowledged = new Map()
const sent = new Map()

const entriesOf = (run) =>
  Array.from({ length: fileEntries }, (_, i) => ({ id: i % 2 ? `f${i}` : `f${i}r${run}`, title: `file song ${i}`, run, description: `words of run ${run} `.repeat(20) }))

function writeRun() {
  const run = Math.max(...possibleRuns) + 1
  writeEntries(file, entriesOf(run))
  return run
}

// The faults of an answer of all documents; `missing` may still come, `wrong` may never be.
function problems(documents) {
  const missing = []
  const wrong = []
  const byId = new Map(documents.map((document) => [document.id, document]))
  if (byId.size !== documents.length) wrong.push(`${documents.length - byId.size} documents are doubled`)
  const runs = new Set(documents.filter((document) => document.id.startsWith('f')).map((document) => document.run))
  if (runs.size > 1) wrong.push(`entries of the runs ${[...runs]} are mixed`)
  for (const run of runs) {
    if (!possibleRuns.includes(run)) missing.push(`run ${run} is there instead of ${possibleRuns}`)
    for (const { id } of entriesOf(run)) if (!byId.has(id)) wrong.push(`${id} of run ${run} is lost`)
    if (documents.filter((document) => document.id.startsWith('f')).length !== fileEntries) wrong.push(`run ${run} is not alone`)
  }
  if (runs.size === 0 && !possibleRuns.includes(0)) missing.push('the entries of the files are lost')
  for (const [id, version] of acknowledged) {
    const there = byId.get(id)?.version
    if (there === undefined || there < version) missing.push(`${id} is lost: version ${there} instead of ${version}`)
    else if (there > sent.get(id)) wrong.push(`${id} was never sent in version ${there}`)
  }
  return { missing, wrong }
}

// ---- Processes.

async function serve() {
  const server = start(['serve', '--data-dir', data, '--listen', '127.0.0.1:0'])
  const [, url] = await server.saw(/listening on (http:\S+)/)
  return { ...server, url }
}

const get = async (server, path) => (await fetch(server.url + path)).json()

// Sends documents one request after the other until the server is gone.
async function sendDocuments(server) {
  for (;;) {
    const documents = Array.from({ length: 1 + Math.floor(random() * 5) }, () => {
      const id = `h${Math.floor(random() * clientIds)}`
      sent.set(id, (sent.get(id) ?? 0) + 1)
      return { id, title: `client song ${id}`, version: sent.get(id) }
    })
    const last = new Map(documents.map(({ id, version }) => [id, version]))
    try {
      const answer = await fetch(`${server.url}/indexes/entries/documents`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(documents),
      })
      if (answer.status === 202) for (const [id, version] of last) acknowledged.set(id, version)
      await answer.arrayBuffer()
    } catch {
      return
    }
  }
}

async function killed(child) {
  child.kill('SIGKILL')
  return child.ended
}

// How long a piece of work takes, so that kills fall into all of it.
const usual = {}
async function killWithin(what, child) {
  const started = Date.now()
  const status = await Promise.race([child.ended, pause(random() * (usual[what] ?? 300)).then(() => undefined)])
  if (status !== undefined) usual[what] = Date.now() - started
  else usual[what] = (usual[what] ?? 300) * 1.1
  return status ?? killed(child)
}

// ---- Crashes.

const index = (...flags) => start(['index', '--data-dir', data, ...flags, file])

async function whileIndexing(server) {
  const run = writeRun()
  const status = await killWithin('index', index(...pick([[], ['--rebuild'], ['--keep', '1']])))
  possibleRuns = status === 0 ? [run] : [...possibleRuns, run]
  return server
}

async function whileWatching(server) {
  const watching = index('--watch')
  await watching.saw(/entries: .*; (published|nothing changed)/)
  possibleRuns = [Math.max(...possibleRuns)]  // what the file held was indexed
  const run = writeRun()
  await pause(random() * 600)
  await killed(watching)
  possibleRuns.push(run)
  return server
}

async function whileImporting(server) {
  const before = readFileSync(output, 'utf8')
  writeRun()
  const child = start(['import', '--output', output, file])
  const status = await killWithin('import', child)
  const after = readFileSync(output, 'utf8')
  const lines = after.trim().split('\n').map((line) => JSON.parse(line))
  assert.equal(lines.length, fileEntries)
  const isNew = lines.every((line) => line.run === Math.max(...possibleRuns) + 1)
  const runs = (text) => [...new Set(text.trim().split('\n').map((line) => JSON.parse(line).run))].join()
  const what = `run ${runs(after)} after ${runs(before)}, where ${Math.max(...possibleRuns) + 1} was in the file; status ${status}: ${child.output()}`
  assert.ok(isNew || (after === before && status !== 0), `the output is neither the old nor the new one: ${what}`)
  writeEntries(file, entriesOf(Math.max(...possibleRuns)))
  return server
}

async function whileSending(server) {
  const sending = sendDocuments(server)
  await pause(random() * 500)
  await killed(server)
  await sending
  return undefined
}

// Everything at once: the server and a run of nunmul index are killed one shortly after the other.
async function whileAllWrite(server) {
  const sending = sendDocuments(server)
  const run = writeRun()
  const indexing = index()
  await pause(random() * 400)
  const [first, second] = random() < 0.5 ? [server, indexing] : [indexing, server]
  await killed(first)
  await pause(random() * 100)
  await killed(second)
  await sending
  const status = await indexing.ended
  possibleRuns = status === 0 ? [run] : [...possibleRuns, run]
  return undefined
}

async function whileStarting() {
  await killWithin('start', start(['serve', '--data-dir', data, '--listen', '127.0.0.1:0']))
  return undefined
}

// Waits until a server has what must be there; at no time may it have what is wrong.
async function verify(server) {
  const deadline = Date.now() + 60000
  for (;;) {
    for (const path of ['/indexes/entries/search?limit=1000', '/indexes/entries/documents?limit=1000']) {
      const answer = await get(server, path)
      const documents = answer.hits ?? answer.results
      assert.ok(documents || answer.code === 'index_rebuilding', `${path} is answered with ${JSON.stringify(answer)}`)
      const { missing, wrong } = documents ? problems(documents) : { missing: [answer.message], wrong: [] }
      assert.deepEqual(wrong, [], path)
      if (missing.length > 0) assert.ok(Date.now() < deadline, `${path}: ${missing.join('; ')}\n${server.output()}`)
      else if (path.includes('documents')) return documents
    }
    await pause(20)
  }
}

const kinds = { whileIndexing, whileWatching, whileImporting, whileSending, whileAllWrite, whileStarting }

test(`${crashes} crashes lose nothing, double nothing and leave a folder that opens (seed ${seed})`, { timeout: 60000 + crashes * 30000 }, async () => {
  writeRun()
  nunmulJson(['index', '--data-dir', data, file])
  possibleRuns = [1]
  assert.equal(nunmul(['import', '--output', output, file]).status, 0)
  let server
  const done = {}
  for (let crash = 0; crash < crashes; ++crash) {
    const kind = pick(Object.keys(kinds))
    done[kind] = (done[kind] ?? 0) + 1
    try {
      if (kind !== 'whileStarting') server ??= await serve()
      else if (server) assert.equal(await server.end('SIGTERM'), 0)
      server = await kinds[kind](kind === 'whileStarting' ? undefined : server)
      server ??= await serve()
      const documents = await verify(server)
      // A run that was stored and not published when it was killed may still come.
      const { run } = documents.find((document) => document.id.startsWith('f'))
      possibleRuns = possibleRuns.filter((each) => each >= run)
    } catch (error) {
      throw new Error(`crash ${crash}, ${kind}: ${error.message}`, { cause: error })
    }
  }
  assert.equal(await server.end('SIGTERM'), 0)
  assert.deepEqual(nunmulJson(['check', '--data-dir', data]).problems, [])
  console.log(Object.entries(done).map(([kind, times]) => `${times} ${kind}`).join(', '), `${acknowledged.size} documents of clients`)
})
