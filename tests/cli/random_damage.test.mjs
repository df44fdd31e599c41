// SPDX-License-Identifier: GPL-2.0-or-later
// Random damage to a data folder, at rest and while a server starts: bits, cuts, missing files and folders, older
// copies, after a clean stop and after SIGKILL. Whatever was done, no answer with status 200 is wrong, `nunmul check`
// tells no lie, and no document is gone: with the right files put back, everything is there again.
// NUNMUL_DAMAGES says how many (default 12), NUNMUL_SEED which (default 1).
import assert from 'node:assert/strict'
import { cpSync, existsSync, lstatSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { given, nunmul, nunmulJson, song, start, tempFolder, writeEntries } from './nunmul.mjs'

const rounds = Number(given.NUNMUL_DAMAGES ?? 12)
const seed = Number(given.NUNMUL_SEED ?? 1)

let state = seed
function random() {  // mulberry32
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const below = (n) => Math.floor(random() * n)
const pick = (list) => list[below(list.length)]
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const folder = tempFolder()
const file = join(folder, 'songs.ndjson')
const data = join(folder, 'live')
const older = []  // copies of the folder as it was on its way
const states = {}  // stopped, killed: the folder, and what a server answers

// ---- A server, and what it says.

async function serve(dataDir) {
  const server = start(['serve', '--data-dir', dataDir, '--listen', '127.0.0.1:0'])
  try {
    const [, url] = await server.saw(/listening on (http:\S+)/)
    return { ...server, url }
  } catch {
    return { refused: await server.ended, output: server.output }
  }
}

async function send(server, method, path, body) {
  const headers = { 'content-type': 'application/json' }
  const answer = await (await fetch(server.url + path, { method, headers, body: body && JSON.stringify(body) })).json()
  for (;;) {
    const task = await (await fetch(`${server.url}/tasks/${answer.taskUid}`)).json()
    if (task.status === 'succeeded') return
    assert.ok(['enqueued', 'processing'].includes(task.status), JSON.stringify(task))
  }
}

const questions = [
  ['GET', '/indexes?limit=100'],
  ...['entries', 'films'].flatMap((uid) => [
    ['GET', `/indexes/${uid}/search?limit=1000&q=about`],
    ['POST', `/indexes/${uid}/search`, { q: '', limit: 1000, facets: ['kind'], filter: 'kind = song' }],
    ['GET', `/indexes/${uid}/documents?limit=1000`],
    ['GET', `/indexes/${uid}/settings`],
    ['GET', `/indexes/${uid}/stats`],
    ['POST', `/indexes/${uid}/facet-search`, { facetName: 'kind' }],
  ]),
  ['GET', '/indexes/entries/documents/e7'],
  ['POST', '/multi-search', { federation: {}, queries: [{ indexUid: 'entries', q: 'title' }, { indexUid: 'films', q: 'title' }] }],
]

// An answer without what may differ.
function bare(json) {
  const text = JSON.stringify(json, (key, value) => {
    if (['processingTimeMs', 'requestUid', 'updatedAt', 'isIndexing', 'rawDocumentDbSize', 'avgDocumentSize', 'indexSize', 'usedIndexSize', 'databaseSize', 'usedDatabaseSize', '_rankingScore', 'weightedRankingScore'].includes(key)) return undefined
    return value
  })
  return text
}

// Order of equal documents is that of their places in segments, which a rebuild changes.
function sorted(json) {
  for (const list of ['hits', 'results']) if (Array.isArray(json[list])) json[list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  return json
}

async function ask(server) {
  const answers = []
  for (const [method, path, body] of questions) {
    const answer = await fetch(server.url + path, { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) })
    const json = await answer.json()
    answers.push({ path, status: answer.status, code: json.code, retry: answer.headers.get('retry-after'), text: bare(sorted(json)) })
  }
  return answers
}

// ---- The folder.

before(async () => {
  const entries = (run) => Array.from({ length: 30 }, (_, i) => song(`e${i}`, { description: `About e${i} of run ${run}` }))
  const settings = join(folder, 'settings.json')
  writeFileSync(settings, JSON.stringify({ filterableAttributes: ['kind'] }))
  nunmulJson(['index', '--data-dir', data, '--settings', settings, writeEntries(file, entries(1).slice(5))])
  const keep = () => cpSync(data, older[older.push(join(folder, `older${older.length}`)) - 1], { recursive: true })
  keep()
  let server = await serve(data)
  await send(server, 'POST', '/indexes', { uid: 'films', primaryKey: 'id' })
  await send(server, 'PATCH', '/indexes/films/settings', { filterableAttributes: ['kind'] })
  await send(server, 'POST', '/indexes/films/documents', Array.from({ length: 20 }, (_, i) => song(`f${i}`)))
  await server.end('SIGTERM')
  keep()
  nunmulJson(['index', '--data-dir', data, writeEntries(file, entries(2))])
  server = await serve(data)
  await send(server, 'POST', '/indexes/films/documents', [song('f3', { title: 'Changed title' }), song('f99')])
  await send(server, 'DELETE', '/indexes/films/documents/f7')
  await send(server, 'DELETE', '/indexes/entries/documents/e9')
  await server.end('SIGTERM')
  keep()
  server = await serve(data)
  await send(server, 'PATCH', '/indexes/films/settings', { stopWords: ['title'], displayedAttributes: ['id', 'kind', 'description'] })
  await send(server, 'POST', '/indexes', { uid: 'gone' })
  await send(server, 'DELETE', '/indexes/gone')
  await send(server, 'DELETE', '/indexes/films/documents/f8')
  const expected = await ask(server)
  for (const { path, status, text } of expected) assert.equal(status, 200, `${path} ${text}`)
  while (!existsSync(join(data, 'indexes/2/index.json')) || !readFileSync(join(data, 'indexes/2/index.json'), 'utf8').includes('displayedAttributes')) await pause(10)
  await server.end('SIGTERM')
  states.stopped = { folder: join(folder, 'stopped'), expected }
  cpSync(data, states.stopped.folder, { recursive: true })
  server = await serve(data)
  await send(server, 'POST', '/indexes/films/documents', [song('f100'), song('f5', { title: 'Changed before the crash' })])
  await send(server, 'DELETE', '/indexes/films/documents/f12')
  states.killed = { folder: join(folder, 'killed'), expected: await ask(server) }
  await server.end('SIGKILL')
  cpSync(data, states.killed.folder, { recursive: true })
  older.push(states.stopped.folder)
})

const pathsBelow = (root) => readdirSync(root, { recursive: true }).filter((name) => !/lock$|-shm$/.test(name))

// ---- Damage: what it is called, and how it is done. A new file takes the old one's place, as a copy does.

let removed = 0
// In one step, also while a server writes below it.
const remove = (path) => renameSync(path, join(folder, `removed${++removed}`))
const contents = (path) =>
  lstatSync(path).isDirectory() ? pathsBelow(path).sort().map((name) => [name, lstatSync(join(path, name)).isDirectory() || contents(join(path, name))]) : readFileSync(path, 'latin1')
const replace = (path, bytes) => (writeFileSync(`${path}.copied`, bytes), renameSync(`${path}.copied`, path))
const kinds = {
  bits(path) {
    const bytes = readFileSync(path)
    if (bytes.length === 0) return false
    for (let flips = 1 + below(3); flips > 0; --flips) bytes[below(bytes.length)] ^= 1 << below(8)
    replace(path, bytes)
  },
  zeros(path) {
    const bytes = readFileSync(path)
    if (bytes.length === 0) return false
    const at = below(bytes.length)
    bytes.fill(0, at, Math.min(at + 512, bytes.length))
    replace(path, bytes)
  },
  cut(path) {
    const bytes = readFileSync(path)
    if (bytes.length === 0) return false
    replace(path, bytes.subarray(0, random() < 0.2 ? 0 : below(bytes.length)))
  },
  missing: remove,
  older(path, name) {
    const now = JSON.stringify(contents(path))
    const copies = older.map((each) => join(each, name)).filter((each) => existsSync(each) && JSON.stringify(contents(each)) !== now)
    if (copies.length === 0) return false
    const copy = pick(copies)
    remove(path)
    cpSync(copy, path, { recursive: true })
  },
}

// One of the folder's files or, where a kind can be done to one, a folder with all that is in it.
function damage(root) {
  for (;;) {
    const kind = pick(Object.keys(kinds))
    const names = pathsBelow(root)
    const name = pick(random() < 0.5 ? names : names.filter((each) => !each.includes('/segments/')))
    const path = join(root, name)
    if (!existsSync(path)) continue
    if (lstatSync(path).isDirectory() && !['missing', 'older'].includes(kind)) continue
    if (kinds[kind](path, name) !== false) return { kind, name }
  }
}

// The right files again: a database goes with its log.
function repair(root, name, source) {
  const base = name.replace(/-wal$/, '')
  for (const each of [base, `${base}-wal`, `${base}-shm`]) rmSync(join(root, each), { recursive: true, force: true })
  for (const each of [base, `${base}-wal`]) if (existsSync(join(source, each))) cpSync(join(source, each), join(root, each), { recursive: true })
}

// ---- What must hold.

const isHeld = ({ status, code, retry }) => status === 503 && code === 'index_rebuilding' && retry !== null
const isFailure = ({ status, code }) => (status === 422 && code === 'io_error') || (status === 500 && code === 'internal')

// The messages of a server until it is whole or the time is over.
async function watched(server, expected, milliseconds) {
  for (const end = Date.now() + milliseconds; ;) {
    const answers = await ask(server)
    answers.forEach((answer, i) => {
      if (isHeld(answer) || isFailure(answer)) return
      assert.equal(answer.status, 200, `${answer.path}: ${answer.text}`)
      assert.equal(answer.text, expected[i].text, answer.path)
    })
    const outcome = answers.some(isFailure) ? 'failing' : answers.some(isHeld) ? 'held' : 'whole'
    if (outcome === 'whole' || Date.now() > end) return outcome
    await pause(50)
  }
}

const outcomes = {}
async function round(number) {
  const what = pick(['stopped', 'killed'])
  const { folder: source, expected } = states[what]
  const atStart = random() < 0.25
  const root = join(folder, `round${number}`)
  cpSync(source, root, { recursive: true })
  for (const name of readdirSync(root, { recursive: true })) if (name.endsWith('-shm')) rmSync(join(root, name))
  let done = atStart ? undefined : damage(root)
  const place = () => `round ${number}: ${done?.kind} ${done?.name}, ${what}${atStart ? ', at start' : ''}`
  try {
    const checked = atStart ? undefined : nunmul(['check', '--data-dir', root])
    const starting = serve(root)
    if (atStart) {
      await pause(below(60))
      done = damage(root)
    }
    const server = await starting
    let outcome = 'refused'
    if (server.url) {
      outcome = await watched(server, expected, 5000)
      assert.equal(await server.end('SIGTERM'), 0, server.output())
    } else {
      assert.match(server.output(), /^error: .*\w/m)
    }
    if (checked) {
      if (checked.status === 0) assert.equal(outcome, 'whole', `check: ${checked.stdout}${checked.stderr}; ${server.output()}`)
      if (outcome !== 'whole') assert.equal(checked.status, 1, `${checked.stdout}; ${server.output()}`)
      const heals = checked.stdout.split('\n').slice(0, -2).every((line) => /at the next start/.test(line))
      if (checked.status === 1 && heals && checked.stdout) {
        assert.equal(outcome, 'whole', checked.stdout + server.output())
        assert.equal(nunmul(['check', '--data-dir', root]).status, 0, checked.stdout)
      }
    }
    if (number % 3 === 0 && !atStart) searchAlone(root, expected)
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    repair(root, done.name, source)
    const again = await serve(root)
    assert.ok(again.url, `it does not start with the right files: ${again.output()}`)
    assert.equal(await watched(again, expected, 20000), 'whole', again.output())
    assert.equal(await again.end('SIGTERM'), 0)
  } catch (error) {
    throw new Error(`${place()}: ${error.message}`, { cause: error })
  }
  rmSync(root, { recursive: true })
}

// The command line after the server had the folder: an error, or all hits.
function searchAlone(root, expected) {
  const { status, stdout, stderr } = nunmul(['search', '--data-dir', root, '--limit', '1000', '--json', 'about'])
  if (status !== 0) return assert.match(stderr, /^error: /)
  const ids = (hits) => hits.map((hit) => hit.id).sort().join()
  const wanted = JSON.parse(expected.find(({ path }) => path.startsWith('/indexes/entries/search')).text)
  assert.equal(ids(JSON.parse(stdout).hits), ids(wanted.hits))
}

test(`${rounds} damages delete no document and give no wrong answer (seed ${seed})`, { timeout: 60000 + rounds * 30000 }, async () => {
  for (let number = 0; number < rounds; ++number) await round(number)
  console.log(Object.entries(outcomes).map(([outcome, times]) => `${times} ${outcome}`).join(', '))
})
