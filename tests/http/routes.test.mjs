// SPDX-License-Identifier: GPL-2.0-or-later
// Every route of the description answers, with what the description promises.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { problems } from './schema.mjs'
import { startServer } from './server.mjs'

let server
let description
const answered = new Set()

before(async () => {
  server = await startServer()
  description = (await server.raw('GET', '/openapi.json', { key: null })).json
  await server.write('POST', '/indexes', { uid: 'songs', primaryKey: 'id' })
  await server.write('PATCH', '/indexes/songs/settings', { filterableAttributes: ['kind', 'year'], sortableAttributes: ['year'] })
  await server.write('POST', '/indexes/songs/documents', [
    { id: 1, title: '밤편지', kind: 'song', year: 2017 },
    { id: 2, title: 'First Love', kind: 'song', year: 1999 },
  ])
})
after(() => server.stop())

// "/indexes/songs/search?q=x" → the described path that fits it best.
function describedPath(path) {
  const segments = path.split('?')[0].split('/')
  const fits = (pattern) => {
    const parts = pattern.split('/')
    return parts.length === segments.length && parts.every((part, i) => part.startsWith('{') || part === segments[i])
  }
  return Object.keys(description.paths).filter(fits).sort((a, b) => a.split('{').length - b.split('{').length)[0]
}

// Sends it, and holds the answer to what is described for it.
async function promised(method, path, value, options) {
  const answer = await server.call(method, path, value, options)
  const pattern = describedPath(path)
  const operation = description.paths[pattern][method.toLowerCase()]
  answered.add(`${method} ${pattern}`)
  const [status, response] = Object.entries(operation.responses)[0]
  assert.equal(String(answer.status), status, `${method} ${path}: ${answer.text}`)
  const schema = response.content?.['application/json']?.schema
  if (schema) assert.deepEqual(problems(description, schema, answer.json), [], `${method} ${path}: ${answer.text}`)
  else if (answer.status === 204) assert.equal(answer.text, '')
  return answer
}

test('the server as a whole', async () => {
  await promised('GET', '/health')
  await promised('GET', '/openapi.json')
  await promised('GET', '/version')
  await promised('GET', '/stats')
  await promised('GET', '/metrics')
  await promised('GET', '/experimental-features')
  await promised('PATCH', '/experimental-features', { containsFilter: true })
  assert.equal((await server.call('GET', '/experimental-features')).json.containsFilter, true)
  await server.finished(await promised('POST', '/dumps'))
  await server.finished(await promised('POST', '/snapshots'))
})

test('indexes', async () => {
  await promised('GET', '/indexes')
  await promised('GET', '/indexes/songs')
  await promised('GET', '/indexes/songs/stats')
  await promised('POST', '/indexes/songs/fields', {})
  await server.finished(await promised('POST', '/indexes', { uid: 'films' }))
  await server.finished(await promised('PATCH', '/indexes/films', { primaryKey: 'id' }))
  await server.finished(await promised('POST', '/swap-indexes', [{ indexes: ['films', 'songs'] }]))
  await server.finished(await promised('POST', '/swap-indexes', [{ indexes: ['films', 'songs'] }]))
  await server.finished(await promised('DELETE', '/indexes/films'))
  assert.equal((await server.call('GET', '/indexes/films')).status, 404)
})

test('documents', async () => {
  await server.write('POST', '/indexes', { uid: 'papers', primaryKey: 'id' })
  await server.write('PATCH', '/indexes/papers/settings', { filterableAttributes: ['n'] })
  const done = async (...request) => assert.equal((await server.finished(await promised(...request))).status, 'succeeded')
  await done('POST', '/indexes/papers/documents', [{ id: 1, n: 1 }, { id: 2, n: 2 }, { id: 3, n: 3 }, { id: 4, n: 4 }])
  await done('PUT', '/indexes/papers/documents', [{ id: 1, m: 1 }])
  assert.deepEqual((await promised('GET', '/indexes/papers/documents/1')).json, { id: 1, n: 1, m: 1 })
  assert.equal((await promised('GET', '/indexes/papers/documents?limit=2')).json.total, 4)
  assert.deepEqual((await promised('POST', '/indexes/papers/documents/fetch', { ids: ['2', 3], fields: ['id'] })).json.results, [{ id: 2 }, { id: 3 }])
  await done('DELETE', '/indexes/papers/documents/1')
  await done('POST', '/indexes/papers/documents/delete-batch', [2])
  await done('POST', '/indexes/papers/documents/delete', { filter: 'n = 3' })
  assert.equal((await server.call('GET', '/indexes/papers/documents')).json.total, 1)
  await done('DELETE', '/indexes/papers/documents')
  assert.equal((await server.call('GET', '/indexes/papers/documents')).json.total, 0)
})

test('searches', async () => {
  const body = await promised('POST', '/indexes/songs/search', { q: '밤편지' })
  const query = await promised('GET', `/indexes/songs/search?q=${encodeURIComponent('밤편지')}`)
  assert.deepEqual(body.json.hits.map((hit) => hit.id), [1])
  assert.deepEqual(query.json.hits, body.json.hits)
  const short = await promised('GET', `/search?index=songs&q=${encodeURIComponent('밤편지')}`)
  assert.deepEqual(short.json.hits, body.json.hits)
  await promised('POST', '/multi-search', { queries: [{ indexUid: 'songs' }] })
  await promised('POST', '/multi-search', { queries: [{ indexUid: 'songs' }], federation: {} })
  await promised('POST', '/indexes/songs/facet-search', { facetName: 'kind' })
})

test('settings', async () => {
  await promised('GET', '/indexes/songs/settings')
  await server.finished(await promised('PATCH', '/indexes/songs/settings', { stopWords: ['the'] }))
  for (const pattern of Object.keys(description.paths).filter((path) => path.startsWith('/indexes/{uid}/settings/'))) {
    const path = pattern.replace('{uid}', 'songs')
    const before = (await promised('GET', path)).json
    const verb = description.paths[pattern].put ? 'PUT' : 'PATCH'
    assert.equal((await server.finished(await promised(verb, path, before))).status, 'succeeded', path)
    assert.deepEqual((await server.call('GET', path)).json, before, path)
    assert.equal((await server.finished(await promised('DELETE', path))).status, 'succeeded', path)
  }
  await promised('GET', '/indexes/songs/nunmul-settings')
  await server.finished(await promised('PATCH', '/indexes/songs/nunmul-settings', { defaultMatchingStrategy: 'all' }))
  assert.equal((await server.call('GET', '/indexes/songs/nunmul-settings')).json.defaultMatchingStrategy, 'all')
  await server.finished(await promised('DELETE', '/indexes/songs/nunmul-settings'))
  assert.equal((await server.call('GET', '/indexes/songs/nunmul-settings')).json.defaultMatchingStrategy, 'any')
  await server.finished(await promised('DELETE', '/indexes/songs/settings'))
})

test('other queries where nothing is found, and labels', async () => {
  assert.ok(Array.isArray((await promised('POST', '/indexes/songs/nunmul-suggestions', { q: 'zzzz' })).json.suggestions))
  const { suggestions } = (await promised('POST', '/indexes/songs/nunmul-suggestions', { q: 'zzzz qqqq the' })).json
  assert.ok(!suggestions.some(({ q }) => q === 'the'), 'a word that says nothing is no query')
  assert.equal((await promised('GET', '/nunmul-labels/ko')).json.kind.song, '노래')
  assert.deepEqual((await promised('GET', '/nunmul-labels/fr')).json, {})
})

test('rules', async () => {
  await server.finished(await promised('PUT', '/indexes/songs/nunmul-rules', { rules: [{ name: 'a', then: { redirect: '/a' } }] }))
  assert.equal((await promised('GET', '/indexes/songs/nunmul-rules')).json.rules[0].name, 'a')
  await server.finished(await promised('DELETE', '/indexes/songs/nunmul-rules'))
})

test('what visitors search', async () => {
  await promised('POST', '/indexes/songs/nunmul-events', { query: 'love', id: '2' }, { headers: { 'nunmul-session': 'one' } })
  await promised('GET', '/indexes/songs/nunmul-queries?order=zero&days=7')
})

test('tasks and batches', async () => {
  await promised('GET', '/tasks')
  const task = (await promised('GET', '/tasks/0')).json
  await promised('GET', '/batches')
  await promised('GET', `/batches/${task.batchUid}`)
  await server.finished(await promised('POST', '/tasks/cancel?uids=0'))
  await server.finished(await promised('DELETE', '/tasks?uids=0'))
  assert.equal((await server.call('GET', '/tasks/0')).status, 404)
})

test('keys', async () => {
  await promised('GET', '/keys')
  const key = (await promised('POST', '/keys', { actions: ['search'], indexes: ['*'], expiresAt: null })).json
  await promised('GET', `/keys/${key.uid}`)
  assert.equal((await promised('PATCH', `/keys/${key.key}`, { name: 'n' })).json.name, 'n')
  await promised('DELETE', `/keys/${key.key}`)
  assert.equal((await server.call('GET', `/keys/${key.key}`)).status, 404)
})

test('webhooks', async () => {
  const hook = (await promised('POST', '/webhooks', { url: 'http://127.0.0.1:9/x', headers: { authorization: 'TOKEN' } })).json
  assert.equal(hook.headers.authorization, 'XXX...')
  await promised('GET', '/webhooks')
  await promised('GET', `/webhooks/${hook.uuid}`)
  assert.equal((await promised('PATCH', `/webhooks/${hook.uuid}`, { url: 'http://127.0.0.1:9/y' })).json.url, 'http://127.0.0.1:9/y')
  await promised('DELETE', `/webhooks/${hook.uuid}`)
})

test('no described route was left out', () => {
  const untried = []
  for (const [path, operations] of Object.entries(description.paths))
    for (const method of Object.keys(operations))
      if (!answered.has(`${method.toUpperCase()} ${path}`)) untried.push(`${method.toUpperCase()} ${path}`)
  // Answered only while an addition waits, which no test can hold still.
  assert.deepEqual(untried, ['GET /tasks/{uid}/documents'])
})
