// SPDX-License-Identifier: GPL-2.0-or-later
// Lines of the API that one request, or two, can hold: what is neither a row of the table of errors nor of
// the table of routes.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { startServer } from './server.mjs'

let server

before(async () => {
  server = await startServer()
  await server.write('PATCH', '/indexes/songs/settings', { filterableAttributes: ['kind'], stopWords: ['the', 'of'] })
  await server.write('POST', '/indexes/songs/documents', [
    { id: 1, kind: 'song', title: 'spring day' },
    { id: 2, kind: 'film', title: 'once upon a time there was the king who lost the crown of gold' },
  ])
})
after(() => server.stop())

const search = async (body) => (await server.call('POST', '/indexes/songs/search', body)).json
const refusal = (answer) => [answer.status, answer.json?.code]

test('a document larger than one may be is refused by its place, and one that grows so fails its task', async () => {
  const big = 'x'.repeat(2_600_000)
  const send = (type, body) => server.raw('POST', '/indexes/songs/documents', { headers: { 'content-type': type }, body })
  for (const [type, body, place] of [
    ['application/json', JSON.stringify([{ id: 5 }, { id: 6, t: big + big }]), 'Document 1 of the JSON payload'],
    ['application/x-ndjson', `{"id":5}\n{"id":6,"t":"${big}${big}"}\n`, 'Line 2 of the NDJSON payload'],
    ['text/csv', `id,t\n5,x\n6,"${big}${big}"\n`, 'The record at line 3 of the CSV payload'],
  ]) {
    const answer = await send(type, body)
    assert.deepEqual(refusal(answer), [413, 'payload_too_large'], type)
    assert.equal(answer.json.message, `${place} has more than 5,000,000 bytes, which is the most that one document may have.`)
  }
  await server.write('PUT', '/indexes/grown/documents', [{ id: 6, a: big }])
  const task = await server.write('PUT', '/indexes/grown/documents', [{ id: 6, b: big }])
  assert.deepEqual([task.status, task.error.code], ['failed', 'payload_too_large'])
  assert.match(task.error.message, /^The document with the id `6` has more than 5,000,000 bytes/)
})

test('stop words of the query are marked, and no window is chosen for them', async () => {
  const body = { q: 'the crown ', attributesToCrop: ['title'], cropLength: 3, attributesToHighlight: ['title'], showMatchesPosition: true }
  const [hit] = (await search(body)).hits
  assert.equal(hit._formatted.title, '…<em>the</em> <em>crown</em> of…')
  assert.deepEqual(hit._matchesPosition.title, [{ start: 27, length: 3 }, { start: 45, length: 3 }, { start: 49, length: 5 }])
})

test('a place that the client gave to a federated query is the one answered', async () => {
  const queries = [7, 3].map((queryPosition) => ({ indexUid: 'songs', q: 'spring', federationOptions: { queryPosition } }))
  const answer = (await server.call('POST', '/multi-search', { federation: {}, queries })).json
  assert.deepEqual(answer.hits.map((hit) => hit._federation.queriesPosition), [3])
})

test('a federated search sorts as a single one does, letters of all scripts and widths included', async () => {
  await server.write('PATCH', '/indexes/names/settings', { sortableAttributes: ['name'] })
  await server.write('POST', '/indexes/names/documents', ['Éa', 'éb', 'Z', 'a', 'Ａ2', 'B', 'Éc'].map((name, id) => ({ id, name })))
  for (const order of ['asc', 'desc']) {
    const query = { indexUid: 'names', sort: [`name:${order}`] }
    const names = (answer) => answer.hits.map((hit) => hit.name)
    const [alone] = (await server.call('POST', '/multi-search', { queries: [query] })).json.results
    assert.deepEqual(names((await server.call('POST', '/multi-search', { federation: {}, queries: [query] })).json), names(alone))
  }
})

test('an index that is not there is a 400 wherever a multi-search names it', async () => {
  const body = { federation: { facetsByIndex: { none: ['kind'] } }, queries: [{ indexUid: 'songs' }] }
  assert.deepEqual(refusal(await server.call('POST', '/multi-search', body)), [400, 'index_not_found'])
})

test('a tenant token whose rule cannot be understood opens nothing', async () => {
  const key = (await server.call('GET', '/keys')).json.results.find((one) => one.name === 'Default Search API Key')
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const searchWith = (rule) => {
    const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ apiKeyUid: key.uid, searchRules: { songs: rule } })}`
    const token = `${text}.${createHmac('sha256', key.key).update(text).digest('base64url')}`
    return server.call('POST', '/indexes/songs/search', {}, { key: token })
  }
  assert.equal((await searchWith({ filter: 'kind = song' })).json.hits.length, 1)
  for (const rule of [{ filters: 'kind = song' }, { filter: 'kind = song', more: 1 }, { filter: 5 }, [], 'x'])
    assert.deepEqual(refusal(await searchWith(rule)), [403, 'invalid_api_key'], JSON.stringify(rule))
})

test('an unknown field is a bad request on our own route too', async () => {
  assert.deepEqual(refusal(await server.call('PATCH', '/indexes/songs/nunmul-settings', { nope: 1 })), [400, 'bad_request'])
})

test('a path that is known by another method is 405 though it looks like a number’s place', async () => {
  const answer = await server.raw('GET', '/tasks/cancel')
  assert.deepEqual([answer.status, answer.text], [405, ''])
})

test('what is no webhook’s to choose may not be sent with a new one', async () => {
  const hook = { url: 'http://127.0.0.1:9/x' }
  assert.deepEqual(refusal(await server.call('POST', '/webhooks', { ...hook, uuid: 'x' })), [400, 'immutable_webhook_uuid'])
  assert.deepEqual(refusal(await server.call('POST', '/webhooks', { ...hook, isEditable: true })), [400, 'immutable_webhook_is_editable'])
})

test('a number too large for a task is no task, and text is no number', async () => {
  for (const uid of ['99999999999', '99999999999999999999999']) {
    assert.deepEqual(refusal(await server.call('GET', `/tasks/${uid}`)), [404, 'task_not_found'])
    assert.deepEqual(refusal(await server.call('GET', `/tasks/${uid}/documents`)), [404, 'task_not_found'])
    assert.deepEqual(refusal(await server.call('GET', `/batches/${uid}`)), [404, 'batch_not_found'])
  }
  for (const uid of ['x', '-1', '1x', '1.0']) assert.deepEqual(refusal(await server.call('GET', `/tasks/${uid}`)), [400, 'invalid_task_uids'])
})

test('an empty list of tasks is a mistake', async () => {
  for (const [query, code] of [['uids=', 'invalid_task_uids'], ['uids=1,', 'invalid_task_uids'], ['batchUids=', 'invalid_batch_uids'],
    ['canceledBy=', 'invalid_task_canceled_by'], ['types=', 'invalid_task_types'], ['statuses=', 'invalid_task_statuses'], ['indexUids=', 'invalid_index_uid']])
    for (const [method, path] of [['GET', '/tasks'], ['GET', '/batches'], ['POST', '/tasks/cancel'], ['DELETE', '/tasks']])
      assert.deepEqual(refusal(await server.call(method, `${path}?${query}`)), [400, code], `${method} ${path}?${query}`)
})

test('types and statuses of tasks are asked for in any case', async () => {
  const total = async (query) => (await server.call('GET', `/tasks?${query}`)).json.total
  assert.notEqual(await total('types=indexCreation,settingsUpdate&statuses=succeeded'), 0)
  assert.equal(await total('types=INDEXCREATION,settingsupdate&statuses=Succeeded'), await total('types=indexCreation,settingsUpdate&statuses=succeeded'))
})

test('an ill-formed identifier is none, in a path as in a document', async () => {
  for (const id of ['a%20b', '%ED%95%9C', 'x'.repeat(512)])
    for (const method of ['GET', 'DELETE'])
      assert.deepEqual(refusal(await server.call(method, `/indexes/songs/documents/${id}`)), [400, 'invalid_document_id'], `${method} ${id}`)
})
