// SPDX-License-Identifier: GPL-2.0-or-later
// A server builds a large index in a process of its own. One that dies is replaced by another; when that dies
// too the task fails and says why, the old state serves on and nothing is left over; and it never outlives
// its server.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { below, nunmulJson, start, tempFolder, writeEntries } from './nunmul.mjs'

const documents = 20000  // fewer are built by the server itself
const folder = tempFolder()
const data = join(folder, 'data')
let server

async function serve() {
  server = start(['serve', '--data-dir', data, '--listen', '127.0.0.1:0'])
  const [, url] = await server.saw(/listening on (http:\S+)/)
  server.url = url
}

const call = async (method, path, body) => {
  const init = { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) }
  return (await fetch(server.url + path, init)).json()
}

before(async () => {
  const entries = Array.from({ length: documents }, (_, i) => ({ id: `e${i}`, title: `song ${i}`, place: i % 7, description: 'rain on a quiet street at night' }))
  nunmulJson(['index', '--data-dir', data, writeEntries(join(folder, 'songs.ndjson'), entries)])
  await serve()
})
after(() => server?.kill('SIGKILL'))

// Leaves the processor to the builder between two looks.
const turn = () => new Promise((resolve) => setTimeout(resolve, 10))

// The field of /proc/PID/stat behind the name, from 0: state, parent, …
function stat(pid, field) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[field]
  } catch {
    return undefined
  }
}

const isGone = (pid) => [undefined, 'Z', 'X'].includes(stat(pid, 0))

function buildersOf(parent) {
  const found = []
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (stat(pid, 1) !== String(parent) || isGone(pid)) continue
    if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('build-segment')) found.push(Number(pid))
  }
  return found
}

async function until(what, condition) {
  for (const deadline = Date.now() + 200000; ;) {  // a builder yields to everything else on the machine
    const value = await condition()
    if (value) return value
    assert.ok(Date.now() < deadline, `waited in vain for ${what}\n${server.output()}`)
    await turn()
  }
}

const isOver = async (task) => {
  const now = await call('GET', `/tasks/${task.taskUid}`)
  return ['succeeded', 'failed', 'canceled'].includes(now.status) && now
}

// New settings that ask for everything to be built anew.
let asked = 0
const changeSettings = () => call('PATCH', '/indexes/entries/settings', { nonSeparatorTokens: [['#', '+', '_', '@', '%'][asked++]] })
const settings = async () => (await call('GET', '/indexes/entries/settings')).nonSeparatorTokens

// How many documents there are, and that they are found.
async function total() {
  assert.equal((await call('POST', '/indexes/entries/search', { q: 'rain', limit: 5 })).hits.length, 5)
  return (await call('GET', '/indexes/entries/stats')).numberOfDocuments
}

const segmentsFolder = () => join(data, 'indexes', readdirSync(join(data, 'indexes'))[0], 'segments')
const segments = () => readdirSync(segmentsFolder()).length

// The next builder, held where it is.
async function heldBuilder(except = []) {
  const pid = await until('a builder', () => buildersOf(server.pid).find((each) => !except.includes(each)))
  process.kill(pid, 'SIGSTOP')
  return pid
}

test('new settings are built by another process, and searches are answered meanwhile', async () => {
  const task = await changeSettings()
  const builder = await heldBuilder()
  assert.equal(await total(), documents)
  assert.deepEqual(await settings(), [])
  process.kill(builder, 'SIGCONT')
  const done = await until('the task', () => isOver(task))
  assert.equal(done.status, 'succeeded', JSON.stringify(done))
  assert.deepEqual(await settings(), ['#'])
  assert.equal(await total(), documents)
  for (const path of below(segmentsFolder())) assert.equal(statSync(path).mode & 0o077, 0, `${path} is for its user alone`)
  assert.deepEqual(buildersOf(server.pid), [])
})

test('a builder that dies is replaced by another', async () => {
  const task = await changeSettings()
  process.kill(await heldBuilder(), 'SIGKILL')
  const done = await until('the task', () => isOver(task))
  assert.equal(done.status, 'succeeded', JSON.stringify(done))
  assert.equal(await total(), documents)
})

test('when the second dies too, the task fails and says why; the old state serves on', async () => {
  const left = segments()
  const before = await settings()
  const task = await changeSettings()
  const first = await heldBuilder()
  process.kill(first, 'SIGKILL')
  process.kill(await heldBuilder([first]), 'SIGKILL')
  const done = await until('the task', () => isOver(task))
  assert.equal(done.status, 'failed')
  assert.match(done.error.message, /process that built the index was ended twice, the second time by signal 9/)
  assert.deepEqual(await settings(), before)
  assert.equal(await total(), documents)
  assert.equal(segments(), left)
  assert.deepEqual(nunmulJson(['check', '--data-dir', data]).problems, [])
})

test('documents that are still to be committed are built too', async () => {
  const more = Array.from({ length: documents }, (_, i) => ({ id: `m${i}`, title: `more ${i}`, description: 'rain' }))
  const task = await call('POST', '/indexes/entries/documents', more)
  process.kill(await heldBuilder(), 'SIGCONT')
  const done = await until('the task', () => isOver(task))
  assert.equal(done.status, 'succeeded', JSON.stringify(done))
  assert.equal(await total(), 2 * documents)
})

test('a builder ends with its server, however that ends, and the next start takes the task up', async () => {
  const left = segments()
  const task = await changeSettings()
  const killed = await heldBuilder()
  const ended = server.end('SIGKILL')
  await until('the end of the builder', () => {
    // One that was held before it could ask to end with its server looks for it when it goes on.
    if (stat(killed, 1) !== String(server.pid)) spawnSync('kill', ['-CONT', String(killed)])
    return isGone(killed)
  })
  await ended
  await serve()
  const asked = await heldBuilder()  // held, so that it is there when the server is asked to stop
  process.kill(asked, 'SIGCONT')
  assert.equal(await server.end('SIGTERM'), 0)
  assert.ok(isGone(asked))
  await serve()
  const done = await until('the task', () => isOver(task))
  assert.equal(done.status, 'succeeded', JSON.stringify(done))
  assert.equal(await total(), 2 * documents)
  await until('what was left over to go', () => segments() <= left + 1)
})

test('where the language data has changed since the start, the server builds with what it has', async () => {
  assert.ok(existsSync(process.env.NUNMUL_LANGUAGES))
  const file = writeEntries(join(process.env.NUNMUL_LANGUAGES, 'stopwords.txt'), [])
  try {
    rmSync(file)
    writeEntries(file, ['the'])
    const done = await until('the task', ((task) => async () => isOver(await task))(changeSettings()))
    assert.equal(done.status, 'succeeded', JSON.stringify(done))
    assert.equal(await total(), 2 * documents)
  } finally {
    rmSync(file)
  }
})
