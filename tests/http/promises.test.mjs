// SPDX-License-Identifier: GPL-2.0-or-later
// Published clients in several languages take this for granted, though no single line of the API says it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { masterKey, startServer } from './server.mjs'

let server
before(async () => {
  server = await startServer()
})
after(() => server.stop())

test('an index made for documents that fail is there, without a primary key', async () => {
  const add = (index, documents, parameters = '') => server.write('POST', `/indexes/${index}/documents${parameters}`, documents)
  for (const [uid, documents, parameters] of [
    ['wrong-key', [{ id: 1, name: 'x' }], '?primaryKey=name2'],
    ['text-key', [{ id: 1, name: 'not an identifier' }], '?primaryKey=name'],
    ['no-key', [{ name: 'x' }], ''],
  ]) {
    const task = await add(uid, documents, parameters)
    assert.equal(task.status, 'failed', uid)
    assert.equal(task.details.indexedDocuments, 0)
    const index = await server.call('GET', `/indexes/${uid}`)
    assert.deepEqual([index.status, index.json.primaryKey], [200, null], uid)
    assert.equal((await server.call('GET', `/indexes/${uid}/documents`)).json.total, 0)
    assert.equal((await add(uid, [{ id: 7 }])).status, 'succeeded')
    assert.equal((await server.call('GET', `/indexes/${uid}`)).json.primaryKey, 'id')
  }
  assert.equal((await server.write('DELETE', '/indexes/never-made/documents')).error.code, 'index_not_found')
  assert.equal((await server.call('GET', '/indexes/never-made')).status, 404)
})

test('documents cannot change the primary key that an index was given', async () => {
  await server.write('POST', '/indexes', { uid: 'given', primaryKey: 'id' })
  const task = await server.write('POST', '/indexes/given/documents?primaryKey=code', [{ id: 1, code: 1 }])
  assert.equal(task.error.code, 'index_primary_key_already_exists')
  assert.equal((await server.call('GET', '/indexes/given')).json.primaryKey, 'id')
  assert.equal((await server.call('GET', '/indexes/given/documents')).json.total, 0)
  assert.equal((await server.write('PATCH', '/indexes/given', { primaryKey: 'code' })).status, 'succeeded')
  assert.equal((await server.call('GET', '/indexes/given')).json.primaryKey, 'code')
})

test('the statistics of a batch have every member that clients read', async () => {
  await server.write('POST', '/indexes/counted/documents', [{ id: 1 }])
  const batch = (await server.call('GET', '/batches?limit=1')).json.results[0]
  for (const member of ['progressTrace', 'writeChannelCongestion', 'internalDatabaseSizes'])
    assert.equal(typeof batch.stats[member], 'object', member)
})

test('the commit of a version is forty hexadecimal digits', async () => {
  assert.match((await server.call('GET', '/version')).json.commitSha, /^[0-9a-f]{40}$/)
})

test('a webhook shows the headers it was given but for those that let someone in', async () => {
  const headers = { Authorization: 'Bearer a-long-secret', 'X-Api-Key': 'abc', Cookie: '쿠키와 비밀', 'X-Source': 'songs', Language: 'ko' }
  const hook = (await server.call('POST', '/webhooks', { url: 'http://127.0.0.1:9/', headers })).json
  assert.deepEqual(hook.headers, { Authorization: 'BeXXXX...', Cookie: '쿠키XXXX...', Language: 'ko', 'X-Api-Key': 'XXX...', 'X-Source': 'songs' })
  const changed = await server.call('PATCH', `/webhooks/${hook.uuid}`, { headers: { 'X-Source': null, Language: 'ja' } })
  assert.deepEqual(Object.keys(changed.json.headers), ['Authorization', 'Cookie', 'Language', 'X-Api-Key'])
  assert.equal(changed.json.headers.Language, 'ja')
})

test('a sorted query and an unsorted one merge by what the rules say before the sort', async () => {
  await server.write('PATCH', '/indexes/tomes/settings', { sortableAttributes: ['author'] })
  await server.write('POST', '/indexes/tomes/documents', [
    { id: 1, title: 'A Small Prince', author: 'b' },
    { id: 2, title: 'Some Other Small Prince', author: 'a' },
  ])
  await server.write('POST', '/indexes/tunes/documents', [{ id: 1, title: 'Be Small' }, { id: 2, title: 'Be There' }])
  const search = async (...queries) => (await server.call('POST', '/multi-search', { federation: {}, queries })).json.hits
  const hits = await search(
    { indexUid: 'tunes', q: 'be' },
    { indexUid: 'tomes', q: 'small', sort: ['author:desc'] },
  )
  assert.deepEqual(hits.map((hit) => `${hit._federation.indexUid} ${hit.id}`), ['tomes 1', 'tomes 2', 'tunes 1', 'tunes 2'])
  const weighted = await search(
    { indexUid: 'tunes', q: 'be', federationOptions: { weight: 3 } },
    { indexUid: 'tomes', q: 'small', sort: ['author:asc'] },
  )
  assert.deepEqual(weighted.map((hit) => `${hit._federation.indexUid} ${hit.id}`), ['tunes 1', 'tunes 2', 'tomes 2', 'tomes 1'])
})

test('sorted queries of a federated search compare text as one search does', async () => {
  for (const [uid, names] of [['left', ['Éva', 'zoe']], ['right', ['Adam', 'ÉVB', 'Zoa']]]) {
    await server.write('PATCH', `/indexes/${uid}/settings`, { sortableAttributes: ['name'] })
    await server.write('POST', `/indexes/${uid}/documents`, names.map((name, id) => ({ id, name })))
  }
  const queries = ['left', 'right'].map((indexUid) => ({ indexUid, sort: ['name:asc'] }))
  const hits = (await server.call('POST', '/multi-search', { federation: {}, queries })).json.hits
  await server.write('PATCH', '/indexes/all/settings', { sortableAttributes: ['name'] })
  await server.write('POST', '/indexes/all/documents', ['Éva', 'zoe', 'Adam', 'ÉVB', 'Zoa'].map((name, id) => ({ id, name })))
  const alone = (await server.call('POST', '/indexes/all/search', { sort: ['name:asc'] })).json.hits
  assert.deepEqual(hits.map((hit) => hit.name), alone.map((hit) => hit.name))
})

test('sizes for people have no needless digits, and a document counts without its key', async () => {
  const uid = 'measured'
  await server.write('POST', `/indexes/${uid}/documents`, [1, 2, 3, 4, 5, 6].map((id) => ({ id, title: 'a title' })))
  const raw = (await server.call('GET', `/indexes/${uid}/stats`)).json
  assert.equal(raw.avgDocumentSize, Math.floor(raw.rawDocumentDbSize / 6) - 8)
  const human = (await server.call('GET', `/indexes/${uid}/stats?sizeFormat=human`)).json
  assert.equal(human.rawDocumentDbSize, `${raw.rawDocumentDbSize / 1024} KiB`)
  assert.equal(human.avgDocumentSize, `${raw.avgDocumentSize} B`)
})

test('statistics tell what an index takes on disk', async () => {
  const raw = (await server.call('GET', '/indexes/measured/stats')).json
  assert.ok(Number.isInteger(raw.indexSize) && Number.isInteger(raw.usedIndexSize))
  assert.ok(raw.indexSize >= raw.usedIndexSize && raw.usedIndexSize > raw.rawDocumentDbSize, JSON.stringify(raw))
  assert.deepEqual((await server.call('GET', '/stats')).json.indexes.measured.usedIndexSize, raw.usedIndexSize)
  assert.match((await server.call('GET', '/indexes/measured/stats?sizeFormat=human')).json.indexSize, /^[\d.]+ [KM]iB$/)
})

test('an index is busy no more once its task has succeeded', async () => {
  let busy = 0
  await server.write('POST', '/indexes/busy/documents', [{ id: 1 }])
  for (let i = 0; i < 250; i++) {
    const { taskUid } = (await server.call('DELETE', '/indexes/busy/documents/2')).json
    while ((await server.call('GET', `/tasks/${taskUid}`)).json.status !== 'succeeded');
    if ((await server.call('GET', '/indexes/busy/stats')).json.isIndexing) ++busy
  }
  assert.equal(busy, 0)
})

test('the least and greatest number of a facet have a fraction', async () => {
  await server.write('PATCH', '/indexes/priced/settings', { filterableAttributes: ['price'] })
  await server.write('POST', '/indexes/priced/documents', [{ id: 1, price: 50 }, { id: 2, price: 7.25 }, { id: 3, price: -3 }])
  const stats = '{"price":{"min":-3.0,"max":50.0}}'
  assert.ok((await server.call('POST', '/indexes/priced/search', { facets: ['price'] })).text.includes(`"facetStats":${stats}`))
  const federated = { federation: { facetsByIndex: { priced: ['price'] } }, queries: [{ indexUid: 'priced' }] }
  assert.ok((await server.call('POST', '/multi-search', federated)).text.includes(`"stats":${stats}`))
  const merged = { ...federated, federation: { ...federated.federation, mergeFacets: {}, distinct: 'price' } }
  assert.ok((await server.call('POST', '/multi-search', merged)).text.includes(`"facetStats":${stats}`))
})

test('escapes that JSON does not need are kept as the characters they stand for', async () => {
  const json = { 'content-type': 'application/json' }
  const add = (body, type = json) => server.raw('POST', '/indexes/escaped/documents', { headers: type, body })
  const sent = String.raw`{"\u0069d":1,"b":"\ubc24\uD3B8\uc9c0 \ud83d\ude00 \u00e9\/","a":"\u0041\u0022\u005c\u000a\n\t\"\\ud55c","n":1.50e2,"deep":[{"\uac00":"\u007f"}]}`
  const kept = String.raw`{"id":1,"b":"밤편지 😀 é/","a":"A\u0022\u005c\u000a\n\t\"\\ud55c","n":1.50e2,"deep":[{"가":"` + '\x7f"}]}'
  for (const [body, type] of [[`[${sent}]`, json], [sent, json], [`${sent}\n`, { 'content-type': 'application/x-ndjson' }]]) {
    assert.equal((await server.finished(await add(body, type))).status, 'succeeded')
    assert.equal((await server.raw('GET', '/indexes/escaped/documents/1')).text, kept)
    await server.write('DELETE', '/indexes/escaped/documents')
  }
  for (const lone of ['\\ud800', '\\udc00', '\\ud800\\u0041', '\\u12g4'])
    assert.equal((await add(`[{"id":1,"a":"${lone}"}]`)).json.code, 'malformed_payload', lone)
})

test('who wants no network gets none, on every route; who wants one is told', async () => {
  await server.write('POST', '/indexes/near/documents', [{ id: 1 }])
  for (const [method, path, body] of [
    ['GET', '/indexes/near/documents'],
    ['GET', '/indexes/near/documents/1'],
    ['POST', '/indexes/near/documents', [{ id: 2 }]],
    ['DELETE', '/indexes/near/documents/2'],
    ['POST', '/indexes/near/documents/fetch', {}],
    ['GET', '/indexes/near/search'],
    ['POST', '/indexes/near/search', {}],
    ['GET', '/indexes'],
    ['GET', '/stats'],
  ]) {
    const off = await server.call(method, `${path}?useNetwork=false`, body)
    assert.ok(off.status < 300, `${method} ${path} ${off.text}`)
    assert.equal((await server.call(method, `${path}?useNetwork=true`, body)).json.code, 'feature_not_enabled', path)
    assert.equal((await server.call(method, `${path}?useNetwork=x`, body)).json.code, 'bad_request', path)
  }
  for (const path of ['/indexes/near/documents/fetch', '/indexes/near/search']) {
    for (const useNetwork of [false, null]) assert.equal((await server.call('POST', path, { useNetwork })).status, 200, path)
    assert.equal((await server.call('POST', path, { useNetwork: true })).json.code, 'feature_not_enabled', path)
  }
})

test('settings that clients send as null need not be known', async () => {
  const task = await server.write('PATCH', '/indexes/plain/settings', { chat: null, foreignKeys: null, vectorStore: null, stopWords: ['a'] })
  assert.equal(task.status, 'succeeded')
  assert.equal(Object.keys((await server.call('GET', '/indexes/plain/settings')).json).length, 20)
  for (const name of ['chat', 'foreignKeys']) assert.equal((await server.call('PATCH', '/indexes/plain/settings', { [name]: {} })).json.code, 'bad_request')
  assert.equal((await server.call('PATCH', '/indexes/plain/settings', { nope: null })).json.code, 'bad_request')
})

test('a key may be given every action of the API', async () => {
  const of = (name, ...verbs) => verbs.map((verb) => `${name}.${verb}`)
  const actions = ['*', '*.get', 'search', 'version', 'export', 'chatCompletions', ...of('documents', '*', 'add', 'get', 'delete'),
    ...of('indexes', '*', 'create', 'get', 'update', 'delete', 'swap', 'compact'), ...of('tasks', '*', 'get', 'cancel', 'delete', 'compact'),
    ...of('settings', '*', 'get', 'update'), ...of('stats', '*', 'get'), ...of('metrics', '*', 'get'), ...of('dumps', '*', 'create'),
    ...of('snapshots', '*', 'create'), ...of('keys', 'get', 'create', 'update', 'delete'), ...of('experimental', 'get', 'update'),
    ...of('network', 'get', 'update'), ...of('chats', '*', 'get', 'delete'), ...of('chatsSettings', '*', 'get', 'update'),
    ...of('webhooks', '*', 'get', 'create', 'update', 'delete'), 'fields.post',
    ...of('dynamicSearchRules', '*', 'get', 'create', 'update', 'delete')]
  const answer = await server.call('POST', '/keys', { actions, indexes: ['*'], expiresAt: null })
  assert.deepEqual([answer.status, answer.json.actions], [201, actions])
})

test('an apostrophe parts words in what is shown of a text', async () => {
  await server.write('POST', '/indexes/guides/documents', [{ id: 1, text: 'The Hitchhiker’s Guide to the Galaxy is a comedy science fiction series' }])
  const search = async (request) => (await server.call('POST', '/indexes/guides/search', request)).json.hits[0]._formatted.text
  assert.equal(await search({ attributesToCrop: ['text'], cropLength: 5 }), 'The Hitchhiker’s Guide to…')
  assert.equal(await search({ q: 'galaxy', attributesToCrop: ['text'] }), '…Hitchhiker’s Guide to the Galaxy is a comedy science…')
})

test('a client that names one coding sends and gets everything in it', async () => {
  const codings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }
  for (const [coding, pack] of Object.entries(codings)) {
    const send = (method, path, body) => fetch(server.url + path, {
      method,
      headers: { authorization: `Bearer ${masterKey}`, 'accept-encoding': coding, ...(body && { 'content-type': 'application/json', 'content-encoding': coding }) },
      body: body && pack(JSON.stringify(body)),
    })
    const answer = await send('POST', `/indexes/packed-${coding}/documents`, [{ id: 1, title: '밤편지' }])
    assert.deepEqual([answer.status, answer.headers.get('content-encoding')], [202, coding])
    await server.finished({ json: await answer.json() })
    const read = await send('GET', `/indexes/packed-${coding}/documents/1`)
    assert.equal(read.headers.get('content-encoding'), coding)
    assert.deepEqual(await read.json(), { id: 1, title: '밤편지' })
  }
  const any = await fetch(`${server.url}/health`, { headers: { 'accept-encoding': 'gzip, br' } })
  assert.equal(any.headers.get('content-encoding'), null)
})
