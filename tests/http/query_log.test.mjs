// SPDX-License-Identifier: GPL-2.0-or-later
// The log of queries: what is one search, what is withheld, what counts as opened, and what survives.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { startServer } from './server.mjs'

const folders = []
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

async function started(flags = ['--query-log']) {
  const folder = mkdtempSync(join(tmpdir(), 'nunmul-queries-'))
  folders.push(folder)
  const start = () => startServer({ dataDir: join(folder, 'data'), flags })
  const server = await start()
  await server.write('POST', '/indexes/songs/documents', [{ id: 'rain', title: '비' }, { id: 'letter', title: '밤편지' }, { id: 'first', title: 'First Love' }])
  return { server, start, data: join(folder, 'data') }
}

const ask = (server, q, session, more = {}) =>
  server.call('POST', '/indexes/songs/search', { q, ...more }, session ? { headers: { 'nunmul-session': session } } : {})
const opened = (server, query, id, session) =>
  server.call('POST', '/indexes/songs/nunmul-events', { query, id }, { headers: { 'nunmul-session': session } })
const report = async (server, parameters = '') => (await server.call('GET', `/indexes/songs/nunmul-queries?minSessions=1${parameters}`)).json
const counts = ({ queries }) => Object.fromEntries(queries.map(({ query, searches }) => [query, searches]))

// Another query of the session ends the one before.
const finish = (server, session) => ask(server, 'zzzz', session)

test('states of typing are one search; who asks again has searched twice', async () => {
  const { server } = await started()
  for (const q of ['ㅂ', '바', '밤', '밤ㅍ', '밤펴', '밤편', '밤편ㅈ', '밤편지']) await ask(server, q, 'a')
  for (const q of ['fir', 'firs', 'fir', 'first', 'First  LOVE']) await ask(server, q, 'b')
  await ask(server, 'rain', 'c')
  for (const session of ['a', 'b', 'c']) await finish(server, session)
  await ask(server, '밤편지', 'a')
  await finish(server, 'a')
  assert.deepEqual(counts(await report(server)), { zzzz: 1, '밤편지': 2, 'first love': 1, rain: 1 })
  await server.stop()
})

test('without a session each request is a search, and blank ones are none', async () => {
  const { server } = await started()
  for (const q of ['밤', '밤편지', '밤편지', '', '  ']) await ask(server, q)
  await ask(server, '밤편지', undefined, { offset: 1 })
  await ask(server, '밤편지', undefined, { limit: 0 })
  assert.deepEqual(counts(await report(server)), { '밤편지': 2, '밤': 1 })
  await server.stop()
})

test('queries of few sessions are withheld, and counted', async () => {
  const { server } = await started()
  for (const session of ['a', 'b', 'c']) await ask(server, 'love', session), await finish(server, session)
  for (let i = 0; i < 5; i += 1) await ask(server, 'my secret', 'a'), await finish(server, 'a')
  const { queries, searches, withheldQueries } = (await server.call('GET', '/indexes/songs/nunmul-queries')).json
  assert.deepEqual(queries.map(({ query, sessions }) => [query, sessions]), [['love', 3]])
  assert.equal(withheldQueries, 2) // of one session and of the others' zzzz
  assert.ok(searches >= 3 + 5)
  await server.stop()
})

test('what found nothing, and what was opened', async () => {
  const { server, data } = await started()
  for (const session of ['a', 'b']) {
    await ask(server, 'giraffe', session)
    await ask(server, 'love', session)
    assert.equal((await opened(server, 'LOVE', 'first', session)).status, 204)
    await opened(server, 'love', 'first', session) // once a session
    await opened(server, 'love', 'rain', session) // was not shown
    await opened(server, 'other', 'first', session) // was not searched
  }
  await ask(server, '밤편지', 'c')
  await finish(server, 'c')
  assert.deepEqual(Object.keys(counts(await report(server, '&order=zero'))), ['giraffe'])
  const love = (await report(server)).queries.find(({ query }) => query === 'love')
  assert.deepEqual([love.searches, love.clicks, love.clicksById, love.shownIds], [2, 2, { first: 2 }, ['first']])
  assert.deepEqual(Object.keys(counts(await report(server, '&order=low-click')))[0], '밤편지')
  assert.equal(await server.stop({ keep: true }), 0)

  const run = (...flags) => spawnSync(process.env.NUNMUL_BINARY, ['queries', '--data-dir', data, '--index', 'songs', '--min-sessions', '1', ...flags], { encoding: 'utf8' })
  assert.match(run('--order', 'zero').stdout, /^ +2 +2 +0 +2 {2}giraffe$/m)
  const [judged] = run('--judged').stdout.trim().split('\n').map(JSON.parse)
  assert.deepEqual([judged.query, judged.judgments], ['love', { first: 3 }])
  assert.match(run('--csv').stdout, /^love,2,0,0,2,2,[\d.]+,1$/m)
})

test('nothing counted is lost when the server stops, and little when it is killed', async () => {
  const { server, start } = await started()
  for (let i = 0; i < 40; i += 1) await ask(server, `query ${i}`, `session ${i}`)
  await server.stop({ keep: true })
  const second = await start()
  assert.equal((await report(second)).searches, 40)
  await ask(second, 'half typ', 'late')
  await new Promise((resolve) => setTimeout(resolve, 1500)) // what is older than a second is written
  await ask(second, 'by itself')
  await new Promise((resolve) => setTimeout(resolve, 1500))
  process.kill(second.pid, 'SIGKILL')
  await second.stop({ keep: true }).catch(() => {})
  const third = await start()
  const left = counts(await report(third))
  assert.deepEqual([left['half typ'], left['by itself']], [1, 1])
  await third.stop()
})

test('a session is not kept as it was sent, and nothing is kept unless it is asked for', async () => {
  const { server, data } = await started()
  await ask(server, 'love', 'a-token-of-mine')
  await server.stop({ keep: true })
  assert.ok(!readFileSync(join(data, 'queries.db')).includes('a-token-of-mine'))

  const off = await started([])
  await ask(off.server, 'love', 'a')
  assert.equal((await opened(off.server, 'love', 'first', 'a')).status, 204)
  assert.deepEqual(await report(off.server), { queries: [], searches: 0, withoutHits: 0, withheldQueries: 0, uncountedSearches: 0 })
  await off.server.stop({ keep: true })
  assert.throws(() => readFileSync(join(off.data, 'queries.db')))
})

test('wrong events and parameters are named', async () => {
  const { server } = await started()
  assert.equal((await server.call('POST', '/indexes/songs/nunmul-events', { query: 'x' })).status, 400)
  assert.match((await server.call('POST', '/indexes/songs/nunmul-events', { query: 'x', id: '1' })).json.message, /Nunmul-Session/)
  assert.match((await server.call('GET', '/indexes/songs/nunmul-queries?order=best')).json.message, /`best` is none of/)
  assert.equal((await server.call('GET', '/indexes/none/nunmul-queries')).status, 404)
  await server.stop()
})

test('rules can be tried on what visitors search most', async () => {
  const { server, data } = await started()
  for (const q of ['밤편지', 'first love']) await ask(server, q)
  await report(server)
  const file = join(data, '..', 'rules.json')
  const tried = (rules) => {
    writeFileSync(file, JSON.stringify({ rules }))
    return spawnSync(process.env.NUNMUL_BINARY, ['queries', '--data-dir', data, '--index', 'songs', '--min-sessions', '1', '--what-if', file], { encoding: 'utf8' })
  }
  const { status, stdout, stderr } = tried([{ name: 'a', when: { query: { is: 'first love' } }, then: { pin: [{ id: 'rain' }] } }])
  assert.equal(status, 0, stderr)
  assert.match(stdout, /^first love\n  now:  first\n  then: rain, first\nThe rules change 1 of 2 queries\.$/m)
  assert.match(tried([]).stdout, /change 0 of 2/)
  const refused = tried([{ name: 'a', then: {} }])
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /rules\.json: .*rules\[0\]\.then/)
  await server.stop()
})
