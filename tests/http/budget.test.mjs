// SPDX-License-Identifier: GPL-2.0-or-later
// The budget of one request: whichever route it takes, it is answered whole or refused with the option that
// allows more, and it does not take more memory to read than three times its size.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { startServer } from './server.mjs'

const entries = 2000
const words = ['rain', 'tears', 'night', 'love', 'song', 'sea', 'road', 'home', 'star', 'wind']
const entry = (_, id) => ({ id, title: `${words[id % 10]} ${words[(id * 7) % 9]}`, kind: words[id % 3], description: Array.from({ length: 60 }, (__, w) => words[(id * w + w) % 10]).join(' ') })

async function serverWith(...flags) {
  const server = await startServer({ flags })
  await server.write('PATCH', '/indexes/entries/settings', { filterableAttributes: ['kind'], sortableAttributes: ['id'] })
  await server.write('POST', '/indexes/entries/documents', Array.from({ length: entries }, entry))
  return server
}

const query = (more) => ({ indexUid: 'entries', q: 'rain', limit: 1000, ...more })
const large = {
  search: ['POST', '/indexes/entries/search', { q: 'rain', limit: 1000 }],
  'search by address': ['GET', '/indexes/entries/search?q=rain&limit=1000'],
  'several searches': ['POST', '/multi-search', { queries: [query(), query(), query()] }],
  'federated search': ['POST', '/multi-search', { federation: { limit: 2000 }, queries: [query({ limit: undefined }), query({ limit: undefined, q: 'love' })] }],
  documents: ['GET', '/indexes/entries/documents?limit=2000'],
  'documents fetched': ['POST', '/indexes/entries/documents/fetch', { limit: 2000 }],
}

test('an answer beyond the bound is refused on every route, and one within it is whole', async () => {
  const server = await serverWith('--max-answer', '200KB')
  for (const [name, request] of Object.entries(large)) {
    const refused = await server.call(...request)
    assert.deepEqual([refused.status, refused.json?.code], [400, 'request_too_costly'], name)
    assert.match(refused.json.message, /--max-answer/, name)
  }
  const answer = await server.call('POST', '/indexes/entries/search', { q: 'rain', limit: 200 })
  assert.equal(answer.status, 200)
  assert.equal(answer.json.hits.length, 200)
  await server.stop()
})

test('memory beyond the bound is refused on every route, pages and suggestions included', async () => {
  const server = await serverWith('--max-request-memory', '2KB')
  const small = {
    ...large,
    'facet search': ['POST', '/indexes/entries/facet-search', { facetName: 'kind', q: 'rain' }],
    suggestions: ['POST', '/indexes/entries/nunmul-suggestions', { q: 'rain ghijkl' }],
    'start page': ['GET', '/?q=rain'],
  }
  for (const [name, request] of Object.entries(small)) {
    const refused = await server.call(...request)
    assert.deepEqual([refused.status, refused.json?.code], [400, 'request_too_costly'], name)
    assert.match(refused.json.message, /--max-request-memory/, name)
  }
  await server.stop()
})

test('marks as long as a request allows are charged for each place that they mark', async () => {
  const server = await serverWith()
  const marked = await server.call('POST', '/indexes/entries/search', { q: 'rain', limit: 1000, attributesToHighlight: ['*'], highlightPreTag: 'x'.repeat(500_000) })
  assert.equal(marked.json.code, 'request_too_costly')
  const places = await server.call('POST', '/indexes/entries/search', { q: 'rain', limit: 100, attributesToHighlight: ['*'], showMatchesPosition: true })
  assert.equal(places.json.hits.length, 100)
  await server.stop()
})

test('the searches of one request share its time', async () => {
  const server = await serverWith('--max-request-time', '2000', '--max-answer', '1GB')
  const queries = Array.from({ length: 1000 }, () => query({ q: words.join(' '), attributesToHighlight: ['*'], attributesToRetrieve: ['id'] }))
  const refused = await server.call('POST', '/multi-search', { queries })
  assert.equal(refused.json.code, 'request_too_costly')
  assert.match(refused.json.message, /^Inside `\.queries\[\d+\]`: .*--max-request-time/)
  await server.stop()
})

function residentBytes(server, field) {
  return 1024 * Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1])
}

const list = (item, bytes) => `[${`${item},`.repeat(bytes / (item.length + 1))}${item}]`

test('a body of many small values takes three times its size at most', { skip: process.env.NUNMUL_SANITIZED }, async () => {
  const server = await serverWith()
  const send = (method, path, body) => server.raw(method, path, { body, headers: { 'content-type': 'application/json' } })
  const before = residentBytes(server, 'VmHWM')
  for (const [method, path, item, status] of [
    ['PATCH', '/indexes/entries/settings', '{}', 413],
    ['PUT', '/indexes/entries/settings/stop-words', '""', 413],
    ['POST', '/indexes/entries/documents/delete-batch', '{}', 400],
    ['POST', '/indexes/entries/documents', '[]', 400],
  ])
    assert.equal((await send(method, path, list(item, 27e6))).status, status, path)
  const grown = residentBytes(server, 'VmHWM') - before
  assert.ok(grown < 3 * 27e6, `${grown}`)
  await server.stop()
})

test('a body that is no list is refused by its length', async () => {
  const server = await startServer()
  for (const [method, path] of [
    ['POST', '/indexes/entries/documents/fetch'],
    ['POST', '/indexes/entries/documents/delete'],
    ['POST', '/indexes'],
    ['POST', '/keys'],
    ['POST', '/webhooks'],
    ['POST', '/swap-indexes'],
    ['PATCH', '/experimental-features'],
    ['POST', '/multi-search'],
  ]) {
    const refused = await server.raw(method, path, { body: list('{}', 1.5e6), headers: { 'content-type': 'application/json' } })
    assert.equal(refused.json?.code, 'payload_too_large', path)
  }
  const small = await server.raw('POST', '/keys', { body: list('{}', 1e6), headers: { 'content-type': 'application/json' } })
  assert.equal(small.json?.code, 'payload_too_large')
  await server.stop()
})

test('a hundred thousand documents are deleted by their identifiers in one request', async () => {
  const server = await serverWith()
  const ids = Array.from({ length: 100_000 }, (_, id) => (id % 2 ? id : `${id}`))
  const task = await server.write('POST', '/indexes/entries/documents/delete-batch', ids)
  assert.deepEqual([task.status, task.details.providedIds, task.details.deletedDocuments], ['succeeded', ids.length, entries])
  for (const [body, code] of [['[1,{}]', 'invalid_document_id'], ['{"a":1}', 'bad_request'], ['[1,', 'malformed_payload'], [' ', 'missing_payload']]) {
    const refused = await server.raw('POST', '/indexes/entries/documents/delete-batch', { body, headers: { 'content-type': 'application/json' } })
    assert.equal(refused.json.code, code, body)
  }
  await server.stop()
})
