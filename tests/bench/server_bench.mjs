// SPDX-License-Identifier: GPL-2.0-or-later
// node tests/bench/server_bench.mjs ENTRIES: what a running server needs for what users wait for, one
// figure a line. NUNMUL_BINARY names the binary and NUNMUL_ECHO a server that answers health with
// cpp-httplib alone, for comparison; both are built by the target bench_server.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { performance } from 'node:perf_hooks'
import { startServer } from '../http/server.mjs'

const entries = Number(process.argv[2] ?? 10000)
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })

function figure(name, value) {
  console.log(`${name.padEnd(64)} ${value}`)
}

function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]
}

const milliseconds = (values) => `p50 ${quantile(values, 0.5).toFixed(1)} ms, p99 ${quantile(values, 0.99).toFixed(1)} ms`

async function timed(work) {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}

// Entries of about 500 bytes: words of a seeded generator, so that every run has the same.
function makeEntries(count) {
  let state = 12345
  const next = () => (state = (state * 1103515245 + 12345) % 2147483648)
  const syllables = ['비', '눈', '물', '사', '랑', '이', '별', '밤', 'ra', 'in', 'lo', 've', 'so', 'ng', '雨', '涙', '夜', '恋']
  const word = () => Array.from({ length: 2 + (next() % 3) }, () => syllables[(next() >> 8) % syllables.length]).join('')
  const words = (many) => Array.from({ length: many }, word).join(' ')
  return Array.from({ length: count }, (_, id) => ({ id, title: words(3), artist: words(2), description: words(40) }))
}

function get(url, path) {
  return new Promise((resolve, reject) => {
    http
      .get(url + path, { agent }, (response) => {
        response.resume()
        response.on('end', resolve)
      })
      .on('error', reject)
  })
}

// Seconds of CPU that a process has used. The kernel counts in hundredths.
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

// CPU of the server in microseconds a request, over kept connections: a client in JavaScript is too slow to
// compare servers by their rate.
async function cpuOfRequests(pid, url, path, count = 30000) {
  const before = cpuSeconds(pid)
  let sent = 0
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (sent++ < count) await get(url, path)
    }),
  )
  return ((cpuSeconds(pid) - before) * 1e6) / count
}

function peakMegabytes(pid) {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024)
}

async function startAndFirstAnswer(flags) {
  let server
  const began = performance.now()
  server = await startServer(flags)
  await server.call('POST', '/indexes/entries/search', { q: '비' })
  return { server, took: performance.now() - began }
}

async function echoCpu() {
  const echo = spawn(process.env.NUNMUL_ECHO, { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise((resolve) => echo.stdout.once('data', (text) => resolve(Number(text))))
  const cpu = await cpuOfRequests(echo.pid, `http://127.0.0.1:${port}`, '/health')
  echo.kill()
  return cpu
}

const documents = makeEntries(entries)
let server = await startServer()
await server.write('POST', '/indexes', { uid: 'entries', primaryKey: 'id' })

const ndjson = documents.map((document) => JSON.stringify(document)).join('\n')
const whole = await timed(async () => {
  const headers = { 'content-type': 'application/x-ndjson' }
  const task = await server.finished(await server.raw('POST', '/indexes/entries/documents', { headers, body: ndjson }))
  if (task.status !== 'succeeded') throw new Error(JSON.stringify(task))
})
figure(`${entries} documents of ${Math.round(ndjson.length / entries)} characters in one body, until searchable`, `${(whole / 1000).toFixed(1)} s`)
figure('peak resident memory of that', `${peakMegabytes(server.pid)} MB`)

const thousand = await timed(() =>
  Promise.all(
    makeEntries(1000).map(async (document) => {
      const answer = await server.write('POST', '/indexes/small/documents', [document])
      if (answer.status !== 'succeeded') throw new Error(JSON.stringify(answer))
    }),
  ),
)
figure('1,000 documents, a request each, until all are searchable', `${(thousand / 1000).toFixed(1)} s`)

const visible = []
for (let i = 0; i < 50; ++i)
  visible.push(await timed(() => server.write('POST', '/indexes/entries/documents', [{ id: `new-${i}`, title: `visible ${i}` }])))
figure('one document sent until searchable', milliseconds(visible))

const searches = []
for (const { title } of documents.slice(0, 500))
  searches.push(await timed(() => server.call('POST', '/indexes/entries/search', { q: title.slice(0, 5) })))
figure('a search over HTTP, one after another', milliseconds(searches))

if (process.env.NUNMUL_ECHO) {
  const ours = await cpuOfRequests(server.pid, server.url, '/health')
  figure('CPU of GET /health, beside cpp-httplib alone', `${ours.toFixed(0)} us, ${(await echoCpu()).toFixed(0)} us`)
}

await server.stop({ keep: true })
const again = await startAndFirstAnswer({ dataDir: server.folder })
server = again.server
figure('start to first answer', `${again.took.toFixed(0)} ms`)
figure('resident memory while serving', `${peakMegabytes(server.pid)} MB`)
await server.stop()
agent.destroy()
