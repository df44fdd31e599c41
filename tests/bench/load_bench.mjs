// SPDX-License-Identifier: GPL-2.0-or-later
// node tests/bench/load_bench.mjs ENTRIES: what costly requests do to a server and to the others who ask it,
// one figure a line. NUNMUL_BINARY names the binary.
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { performance } from 'node:perf_hooks'
import { startServer } from '../http/server.mjs'

const entries = Number(process.argv[2] ?? 50000)
const megabyte = 1e6

function figure(name, value) {
  console.log(`${name.padEnd(72)} ${value}`)
}

function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]
}

const milliseconds = (values) => `p50 ${quantile(values, 0.5).toFixed(0)} ms, p99 ${quantile(values, 0.99).toFixed(0)} ms of ${values.length}`
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

function memory(server, field) {
  return (1024 * Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1])) / megabyte
}

// The answer, or what became of it: `bytes` is what came, `announced` what should have.
function post(server, path, body, agent) {
  return new Promise((resolve) => {
    const begin = performance.now()
    const request = http.request(server.url + path, { method: 'POST', agent, headers: { authorization: `Bearer ${'a master key of the tests'}`, 'content-type': 'application/json' } }, (response) => {
      let bytes = 0
      let text = ''
      response.on('data', (piece) => {
        bytes += piece.length
        if (text.length < 1000) text += piece
      })
      const end = () => resolve({ status: response.statusCode, bytes, announced: Number(response.headers['content-length']), text, took: performance.now() - begin })
      response.on('end', end)
      response.on('error', end)
    })
    request.on('error', (error) => resolve({ error: error.code, took: performance.now() - begin }))
    request.end(body)
  })
}

const shown = (answer) => (answer.error ? answer.error : `${answer.status}, ${answer.bytes} of ${answer.announced} bytes after ${answer.took.toFixed(0)} ms ${answer.status === 200 ? '' : answer.text}`)

const syllables = ['비', '눈', '물', '사', '랑', '이', '별', '밤', 'ra', 'in', 'lo', 've', 'so', 'ng', '雨', '涙', '夜', '恋']
let state = 12345
const next = () => (state = (state * 1103515245 + 12345) % 2147483648)
const word = () => Array.from({ length: 2 + (next() % 2) }, () => syllables[(next() >> 8) % syllables.length]).join('')
const vocabulary = Array.from({ length: 3000 }, word)
const words = (many) => Array.from({ length: many }, () => vocabulary[(next() >> 8) % vocabulary.length]).join(' ')

const server = await startServer()
await server.write('PATCH', '/indexes/entries/settings', { filterableAttributes: ['kind'] })
for (let from = 0; from < entries; from += 10000) {
  const documents = Array.from({ length: Math.min(10000, entries - from) }, (_, i) => ({ id: from + i, kind: vocabulary[(from + i) % 50], title: words(3), description: words(30) }))
  await server.write('POST', '/indexes/entries/documents', documents)
}
figure('entries', entries)

const quick = JSON.stringify({ q: vocabulary[7] })
const keep = new http.Agent({ keepAlive: true, maxSockets: 8 })

// Eight others ask until `work` is done.
async function othersDuring(work) {
  let done = false
  const times = []
  const others = Array.from({ length: 8 }, async () => {
    while (!done) {
      const answer = await post(server, '/indexes/entries/search', quick, keep)
      if (answer.status !== 200) figure('another was not answered', shown(answer))
      times.push(answer.took)
      await sleep(10)
    }
  })
  const result = await work()
  done = true
  await Promise.all(others)
  return { result, times }
}

async function costly(name, request) {
  await sleep(500)
  const before = memory(server, 'VmRSS')
  let peak = before
  const watch = setInterval(() => (peak = Math.max(peak, memory(server, 'VmRSS'))), 5)
  const { result, times } = await othersDuring(() => Promise.all([0, 1].map(() => post(server, '/multi-search', request))))
  clearInterval(watch)
  for (const answer of result) figure(`${name}: answer`, shown(answer))
  figure(`${name}: others`, milliseconds(times))
  figure(`${name}: memory`, `${before.toFixed(0)} MB, at most ${(peak - before).toFixed(0)} MB more, ${(memory(server, 'VmRSS') - before).toFixed(0)} MB at the end`)
}

figure('others at rest', milliseconds((await othersDuring(() => sleep(2000))).times))
const queries = (count, more) => JSON.stringify({ queries: Array.from({ length: count }, () => ({ indexUid: 'entries', limit: 1000, ...more })) })
await costly('1,000 queries with limit 1,000', queries(1000, { q: vocabulary[3] }))
await costly('the same with ten words and highlighting', queries(1000, { q: vocabulary.slice(0, 10).join(' '), attributesToHighlight: ['*'] }))
await costly('50 queries, as much as may be answered', queries(50, { q: vocabulary[3] }))
await costly('1,000 queries that answer little', JSON.stringify({ queries: Array.from({ length: 1000 }, () => ({ indexUid: 'entries', limit: 1000, q: vocabulary.slice(0, 10).join(' '), attributesToHighlight: ['*'], attributesToRetrieve: ['id'], matchingStrategy: 'all' })) }))

for (const [method, path, item] of [['POST', 'documents/fetch', '{}'], ['POST', 'documents/delete-batch', '{}'], ['PATCH', 'settings', '{}'], ['POST', 'documents/delete-batch', '1'], ['POST', 'documents', '{}']]) {
  const body = `[${`${item},`.repeat(27e6 / (item.length + 1))}${item}]`
  const before = memory(server, 'VmRSS')
  let peak = before
  const watch = setInterval(() => (peak = Math.max(peak, memory(server, 'VmRSS'))), 5)
  const answer = await server.raw(method, `/indexes/entries/${path}`, { body, headers: { 'content-type': 'application/json' } }).catch((error) => ({ status: error.code }))
  await sleep(10000)
  clearInterval(watch)
  figure(`27 MB of ${item} to ${path}: ${answer.status}`, `${(peak - before).toFixed(0)} MB more, ${(memory(server, 'VmRSS') - before).toFixed(0)} MB kept after 10 s`)
}

const given = post(server, '/multi-search', queries(1000, { q: vocabulary.slice(0, 10).join(' '), attributesToHighlight: ['*'], attributesToRetrieve: ['id'] }))
await sleep(300)
const begin = performance.now()
const status = await server.stop()
figure('stop during such a request', `exit status ${status} after ${((performance.now() - begin) / 1000).toFixed(1)} s; ${shown(await given)}`)
