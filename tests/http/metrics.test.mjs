// SPDX-License-Identifier: GPL-2.0-or-later
// GET /metrics: what it counts, in Prometheus's text format, for those who may see it.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { createConnection } from 'node:net'
import { after, before, test } from 'node:test'
import { startServer } from './server.mjs'

let server
before(async () => {
  server = await startServer()
  await server.write('POST', '/indexes/songs/documents', [{ id: 1, title: '밤편지' }, { id: 2, title: 'First Love' }])
})
after(() => server.stop())

// The samples by name with labels; every line must be one of the format.
function samples(text) {
  const typed = new Set()
  const found = new Map()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const head = /^# (HELP|TYPE) ([a-z_:]+) (.+)$/.exec(line)
    if (head) {
      if (head[1] === 'TYPE') assert.ok(!typed.has(head[2]), `${head[2]} comes twice`), typed.add(head[2])
      continue
    }
    const sample = /^([a-z_:]+)(\{[a-z_]+="[^"\\\n]*"(,[a-z_]+="[^"\\\n]*")*\})? (\S+)$/.exec(line)
    assert.ok(sample, line)
    assert.ok(Number.isFinite(Number(sample[4])), line)
    assert.ok(typed.has(sample[1].replace(/_(bucket|sum|count)$/, '')) || typed.has(sample[1]), line)
    found.set(sample[1] + (sample[2] ?? ''), Number(sample[4]))
  }
  return found
}

const read = async () => samples((await server.call('GET', '/metrics')).text)
const search = (q) => server.call('POST', '/indexes/songs/search', { q })

test('searches are counted by whether they found anything, alone and together', async () => {
  const before = await read()
  await search('편지')
  await search('zebra crossing')
  await server.call('POST', '/multi-search', { queries: [{ indexUid: 'songs', q: 'love' }, { indexUid: 'songs', q: 'zebra' }] })
  await server.call('POST', '/multi-search', { federation: {}, queries: [{ indexUid: 'songs', q: 'love' }, { indexUid: 'songs', q: '편지' }] })
  const now = await read()
  const grown = (name) => now.get(name) - before.get(name)
  assert.equal(grown('nunmul_searches_total{result="hits"}'), 4)
  assert.equal(grown('nunmul_searches_total{result="none"}'), 2)
})

test('requests are counted by route and status, with a histogram of how long they took', async () => {
  await search('love')
  await server.call('POST', '/indexes/missing/search', { q: 'love' })
  await server.call('GET', '/no/such/route')
  const now = await read()
  const route = 'method="POST",route="/indexes/:uid/search"'
  assert.ok(now.get(`nunmul_http_requests_total{${route},status="200"}`) >= 1)
  assert.equal(now.get(`nunmul_http_requests_total{${route},status="404"}`), 1)
  assert.equal(now.get('nunmul_http_requests_total{method="",route="none",status="404"}'), 1)
  const buckets = [...now].filter(([name]) => name.startsWith(`nunmul_http_request_duration_seconds_bucket{${route}`))
  const counts = buckets.map(([, count]) => count)
  assert.deepEqual(counts, [...counts].sort((a, b) => a - b), 'buckets are cumulative')
  assert.equal(counts.at(-1), now.get(`nunmul_http_request_duration_seconds_count{${route}}`))
})

test('what the front refuses and how many connections are open', async () => {
  const before = await read()
  const socket = createConnection(new URL(server.url).port, '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  const open = await read()
  assert.ok(open.get('nunmul_connections') > 0)
  socket.write('nonsense\r\n\r\n')
  await new Promise((resolve) => socket.once('data', resolve))
  socket.destroy()
  const after = await read()
  const refused = 'nunmul_http_refusals_total{status="400"}'
  assert.equal(after.get(refused), (before.get(refused) ?? 0) + 1)
})

test('tasks and indexes', async () => {
  const now = await read()
  assert.equal(now.get('nunmul_index_documents{index="songs"}'), 2)
  assert.equal(now.get('nunmul_index_rebuilding{index="songs"}'), 0)
  assert.ok(now.get('nunmul_index_bytes{index="songs"}') > 0)
  assert.equal(now.get('nunmul_tasks{status="succeeded"}'), 1)
  assert.equal(now.get('nunmul_oldest_task_seconds'), 0)
  assert.ok(now.get('process_resident_memory_bytes') > 1e6)
})

test('only a key with the action sees them, and only its indexes', async () => {
  assert.equal((await server.raw('GET', '/metrics', { key: null })).status, 401)
  const key = (actions, indexes) => server.call('POST', '/keys', { actions, indexes, expiresAt: null }).then((answer) => answer.json.key)
  assert.equal((await server.raw('GET', '/metrics', { key: await key(['search'], ['*']) })).status, 403)
  const limited = (await server.raw('GET', '/metrics', { key: await key(['metrics.get'], ['other*']) })).text
  assert.ok(!limited.includes('index="songs"'))
})

test('promtool finds nothing to complain about', async (t) => {
  if (spawnSync('promtool', ['--version']).error) return t.skip('promtool is not there')
  const { text } = await server.call('GET', '/metrics')
  execFileSync('promtool', ['check', 'metrics'], { input: text, stdio: ['pipe', 'pipe', 'pipe'] })
})
