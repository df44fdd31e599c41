// SPDX-License-Identifier: GPL-2.0-or-later
// Every route has these in common: paths, methods, CORS, content types, packed bodies, keys and tokens.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import http from 'node:http'
import { after, before, test } from 'node:test'
import { deflateSync, gzipSync } from 'node:zlib'
import { masterKey, startServer } from './server.mjs'

const json = { 'content-type': 'application/json' }
let server

before(async () => {
  server = await startServer()
  await server.write('PATCH', '/indexes/songs/settings', { filterableAttributes: ['kind', 'year'], sortableAttributes: ['year'] })
  await server.write('POST', '/indexes/songs/documents', [
    { id: 1, title: 'Spring Day', kind: 'song', year: 2017 },
    { id: 2, title: 'Spring Rain', kind: 'song', year: 2019 },
    { id: 3, title: 'Spring, Again', kind: 'drama', year: 2003 },
  ])
  await server.write('PATCH', '/indexes/films/settings', { filterableAttributes: ['kind', 'year'], sortableAttributes: ['year'] })
  await server.write('POST', '/indexes/films/documents', [{ id: 1, title: 'Late Spring', kind: 'film', year: 1949 }])
})
after(() => server.stop())

test('an unknown path is 404 and another method 405, both empty', async () => {
  for (const [method, path, status] of [
    ['GET', '/nowhere', 404],
    ['GET', '/Health', 404],
    ['GET', '/indexes/songs/similarly', 404],
    ['GET', '/chatter', 404],
    ['POST', '/health', 405],
    ['PUT', '/indexes', 405],
    ['PATCH', '/indexes/songs/settings/stop-words', 405],
    ['PUT', '/indexes/songs/settings/faceting', 405],
  ]) {
    const answer = await server.raw(method, path)
    assert.deepEqual([answer.status, answer.text], [status, ''], `${method} ${path}`)
    assert.equal(answer.headers['access-control-allow-origin'], '*')
  }
})

test('a route of the API that is not offered says so, once the key was checked', async () => {
  const { key: narrow } = (await server.call('POST', '/keys', { actions: ['search'], indexes: ['songs'], expiresAt: null })).json
  for (const [method, path] of [
    ['GET', '/chats'],
    ['GET', '/chats/a'],
    ['POST', '/chats/a/chat/completions'],
    ['PATCH', '/chats/a/settings'],
    ['DELETE', '/chats/a/settings'],
    ['GET', '/network'],
    ['PATCH', '/network'],
    ['POST', '/network/control'],
    ['POST', '/export'],
    ['GET', '/indexes/songs/similar'],
    ['POST', '/indexes/songs/similar'],
    ['POST', '/dynamic-search-rules'],
    ['PATCH', '/dynamic-search-rules/a'],
    ['POST', '/render-template'],
    ['POST', '/indexes/songs/documents/edit'],
    ['POST', '/logs/stream'],
    ['PUT', '/logs/stderr'],
    ['POST', '/indexes/songs/compact'],
    ['POST', '/tasks/compact'],
    ['GET', '/tasks/compact'],
    ['GET', '/indexes/songs/settings/chat'],
    ['PUT', '/indexes/songs/settings/foreign-keys'],
  ]) {
    const answer = await server.raw(method, `${path}?any=1`, method[0] === 'P' ? { body: 'no JSON' } : {})
    assert.deepEqual([answer.status, answer.json?.code], [404, 'route_not_offered'], `${method} ${path} ${answer.text}`)
    assert.equal((await server.raw(method, path, { key: null })).json?.code, 'missing_authorization_header', path)
    assert.equal((await server.raw(method, path, { key: 'wrong' })).json?.code, 'invalid_api_key', path)
    const asked = (await server.raw(method, path, { key: narrow })).json.code
    assert.equal(asked, path.endsWith('/similar') ? 'route_not_offered' : 'invalid_api_key', path)
  }
  assert.equal((await server.call('POST', '/indexes/films/similar', {}, { key: narrow })).json.code, 'invalid_api_key')
  assert.equal((await server.call('GET', '/indexes/songs/documents/edit')).json.code, 'document_not_found')
})

test('an error links to the page of the server as the client knows it', async (t) => {
  const proxied = await startServer({ flags: ['--public-url', 'https://search.test/songs/'] })
  t.after(() => proxied.stop())
  const linkOf = async (one, headers = {}) => (await one.raw('GET', '/indexes/none', { headers })).json.link
  assert.equal(await linkOf(server), `${server.url}/errors#index_not_found`)
  assert.match((await server.raw('GET', '/errors')).text, /id="index_not_found"/)
  assert.equal(await linkOf(server, { host: 'search.test:80' }), 'http://search.test:80/errors#index_not_found')
  assert.equal(await linkOf(server, { host: '[::1]:80' }), 'http://[::1]:80/errors#index_not_found')
  for (const host of ['a/b', 'a"b', 'a@b', 'a:b', '[a', '[]', ':80'])
    assert.ok(!(await server.raw('GET', '/indexes/none', { headers: { host } })).text.includes(`//${host}`), host)
  assert.equal(await linkOf(proxied), 'https://search.test/songs/errors#index_not_found')
  assert.equal((await proxied.write('DELETE', '/indexes/none')).error.link, 'https://search.test/songs/errors#index_not_found')
  const failed = await server.write('DELETE', '/indexes/none')
  assert.equal(failed.error.link, `${server.url}/errors#index_not_found`)
  const tasks = await server.raw('GET', `/tasks?uids=${failed.uid}`, { headers: { host: 'other.test' } })
  assert.equal(tasks.json.results[0].error.link, 'http://other.test/errors#index_not_found', 'made when answering')
  // Requests that are refused before any route is known.
  const long = await server.raw('GET', `/${'x'.repeat(9000)}`)
  assert.deepEqual([long.status, long.json.link], [414, `${server.url}/errors#bad_request`])
  await assert.rejects(startServer({ flags: ['--public-url', 'search.test'] }), /--public-url/)
})

test('the errors of tasks in posts to webhooks link to this server', async (t) => {
  const posted = await new Promise((resolve, reject) => {
    const hook = http.createServer((request, response) => {
      const pieces = []
      request.on('data', (piece) => pieces.push(piece))
      request.on('end', () => { response.end(); resolve(Buffer.concat(pieces).toString()) })
    })
    t.after(() => hook.close())
    hook.listen(0, '127.0.0.1', () => server
      .call('POST', '/webhooks', { url: `http://127.0.0.1:${hook.address().port}/` })
      .then(() => server.write('DELETE', '/indexes/none')).catch(reject))
  })
  assert.equal(JSON.parse(posted).error.link, `${server.url}/errors#index_not_found`)
  for (const hook of (await server.call('GET', '/webhooks')).json.results) await server.call('DELETE', `/webhooks/${hook.uuid}`)
})

test('paths are decoded, and one trailing slash is ignored', async () => {
  assert.equal((await server.raw('GET', '/indexes/%73ongs/')).json.uid, 'songs')
  assert.equal((await server.raw('GET', '/indexes/a%20b')).json.code, 'invalid_index_uid')
  assert.equal((await server.raw('GET', '/indexes/%FF')).json.code, 'bad_request')
})

test('a preflight needs no key and names what was asked for', async () => {
  const answer = await server.raw('OPTIONS', '/multi-search', {
    key: null,
    headers: { origin: 'http://x.test', 'access-control-request-headers': 'authorization,x-meilisearch-client' },
  })
  assert.ok([200, 204].includes(answer.status))
  assert.equal(answer.headers['access-control-allow-origin'], '*')
  assert.equal(answer.headers['access-control-allow-methods'], 'GET, POST, PUT, PATCH, DELETE, OPTIONS, HEAD')
  assert.equal(answer.headers['access-control-allow-headers'], 'authorization,x-meilisearch-client')
  assert.equal(answer.headers['access-control-max-age'], '86400')
})

test('--cors-origin narrows who may call', async () => {
  const narrow = await startServer({ flags: ['--cors-origin', 'http://fans.test'] })
  const from = async (origin) => (await narrow.raw('GET', '/health', { headers: { origin } })).headers['access-control-allow-origin']
  assert.equal(await from('http://fans.test'), 'http://fans.test')
  assert.equal(await from('http://others.test'), undefined)
  await narrow.stop()
})

test('HEAD is GET without the body', async () => {
  const answer = await server.raw('HEAD', '/health')
  assert.deepEqual([answer.status, answer.text], [200, ''])
})

test('a charset in the content type is ignored, and so are unknown headers', async () => {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'x-meilisearch-client': 'x' }
  assert.equal((await server.raw('POST', '/multi-search', { headers, body: '{"queries":[]}' })).text, '{"results":[]}')
})

test('packed bodies are read', async () => {
  for (const [coding, pack] of [['gzip', gzipSync], ['deflate', deflateSync]]) {
    const body = pack(JSON.stringify({ q: 'spring' }))
    const answer = await server.raw('POST', '/indexes/songs/search', { headers: { ...json, 'content-encoding': coding }, body })
    assert.equal(answer.json?.hits.length, 3, `${coding}: ${answer.text}`)
  }
})

test('documents come back as they were sent: order, big numbers, nesting', async () => {
  const text = '{"zeta":1,"id":7,"big":123456789012345678901234567890,"exact":9007199254740993,"deep":{"b":[1,{"a":2.50}]},"a":null}'
  assert.equal((await server.finished(await server.raw('POST', '/indexes/exact/documents', { headers: json, body: `[${text}]` }))).status, 'succeeded')
  assert.equal((await server.raw('GET', '/indexes/exact/documents/7')).text, text)
  const hit = (await server.raw('POST', '/indexes/exact/search', { headers: json, body: '{}' })).text
  assert.ok(hit.includes('"big":123456789012345678901234567890') && hit.includes('"exact":9007199254740993'), hit)
})

// A token for visitors, signed with an API key.
function tokenOf(key, claims, header = { alg: 'HS256', typ: 'JWT' }) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part(header)}.${part({ apiKeyUid: key.uid, ...claims })}`
  return `${text}.${createHmac('sha256', key.key).update(text).digest('base64url')}`
}

test('a tenant token searches what its rules allow, and nothing else', async () => {
  const key = (await server.call('GET', '/keys')).json.results.find((one) => one.name === 'Default Search API Key')
  const searchWith = (claims, index = 'songs') => server.call('POST', `/indexes/${index}/search`, {}, { key: tokenOf(key, claims) })
  const ids = async (claims) => (await searchWith(claims)).json.hits.map((hit) => hit.id)
  assert.deepEqual(await ids({ searchRules: ['*'] }), [1, 2, 3])
  assert.deepEqual(await ids({ searchRules: { songs: null } }), [1, 2, 3])
  assert.deepEqual(await ids({ searchRules: { 'so*': { filter: 'kind = drama' }, '*': {} } }), [3])
  const refused = async (claims, index) => (await searchWith(claims, index)).json
  assert.equal((await refused({ searchRules: ['films'] })).code, 'invalid_api_key')
  assert.equal((await refused({ searchRules: {} })).code, 'invalid_api_key')
  assert.equal((await refused({ searchRules: ['*'], apiKeyUid: '01b4bc42-eb33-4041-b481-254d00cce834' })).code, 'invalid_api_key')
  assert.match((await refused({ searchRules: ['*'], exp: 1 })).message, /^Tenant token expired\. Was valid up to `1` and we're now `\d+`\.$/)
  const other = await server.call('GET', '/indexes', undefined, { key: tokenOf(key, { searchRules: ['*'] }) })
  assert.equal(other.json.code, 'invalid_api_key')
})

test('a suggestion offers no word that whoever asks may not see', async () => {
  await server.write('PATCH', '/indexes/hidden/settings', { searchableAttributes: ['title', 'note'], displayedAttributes: ['id', 'title'], filterableAttributes: ['owner'] })
  await server.write('POST', '/indexes/hidden/documents', [
    { id: 1, title: 'Umbrella weather', note: 'embargoed', owner: 'a' },
    { id: 2, title: 'Chrysanthemum', note: 'x', owner: 'b' },
  ])
  const key = (await server.call('GET', '/keys')).json.results.find((one) => one.name === 'Default Search API Key')
  const offers = async (q, token) => (await server.call('POST', '/indexes/hidden/nunmul-suggestions', { q }, token && { key: token })).json.suggestions.filter((one) => one.way === 'spelling').map((one) => one.q)
  assert.deepEqual(await offers('umbrelkla'), ['umbrella'])
  assert.deepEqual(await offers('embargqed'), [], 'of a field that is not displayed')
  const mine = tokenOf(key, { searchRules: { hidden: { filter: 'owner = a' } } })
  assert.deepEqual(await offers('chrysanthemmum'), ['chrysanthemum'])
  assert.deepEqual(await offers('chrysanthemmum', mine), [], 'of a document that the token does not show')
  assert.deepEqual(await offers('umbrelkla', mine), ['umbrella'])
  await server.write('POST', '/indexes/hidden/documents', [{ id: 3, title: 'embargo', owner: 'a' }])
  assert.deepEqual(await offers('embargqed'), [], 'though something else is found by it')
})

test('nunmulScore tells what a score is made of', async () => {
  await server.write('POST', '/indexes/scored/documents', [{ id: 1, title: 'Rain', text: 'a ballad' }])
  const ask = (body) => server.call('POST', '/indexes/scored/search', { q: 'rain ballad', ...body })
  const [hit] = (await ask({ nunmulScore: true })).json.hits
  assert.ok(hit._nunmulScore.some((row) => row.name === 'found' && row.points > 0), JSON.stringify(hit))
  assert.ok(!('_nunmulScore' in (await ask({})).json.hits[0]))
  assert.equal((await ask({ nunmulScore: 1 })).status, 400)
})

test('what is not displayed is not told by what hits are sorted by, either', async () => {
  await server.write('PATCH', '/indexes/ranked/settings', { displayedAttributes: ['id', 'year'], sortableAttributes: ['price', 'year'] })
  await server.write('POST', '/indexes/ranked/documents', [{ id: 1, price: 12345, year: 2017 }])
  const [hit] = (await server.call('POST', '/indexes/ranked/search', { sort: ['price:asc', 'year:asc'], showRankingScoreDetails: true })).json.hits
  assert.deepEqual([hit._rankingScoreDetails['price:asc'].value, hit._rankingScoreDetails['year:asc'].value], ['<hidden>', 2017])
})

test('a key of some indexes sees only those', async () => {
  const body = { actions: ['*'], indexes: ['so*'], expiresAt: null }
  const key = (await server.call('POST', '/keys', body)).json.key
  const get = (path) => server.call('GET', path, undefined, { key })
  assert.deepEqual((await get('/indexes')).json.results.map((index) => index.uid), ['songs'])
  assert.deepEqual(Object.keys((await get('/stats')).json.indexes), ['songs'])
  assert.ok((await get('/tasks')).json.results.every((task) => task.indexUid === 'songs'))
  assert.equal((await get('/indexes/films')).json.code, 'invalid_api_key')
  assert.equal((await get('/indexes/none')).json.code, 'invalid_api_key')
  const several = { queries: [{ indexUid: 'songs' }, { indexUid: 'films' }] }
  const answer = await server.call('POST', '/multi-search', several, { key })
  assert.deepEqual([answer.status, answer.json.code], [403, 'invalid_api_key'])
})

test('who may add documents makes an index only with indexes.create', async () => {
  const add = async (actions, index) => {
    const { key } = (await server.call('POST', '/keys', { actions, indexes: ['*'], expiresAt: null })).json
    return server.finished(await server.call('POST', `/indexes/${index}/documents`, [{ id: 1 }], { key }))
  }
  assert.equal((await add(['documents.add'], 'made1')).error?.code, 'index_not_found')
  assert.equal((await add(['documents.add', 'indexes.create'], 'made2')).status, 'succeeded')
})

test('a federated search merges by weighted score, counts each document once', async () => {
  const search = async (federation, ...queries) => (await server.call('POST', '/multi-search', { federation, queries })).json
  const both = await search({}, { indexUid: 'songs', q: 'spring' }, { indexUid: 'films', q: 'spring', federationOptions: { weight: 10 } })
  assert.equal(both.estimatedTotalHits, 4)
  assert.deepEqual([both.hits[0]._federation.indexUid, both.hits[0]._federation.queriesPosition], ['films', 1])
  assert.ok(both.hits[0]._federation.weightedRankingScore > 5)
  const twice = await search({}, { indexUid: 'songs', q: 'spring' }, { indexUid: 'songs', q: 'rain' })
  assert.equal(twice.estimatedTotalHits, 3)
  assert.equal(new Set(twice.hits.map((hit) => hit.id)).size, 3)
  const pages = await search({ page: 2, hitsPerPage: 3 }, { indexUid: 'songs', q: 'spring' }, { indexUid: 'films', q: 'spring' })
  assert.deepEqual([pages.hits.length, pages.totalHits, pages.totalPages, pages.page, pages.hitsPerPage], [1, 4, 2, 2, 3])
  const sorted = await search({}, { indexUid: 'songs', q: '', sort: ['year:asc'] }, { indexUid: 'films', q: '', sort: ['year:asc'] })
  assert.deepEqual(sorted.hits.map((hit) => hit.year), [1949, 2003, 2017, 2019])
})

test('a federated search counts facets by index, or merged', async () => {
  const queries = [{ indexUid: 'songs', q: 'spring' }, { indexUid: 'films', q: 'spring' }]
  const facetsByIndex = { songs: ['kind'], films: ['kind', 'year'] }
  const search = async (federation) => (await server.call('POST', '/multi-search', { federation, queries })).json
  assert.deepEqual((await search({ facetsByIndex })).facetsByIndex, {
    songs: { distribution: { kind: { drama: 1, song: 2 } }, stats: {} },
    films: { distribution: { kind: { film: 1 }, year: { 1949: 1 } }, stats: { year: { min: 1949, max: 1949 } } },
  })
  const merged = await search({ facetsByIndex, mergeFacets: {} })
  assert.deepEqual(merged.facetDistribution, { kind: { drama: 1, film: 1, song: 2 }, year: { 1949: 1 } })
  assert.equal('facetsByIndex' in merged, false)
  const overlapping = { federation: { facetsByIndex: { songs: ['kind'] } }, queries: [queries[0], { indexUid: 'songs', q: 'rain' }] }
  assert.deepEqual((await server.call('POST', '/multi-search', overlapping)).json.facetsByIndex.songs.distribution, { kind: { drama: 1, song: 2 } })
})

test('facets of a federated search are looked up where they were asked for', async () => {
  const search = (facetsByIndex) => server.call('POST', '/multi-search', { federation: { facetsByIndex }, queries: [{ indexUid: 'songs' }] })
  const wrong = await search({ songs: ['title'] })
  assert.deepEqual([wrong.status, wrong.json.code], [400, 'invalid_multi_search_facets_by_index'])
  assert.match(wrong.json.message, /^Inside `\.federation\.facetsByIndex\.songs`/)
  assert.deepEqual((await search({ films: ['kind'] })).json.facetsByIndex.films, { distribution: { kind: {} }, stats: {} })
})

test('statistics tell sizes in bytes or for people', async () => {
  const raw = (await server.call('GET', '/stats?showInternalDatabaseSizes=true')).json
  assert.ok(Number.isInteger(raw.databaseSize) && Number.isInteger(raw.indexes.songs.internalDatabaseSizes.documents))
  const human = (await server.call('GET', '/indexes/songs/stats?showInternalDatabaseSizes=true&sizeFormat=human')).json
  assert.match(human.internalDatabaseSizes.documents, /^\d+(\.\d+)? (B|KiB|MiB)$/)
  assert.equal((await server.call('GET', '/stats?sizeFormat=x')).json.code, 'bad_request')
})

test('metadata is answered to those who ask for it', async () => {
  const headers = { 'meili-include-metadata': 'true' }
  const answer = (await server.call('POST', '/indexes/songs/search', {}, { headers })).json
  assert.deepEqual([answer.metadata.indexUid, answer.metadata.primaryKey], ['songs', 'id'])
  assert.equal('metadata' in (await server.call('POST', '/indexes/songs/search', {})).json, false)
})

test('keys and tasks outlive the server', async () => {
  const first = await startServer()
  await first.write('POST', '/indexes', { uid: 'kept' })
  const keys = (await first.call('GET', '/keys')).json
  await first.stop({ keep: true })
  const second = await startServer({ dataDir: first.folder })
  assert.deepEqual((await second.call('GET', '/keys')).json, keys)
  assert.equal((await second.call('GET', '/tasks/0')).json.status, 'succeeded')
  assert.equal((await second.call('GET', '/indexes/kept')).status, 200)
  assert.equal(await second.stop(), 0)
})

test('a public address needs a master key that cannot be guessed', async () => {
  const flags = ['--listen', '192.0.2.1:0'] // of no machine
  await assert.rejects(startServer({ key: null, flags }), /without a master key/)
  await assert.rejects(startServer({ key: 'fifteen bytes..', flags }), /15 bytes can be guessed/)
  await assert.rejects(startServer({ key: 'sixteen bytes...', flags }), /[Ll]isten|address/)
  await (await startServer({ key: 'x' })).stop()
})

test('the master key opens everything', async () => {
  assert.equal((await server.call('GET', '/keys', undefined, { key: masterKey })).status, 200)
})
