// SPDX-License-Identifier: GPL-2.0-or-later
// Every error code of the API has an example here: the request that is answered with it, or the task
// that fails with it. A code that a test cannot bring about stands in `beyondTests` with the reason.
import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { startServer } from './server.mjs'

const json = { 'content-type': 'application/json' }
const some = 'songs'
const seen = new Set()
let server
let searchKey

before(async () => {
  server = await startServer()
  searchKey = (await server.call('GET', '/keys')).json.results.find((key) => key.name === 'Default Search API Key').key
  await server.write('POST', '/indexes', { uid: some, primaryKey: 'id' })
  await server.write('PATCH', `/indexes/${some}/settings`, { filterableAttributes: ['kind', { attributePatterns: ['plain'], features: { facetSearch: false, filter: { equality: true, comparison: false } } }], sortableAttributes: ['year'] })
  await server.write('POST', `/indexes/${some}/documents`, [{ id: 1, kind: 'song', plain: 'x', year: 2017 }])
})
after(() => server.stop())

function holdsError(answer, status, code, place) {
  assert.equal(answer.status, status, `${place}: ${answer.text}`)
  assert.deepEqual(Object.keys(answer.json ?? {}), ['message', 'code', 'type', 'link'], `${place}: ${answer.text}`)
  assert.equal(answer.json.code, code, `${place}: ${answer.text}`)
  const site = code === 'forbidden_host' ? '' : 'http://127\\.0\\.0\\.1:\\d+'  // no link to a foreign host
  assert.match(answer.json.link, new RegExp(`^${site}/errors#${code}$`), place)
  assert.ok(answer.json.message.length > 0, place)
  assert.equal(answer.headers['access-control-allow-origin'], '*', place)
  seen.add(code)
}

// code → [status, method, path, body, options]; a body is JSON unless the options have one.
const search = (body) => [400, 'POST', `/indexes/${some}/search`, body]
const multi = (body) => [400, 'POST', '/multi-search', body]
const federated = (federation, query = {}) => multi({ federation, queries: [{ indexUid: some, ...query }] })
const setting = (name, value) => [400, 'PATCH', `/indexes/${some}/settings`, { [name]: value }]
const tasks = (query) => [400, 'GET', `/tasks?${query}`]
const key = (body) => [400, 'POST', '/keys', { actions: ['search'], indexes: ['*'], expiresAt: null, ...body }]
const documents = (query) => [400, 'GET', `/indexes/${some}/documents?${query}`]
const fetch = (body) => [400, 'POST', `/indexes/${some}/documents/fetch`, body]
const facet = (body) => [400, 'POST', `/indexes/${some}/facet-search`, body]
const csv = { headers: { 'content-type': 'text/csv' }, body: 'id\n1\n' }

const requests = {
  missing_authorization_header: [401, 'GET', '/indexes', undefined, { key: null }],
  invalid_api_key: [403, 'GET', '/indexes', undefined, { key: 'wrong' }],
  bad_request: [400, 'POST', '/indexes', { uid: 'x', nope: 1 }],
  missing_content_type: [415, 'POST', '/indexes', undefined, { body: '{}' }],
  invalid_content_type: [415, 'POST', '/indexes', undefined, { body: '{}', headers: { 'content-type': 'text/plain' } }],
  missing_payload: [400, 'POST', '/indexes', undefined, { headers: json }],
  malformed_payload: [400, 'POST', '/indexes', undefined, { headers: json, body: '{"uid":' }],
  payload_too_large: [413, 'POST', `/indexes/${some}/search`, { q: 'x'.repeat(2_000_000) }],
  request_too_costly: [400, 'POST', '/indexes/repeated/search', { q: 'word', attributesToHighlight: ['*'], highlightPreTag: 'x'.repeat(900_000) }],
  invalid_index_uid: [400, 'POST', '/indexes', { uid: 'a b' }],
  missing_index_uid: [400, 'POST', '/indexes', {}],
  invalid_index_primary_key: [400, 'POST', '/indexes', { uid: 'x', primaryKey: 1 }],
  invalid_index_offset: [400, 'GET', '/indexes?offset=x'],
  invalid_index_limit: [400, 'GET', '/indexes?limit=-1'],
  index_not_found: [404, 'GET', '/indexes/none'],
  immutable_index_created_at: [400, 'PATCH', `/indexes/${some}`, { createdAt: 'x' }],
  immutable_index_updated_at: [400, 'PATCH', `/indexes/${some}`, { updatedAt: 'x' }],
  document_not_found: [404, 'GET', `/indexes/${some}/documents/99`],
  invalid_document_fields: fetch({ fields: 'id' }),
  invalid_document_filter: documents('filter=year%20%3D%201'),
  invalid_document_sort: documents('sort=kind:asc'),
  invalid_document_ids: documents('ids=a%20b'),
  invalid_document_limit: documents('limit=x'),
  invalid_document_offset: documents('offset=-1'),
  invalid_document_retrieve_vectors: documents('retrieveVectors=x'),
  invalid_document_csv_delimiter: [400, 'POST', `/indexes/${some}/documents?csvDelimiter=ab`, undefined, csv],
  missing_document_filter: [400, 'POST', `/indexes/${some}/documents/delete`, {}],
  invalid_skip_creation: [400, 'POST', `/indexes/${some}/documents?skipCreation=x`, []],

  invalid_search_q: search({ q: 1 }),
  invalid_search_offset: search({ offset: -1 }),
  invalid_search_limit: search({ limit: 'x' }),
  invalid_search_page: search({ page: 'x' }),
  invalid_search_hits_per_page: search({ hitsPerPage: -1 }),
  invalid_search_attributes_to_retrieve: search({ attributesToRetrieve: 'x' }),
  invalid_search_attributes_to_crop: search({ attributesToCrop: 'x' }),
  invalid_search_crop_length: search({ cropLength: 'x' }),
  invalid_search_crop_marker: search({ cropMarker: 1 }),
  invalid_search_attributes_to_highlight: search({ attributesToHighlight: 'x' }),
  invalid_search_highlight_pre_tag: search({ highlightPreTag: 1 }),
  invalid_search_highlight_post_tag: search({ highlightPostTag: 1 }),
  invalid_search_show_matches_position: search({ showMatchesPosition: 1 }),
  invalid_search_filter: search({ filter: 'year = 1' }),
  invalid_search_sort: search({ sort: ['kind:asc'] }),
  invalid_search_distinct: search({ distinct: 'year' }),
  invalid_search_facets: search({ facets: ['year'] }),
  invalid_search_matching_strategy: search({ matchingStrategy: 'x' }),
  invalid_search_attributes_to_search_on: [400, 'POST', '/indexes/narrow/search', { attributesToSearchOn: ['year'] }],
  invalid_search_ranking_score_threshold: search({ rankingScoreThreshold: 2 }),
  invalid_search_locales: search({ locales: ['xx'] }),
  invalid_search_show_ranking_score: search({ showRankingScore: 1 }),
  invalid_search_show_ranking_score_details: search({ showRankingScoreDetails: 1 }),
  invalid_search_show_performance_details: search({ showPerformanceDetails: 1 }),
  invalid_search_retrieve_vectors: search({ retrieveVectors: 1 }),
  invalid_search_hybrid_query: search({ hybrid: 1 }),
  invalid_search_embedder: search({ hybrid: { embedder: 'x' } }),
  invalid_search_vector: search({ vector: 1 }),
  invalid_search_media: search({ media: 1 }),
  missing_search_hybrid: search({ vector: [1] }),
  feature_not_enabled: search({ personalize: {} }),
  route_not_offered: [404, 'POST', '/export', {}],

  invalid_multi_search_federated: federated([]),
  invalid_multi_search_federation_options: multi({ queries: [{ indexUid: some, federationOptions: {} }] }),
  invalid_multi_search_query_pagination: federated({}, { limit: 1 }),
  invalid_multi_search_query_facets: federated({}, { facets: [] }),
  invalid_multi_search_weight: federated({}, { federationOptions: { weight: -1 } }),
  invalid_multi_search_query_position: federated({}, { federationOptions: { queryPosition: 'x' } }),
  invalid_multi_search_facets_by_index: federated({ facetsByIndex: { [some]: 'kind' } }),
  invalid_multi_search_merge_facets: federated({ mergeFacets: 1 }),
  invalid_multi_search_max_values_per_facet: federated({ mergeFacets: { maxValuesPerFacet: 'x' } }),
  invalid_multi_search_facet_order: multi({
    federation: { facetsByIndex: { [some]: ['kind'], narrow: ['kind'] }, mergeFacets: {} },
    queries: [{ indexUid: some }, { indexUid: 'narrow' }],
  }),
  invalid_multi_search_query_ranking_rules: multi({
    federation: {},
    queries: [{ indexUid: some, sort: ['year:asc'] }, { indexUid: some, sort: ['year:desc'] }],
  }),
  invalid_multi_search_remote: federated({}, { federationOptions: { remote: 'x' } }),

  missing_facet_search_facet_name: facet({}),
  invalid_facet_search_facet_name: facet({ facetName: 'plain' }),
  invalid_facet_search_query: facet({ facetName: 'kind', facetQuery: 1 }),
  invalid_facet_search_exhaustive_facet_count: facet({ facetName: 'kind', exhaustiveFacetCount: 1 }),
  facet_search_disabled: [400, 'POST', '/indexes/narrow/facet-search', { facetName: 'kind' }],

  invalid_settings_displayed_attributes: setting('displayedAttributes', 'x'),
  invalid_settings_searchable_attributes: setting('searchableAttributes', 'x'),
  invalid_settings_filterable_attributes: setting('filterableAttributes', 'x'),
  invalid_settings_sortable_attributes: setting('sortableAttributes', 'x'),
  invalid_settings_ranking_rules: setting('rankingRules', ['nope']),
  invalid_settings_stop_words: setting('stopWords', 'the'),
  invalid_settings_synonyms: setting('synonyms', { a: 'b' }),
  invalid_settings_distinct_attribute: setting('distinctAttribute', 1),
  invalid_settings_typo_tolerance: setting('typoTolerance', { enabled: 3 }),
  invalid_settings_faceting: setting('faceting', { maxValuesPerFacet: -1 }),
  invalid_settings_pagination: setting('pagination', { maxTotalHits: 'x' }),
  invalid_settings_separator_tokens: setting('separatorTokens', 'x'),
  invalid_settings_non_separator_tokens: setting('nonSeparatorTokens', 'x'),
  invalid_settings_dictionary: setting('dictionary', 'x'),
  invalid_settings_proximity_precision: setting('proximityPrecision', 'x'),
  invalid_settings_search_cutoff_ms: setting('searchCutoffMs', 'x'),
  invalid_settings_localized_attributes: setting('localizedAttributes', [{ attributePatterns: ['a'], locales: ['xx'] }]),
  invalid_settings_facet_search: setting('facetSearch', 'x'),
  invalid_settings_prefix_search: setting('prefixSearch', 'x'),
  invalid_settings_embedders: setting('embedders', { a: {} }),
  invalid_settings_nunmul: [400, 'PATCH', `/indexes/${some}/nunmul-settings`, { defaultMatchingStrategy: 'x' }],

  task_not_found: [404, 'GET', '/tasks/999999'],
  task_file_not_found: [404, 'GET', '/tasks/0/documents'],
  batch_not_found: [404, 'GET', '/batches/999999'],
  missing_task_filters: [400, 'POST', '/tasks/cancel'],
  invalid_task_uids: tasks('uids=x'),
  invalid_batch_uids: tasks('batchUids=x'),
  invalid_task_types: tasks('types=x'),
  invalid_task_statuses: tasks('statuses=x'),
  invalid_task_canceled_by: tasks('canceledBy=x'),
  invalid_task_limit: tasks('limit=x'),
  invalid_task_from: tasks('from=x'),
  invalid_task_reverse: tasks('reverse=x'),
  invalid_task_after_enqueued_at: tasks('afterEnqueuedAt=x'),
  invalid_task_before_enqueued_at: tasks('beforeEnqueuedAt=x'),
  invalid_task_after_started_at: tasks('afterStartedAt=x'),
  invalid_task_before_started_at: tasks('beforeStartedAt=x'),
  invalid_task_after_finished_at: tasks('afterFinishedAt=x'),
  invalid_task_before_finished_at: tasks('beforeFinishedAt=x'),

  missing_swap_indexes: [400, 'POST', '/swap-indexes', [{}]],
  invalid_swap_indexes: [400, 'POST', '/swap-indexes', [{ indexes: ['a'] }]],
  invalid_swap_duplicate_index_found: [400, 'POST', '/swap-indexes', [{ indexes: ['a', 'b'] }, { indexes: ['b', 'c'] }]],
  invalid_swap_rename: [400, 'POST', '/swap-indexes', [{ indexes: ['a', 'b'], rename: 1 }]],

  api_key_not_found: [404, 'GET', '/keys/none'],
  api_key_already_exists: [409, 'POST', '/keys', { uid: '01b4bc42-eb33-4041-b481-254d00cce834', actions: ['*'], indexes: ['*'], expiresAt: null }],
  missing_api_key_actions: [400, 'POST', '/keys', { indexes: ['*'], expiresAt: null }],
  missing_api_key_indexes: [400, 'POST', '/keys', { actions: ['*'], expiresAt: null }],
  missing_api_key_expires_at: [400, 'POST', '/keys', { actions: ['*'], indexes: ['*'] }],
  invalid_api_key_actions: key({ actions: ['dance'] }),
  invalid_api_key_indexes: key({ indexes: ['a b'] }),
  invalid_api_key_expires_at: key({ expiresAt: '2001-01-01' }),
  invalid_api_key_uid: key({ uid: 'x' }),
  invalid_api_key_name: key({ name: 1 }),
  invalid_api_key_description: key({ description: 1 }),
  invalid_api_key_limit: [400, 'GET', '/keys?limit=x'],
  invalid_api_key_offset: [400, 'GET', '/keys?offset=x'],
  ...Object.fromEntries(
    ['uid', 'key', 'actions', 'indexes', 'expiresAt', 'createdAt', 'updatedAt'].map((name) => [
      `immutable_api_key_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
      [400, 'PATCH', '/keys/01b4bc42-eb33-4041-b481-254d00cce834', { [name]: 'x' }],
    ]),
  ),

  webhook_not_found: [404, 'GET', '/webhooks/01b4bc42-eb33-4041-b481-254d00cce834'],
  invalid_webhook_url: [400, 'POST', '/webhooks', { url: 'ftp://x' }],
  invalid_webhook_headers: [400, 'POST', '/webhooks', { url: 'http://x', headers: { 'a b': 'c' } }],
  invalid_webhook_uuid: [400, 'GET', '/webhooks/x'],
}

const beyondTests = {
  missing_master_key: 'asked of a server of its own below',
  forbidden_origin: 'likewise',
  forbidden_host: 'likewise',
  index_rebuilding: 'a damaged index; held by cli/damage',
  too_many_search_requests: 'a full queue; held by http/http_server_load of the unit tests',
  no_space_left_on_device: 'a full disk; held by disk_full of the command line',
  invalid_index_custom_metadata: 'never answered: any text is taken',
  invalid_facet_search_name: 'never answered: no such parameter',
  immutable_webhook: 'never answered: every webhook may be changed',
  invalid_input: 'of the command line',
}

test('requests are refused with the code of what is wrong', async () => {
  await server.write('PATCH', '/indexes/narrow/settings', {
    searchableAttributes: ['title'],
    filterableAttributes: ['kind'],
    facetSearch: false,
    faceting: { sortFacetValuesBy: { kind: 'count' } },
  })
  await server.write('POST', '/indexes/narrow/documents', [{ id: 1, kind: 'song', title: 'x' }])
  await server.write('POST', '/indexes/repeated/documents', [{ id: 1, title: 'word '.repeat(100) }])
  await server.call('POST', '/keys', requests.api_key_already_exists[3])
  for (const [code, [status, ...request]] of Object.entries(requests))
    holdsError(await server.call(...request), status, code, `${code}: ${request[0]} ${request[1]}`)
})

test('webhooks have their own refusals', async () => {
  const hooks = []
  for (let i = 0; i < 20; i++) hooks.push((await server.call('POST', '/webhooks', { url: `http://127.0.0.1:9/${i}` })).json)
  holdsError(await server.call('POST', '/webhooks', { url: 'http://x' }), 400, 'invalid_webhooks', 'one too many')
  const path = `/webhooks/${hooks[0].uuid}`
  holdsError(await server.call('PATCH', path, { uuid: 'x' }), 400, 'immutable_webhook_uuid', 'uuid')
  holdsError(await server.call('PATCH', path, { isEditable: false }), 400, 'immutable_webhook_is_editable', 'isEditable')
  for (const hook of hooks) await server.call('DELETE', `/webhooks/${hook.uuid}`)
})

test('tasks fail with the code of what is wrong', async () => {
  const failures = {
    index_already_exists: ['POST', '/indexes', { uid: some }],
    index_not_found: ['DELETE', '/indexes/none'],
    index_primary_key_already_exists: ['PATCH', `/indexes/${some}`, { primaryKey: 'other' }],
    index_primary_key_no_candidate_found: ['POST', '/indexes/fresh/documents', [{ title: 'x' }]],
    index_primary_key_multiple_candidates_found: ['POST', '/indexes/fresh/documents', [{ a_id: 1, b_id: 2 }]],
    missing_document_id: ['POST', `/indexes/${some}/documents`, [{ title: 'x' }]],
    invalid_document_id: ['POST', `/indexes/${some}/documents`, [{ id: 'a b' }]],
    invalid_document_geo_field: ['POST', `/indexes/${some}/documents`, [{ id: 1, _geo: { lat: 'x', lng: 0 } }]],
    max_fields_limit_exceeded: ['POST', `/indexes/${some}/documents`, [{ id: 1, ...Object.fromEntries(Array.from({ length: 65_536 }, (_, i) => [`f${i}`, 1])) }]],
  }
  for (const [code, request] of Object.entries(failures)) {
    const task = await server.write(...request)
    assert.equal(task.status, 'failed', code)
    assert.deepEqual(Object.keys(task.error), ['message', 'code', 'type', 'link'], code)
    assert.equal(task.error.code, code)
    seen.add(code)
  }
})

test('without a master key there are no keys', async () => {
  const open = await startServer({ key: null })
  holdsError(await open.call('GET', '/keys'), 401, 'missing_master_key', 'keys')
  assert.equal((await open.call('GET', '/indexes')).status, 200)
  await open.stop()
})

test('without a master key pages and names of others are refused', async () => {
  const open = await startServer({ key: null })
  holdsError(await open.raw('POST', '/snapshots', { headers: { origin: 'http://evil.example' } }), 403, 'forbidden_origin', 'origin')
  holdsError(await open.raw('GET', '/indexes', { headers: { host: 'evil.example' } }), 403, 'forbidden_host', 'host')
  await open.stop()
})

test('a broken data folder is an error of the server, and says no more than it has to', async (t) => {
  const broken = await startServer()
  t.after(() => broken.stop())
  for (const name of ['dumps', 'snapshots']) writeFileSync(join(broken.folder, name), 'in the way')
  const fails = async (path, code) => {
    const task = await broken.write('POST', path)
    assert.deepEqual([task.status, task.error?.code, task.error?.type], ['failed', code, 'internal'], path)
    assert.ok(!task.error.message.includes(broken.folder), task.error.message)
    seen.add(code)
  }
  await fails('/dumps', 'dump_process_failed')
  await fails('/snapshots', 'internal')
  rmSync(join(broken.folder, 'spool'), { recursive: true })
  const large = [{ id: 1, text: 'x'.repeat(3_000_000) }]
  holdsError(await broken.call('POST', `/indexes/${some}/documents`, large), 422, 'io_error', 'spool')
})

test('bad bytes are refused, whatever is bad about them', async () => {
  const path = `/indexes/${some}/documents`
  const bodies = {
    malformed_payload: [
      { headers: json, body: '[{"id":1},' },
      { headers: json, body: '[1]' },
      { headers: json, body: '"text"' },
      { headers: json, body: '['.repeat(100000) },
      { headers: json, body: Buffer.from('[{"id":"\xff"}]', 'latin1') },
      { headers: { 'content-type': 'application/x-ndjson' }, body: '{"id":1}\n{"id":' },
      { headers: { 'content-type': 'text/csv' }, body: 'id:number\nx\n' },
      { headers: { 'content-type': 'text/csv' }, body: 'id,title\n1\n' },
    ],
    missing_payload: [{ headers: json }, { headers: { 'content-type': 'text/csv' }, body: '' }],
  }
  for (const [code, list] of Object.entries(bodies))
    for (const options of list) holdsError(await server.raw('POST', path, options), 400, code, String(options.body).slice(0, 40))
  const packed = gzipSync('[{"id":1}]')
  const cut = await server.raw('POST', path, { headers: { ...json, 'content-encoding': 'gzip' }, body: packed.subarray(0, packed.length - 8) })
  assert.equal(cut.status, 400)
  const nonsense = await server.raw('POST', path, { headers: { ...json, 'content-encoding': 'gzip' }, body: 'no gzip' })
  assert.equal(nonsense.status, 400)
  holdsError(await server.raw('POST', `${path}?csvDelimiter=;`, { headers: json, body: '[]' }), 415, 'invalid_content_type', 'csvDelimiter')
})

test('a search key learns nothing about what it may not see', async () => {
  for (const path of ['/indexes', '/indexes/none', '/tasks', '/stats', '/version', '/keys', '/webhooks'])
    holdsError(await server.call('GET', path, undefined, { key: searchKey }), 403, 'invalid_api_key', path)
})

test('messages that clients compare are word for word', async () => {
  const message = async (...request) => (await server.call(...request)).json.message
  assert.equal(await message('GET', '/indexes/none'), 'Index `none` not found.')
  assert.equal(await message('POST', `/indexes/${some}/documents/delete`, { filter: '' }), 'Sending an empty filter is forbidden.')
  assert.equal(await message('POST', `/indexes/${some}/documents/delete`, { filter: [] }), 'Sending an empty filter is forbidden.')
  assert.equal(
    await message('POST', `/indexes/${some}/search`, { filter: 'year = 1' }),
    'Attribute `year` is not filterable. Available filterable attribute patterns are: `kind`, `plain`.\n1:5 year = 1',
  )
  assert.match(await message('POST', `/indexes/${some}/search`, { sort: ['kind:asc'] }), /^Attribute `kind` is not sortable/)
  assert.match(await message('POST', '/multi-search', { queries: [{ indexUid: some }, { indexUid: 'none' }] }), /^Inside `\.queries\[1\]`: Index `none` not found\./)
})

test('no code was left out', () => {
  const rows = readFileSync(new URL('../../src/base/error.cpp', import.meta.url), 'utf8')
  const codes = [...rows.matchAll(/\{ErrorCode::\w+, "(\w+)"/g)].map((found) => found[1])
  assert.ok(codes.length > 150)
  assert.deepEqual(codes.filter((code) => !seen.has(code) && !(code in beyondTests)), [])
})

test('the page of errors explains each code under its name', async () => {
  const rows = readFileSync(new URL('../../src/base/error.cpp', import.meta.url), 'utf8')
  const codes = [...rows.matchAll(/\{ErrorCode::\w+, "(\w+)"/g)].map((found) => found[1])
  const answer = await globalThis.fetch(server.url + '/errors')
  assert.equal(answer.status, 200)
  const explained = /<dt id="(\w+)"><code>\1<\/code> \d{3}<\/dt><dd>[^<]{30,}<\/dd>/g
  assert.deepEqual([...(await answer.text()).matchAll(explained)].map((found) => found[1]), codes)
})
