// SPDX-License-Identifier: GPL-2.0-or-later
// The client for JavaScript, unchanged, through every route that a search box and an administrator use.
import assert from 'node:assert/strict'
import { webcrypto } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { Meilisearch } from 'meilisearch'
import { generateTenantToken } from 'meilisearch/token'
import { masterKey, startServer } from '../server.mjs'

globalThis.crypto ??= webcrypto  // Node.js 18 has no such global, which the client signs tokens with

let server
let client
let songs

const documents = [
  { id: 1, title: '밤편지', artist: ['아이유'], kind: 'song', year: 2017, info: { mood: 'lonely' } },
  { id: 2, title: '좋은 날', artist: ['아이유'], kind: 'song', year: 2010, info: { mood: 'bright' } },
  { id: 3, title: 'First Love', artist: ['宇多田ヒカル'], kind: 'song', year: 1999, info: { mood: 'heartbreak' } },
  { id: 4, title: 'First Love', artist: [], kind: 'drama', year: 2022 },
]

before(async () => {
  server = await startServer()
  client = new Meilisearch({ host: server.url, apiKey: masterKey })
  songs = client.index('songs')
})
after(() => server.stop())

// Waits, and says why if it failed.
async function done(enqueued) {
  const task = await enqueued.waitTask({ timeout: 20000, interval: 10 })
  assert.equal(task.status, 'succeeded', JSON.stringify(task.error))
  return task
}

describe('indexes', () => {
  test('are made, listed, renamed, swapped and deleted', async () => {
    await done(client.createIndex('songs', { primaryKey: 'id' }))
    await done(client.createIndex('spare'))
    assert.deepEqual((await client.getRawIndexes()).results.map((index) => index.uid), ['songs', 'spare'])
    assert.equal((await client.getRawIndex('songs')).primaryKey, 'id')
    await songs.fetchInfo()
    assert.ok(songs.createdAt instanceof Date && !Number.isNaN(songs.createdAt.getTime()))
    await done(client.updateIndex('spare', { primaryKey: 'key' }))
    assert.equal(await client.index('spare').fetchPrimaryKey(), 'key')
    await done(client.swapIndexes([{ indexes: ['songs', 'spare'] }]))
    await done(client.swapIndexes([{ indexes: ['songs', 'spare'] }]))
    await done(client.deleteIndex('spare'))
    // Answered before the task has failed, and then it is no error.
    assert.equal(await client.deleteIndexIfExists('spare'), true)
    await assert.rejects(client.getRawIndex('spare'), (error) => error.cause.code === 'index_not_found')
  })
})

describe('documents', () => {
  test('are added, changed, read and deleted', async () => {
    const added = await done(songs.addDocuments(documents))
    assert.deepEqual(added.details, { receivedDocuments: 4, indexedDocuments: 4 })
    await done(songs.addDocumentsFromString('id,title\n"5","five"\n', 'text/csv'))
    await Promise.all(songs.addDocumentsInBatches([{ id: 6, title: 'six' }, { id: 7, title: 'seven' }], 1).map(done))
    await done(songs.updateDocuments([{ id: 6, year: 6 }]))
    assert.deepEqual(await songs.getDocument(6), { id: 6, title: 'six', year: 6 })
    assert.equal((await songs.getDocuments({ limit: 2, fields: ['id'] })).total, 7)
    assert.deepEqual((await songs.getDocuments({ ids: [1], fields: ['title'] })).results, [{ title: '밤편지' }])
    await done(songs.deleteDocument(5))
    await done(songs.deleteDocuments([6]))
    await done(songs.updateFilterableAttributes(['id', 'kind', 'year', 'info', 'artist']))
    await done(songs.deleteDocuments({ filter: 'id = 7' }))
    assert.equal((await songs.getDocuments()).total, 4)
    await assert.rejects(songs.getDocument(99), (error) => error.cause.code === 'document_not_found')
  })
})

describe('settings', () => {
  // updateX, getX and resetX of each.
  const settings = {
    DisplayedAttributes: ['id', 'title'],
    SearchableAttributes: ['title', 'artist'],
    FilterableAttributes: ['kind', 'year', { attributePatterns: ['info.*'], features: { facetSearch: false, filter: { equality: true, comparison: false } } }],
    SortableAttributes: ['title', 'year'],
    RankingRules: ['words', 'sort', 'year:desc'],
    StopWords: ['the'],
    NonSeparatorTokens: ['#'],
    SeparatorTokens: ['&'],
    Dictionary: ['J. R. R.'],
    Synonyms: { IU: ['아이유'] },
    DistinctAttribute: 'title',
    ProximityPrecision: 'byAttribute',
    TypoTolerance: { enabled: false, minWordSizeForTypos: { oneTypo: 4, twoTypos: 8 }, disableOnWords: ['a'], disableOnAttributes: ['b'], disableOnNumbers: true },
    Faceting: { maxValuesPerFacet: 5, sortFacetValuesBy: { '*': 'count' } },
    Pagination: { maxTotalHits: 50 },
    SearchCutoffMs: 100,
    LocalizedAttributes: [{ attributePatterns: ['title'], locales: ['kor', 'jpn'] }],
    FacetSearch: false,
    PrefixSearch: 'disabled',
  }
  for (const [name, value] of Object.entries(settings)) {
    test(`${name} is changed, read and reset`, async () => {
      const before = await songs[`get${name}`]()
      await done(songs[`update${name}`](value))
      assert.deepEqual(await songs[`get${name}`](), value)
      await done(songs[`reset${name}`]())
      if (name !== 'FilterableAttributes') assert.deepEqual(await songs[`get${name}`](), before)
    })
  }

  test('are changed, read and reset as a whole', async () => {
    await done(songs.updateSettings({ stopWords: ['a', 'the', 'a'], synonyms: { b: ['c'], a: ['b'] } }))
    const all = await songs.getSettings()
    assert.equal(Object.keys(all).length, 20)
    assert.deepEqual(all.stopWords, ['a', 'the'])
    await done(songs.resetSettings())
    assert.deepEqual((await songs.getSettings()).stopWords, [])
    await done(songs.updateSettings({ filterableAttributes: ['id', 'kind', 'year', 'info', 'artist'], sortableAttributes: ['year'] }))
  })
})

describe('searches', () => {
  test('find, filter, sort, count and mark', async () => {
    const answer = await songs.search('first', {
      filter: ['kind = song', 'year > 1990'],
      facets: ['kind', 'year'],
      attributesToHighlight: ['title'],
      attributesToCrop: ['title:1'],
      showMatchesPosition: true,
      showRankingScore: true,
    })
    assert.deepEqual(answer.hits.map((hit) => hit.id), [3])
    assert.match(answer.hits[0]._formatted.title, /^<em>First<\/em>/)
    assert.deepEqual(answer.hits[0]._matchesPosition.title, [{ start: 0, length: 5 }])
    assert.ok(answer.hits[0]._rankingScore > 0)
    assert.deepEqual(answer.facetDistribution, { kind: { song: 1 }, year: { 1999: 1 } })
    assert.deepEqual(answer.facetStats, { year: { min: 1999, max: 1999 } })
    const sorted = await songs.search('', { sort: ['year:asc'], hitsPerPage: 2, page: 2 })
    assert.deepEqual([sorted.hits.map((hit) => hit.id), sorted.totalHits, sorted.totalPages], [[1, 4], 4, 2])
    const got = await songs.searchGet('밤', { attributesToRetrieve: ['id'], filter: 'kind = song' })
    assert.deepEqual(got.hits, [{ id: 1 }])
  })

  test('of several indexes come back in order, or merged', async () => {
    const separate = await client.multiSearch({ queries: [{ indexUid: 'songs', q: 'first' }, { indexUid: 'songs', q: '밤' }] })
    assert.deepEqual(separate.results.map((result) => result.hits.length), [2, 1])
    const merged = await client.multiSearch({ federation: {}, queries: [{ indexUid: 'songs', q: 'first' }, { indexUid: 'songs', q: '밤' }] })
    assert.equal(merged.hits.length, 3)
    assert.equal(merged.hits[0]._federation.indexUid, 'songs')
  })

  test('of facets find values', async () => {
    const answer = await songs.searchForFacetValues({ facetName: 'artist', facetQuery: '아이' })
    assert.deepEqual(answer.facetHits, [{ value: '아이유', count: 2 }])
  })
})

describe('tasks and batches', () => {
  test('are listed, read, canceled and deleted', async () => {
    const list = await client.tasks.getTasks({ limit: 3, statuses: ['succeeded'], types: ['documentAdditionOrUpdate'], indexUids: ['songs'] })
    assert.equal(list.results.length, 3)
    assert.equal((await client.tasks.getTask(list.results[0].uid)).uid, list.results[0].uid)
    const batches = await client.batches.getBatches({ limit: 1 })
    assert.equal((await client.batches.getBatch(batches.results[0].uid)).uid, batches.results[0].uid)
    assert.equal((await done(client.tasks.cancelTasks({ statuses: ['enqueued', 'processing'] }))).type, 'taskCancelation')
    const deletion = await done(client.tasks.deleteTasks({ uids: [0] }))
    assert.deepEqual([deletion.details.deletedTasks, deletion.details.originalFilter], [1, '?uids=0'])
    await assert.rejects(client.tasks.getTask(0), (error) => error.cause.code === 'task_not_found')
  })
})

describe('keys', () => {
  test('are made, listed, renamed and deleted', async () => {
    const { results } = await client.getKeys()
    assert.deepEqual(results.map((key) => key.name).sort(), ['Default Admin API Key', 'Default Search API Key'])
    const key = await client.createKey({ description: 'one', actions: ['documents.add', 'search'], indexes: ['songs'], expiresAt: new Date(Date.now() + 3600_000) })
    assert.ok(new Date(key.expiresAt) > new Date())
    assert.equal((await client.updateKey(key.key, { name: 'two' })).name, 'two')
    assert.equal((await client.getKey(key.uid)).description, 'one')
    await client.deleteKey(key.uid)
    await assert.rejects(client.getKey(key.key), (error) => error.cause.code === 'api_key_not_found')
  })

  test('sign tokens for tenants', async () => {
    const key = (await client.getKeys()).results.find((one) => one.name === 'Default Search API Key')
    const apiKey = await generateTenantToken({ apiKey: key.key, apiKeyUid: key.uid, searchRules: { songs: { filter: 'kind = drama' } } })
    const visitor = new Meilisearch({ host: server.url, apiKey })
    assert.deepEqual((await visitor.index('songs').search('')).hits.map((hit) => hit.id), [4])
    await assert.rejects(visitor.getKeys(), (error) => error.cause.code === 'invalid_api_key')
  })
})

describe('the server', () => {
  test('tells its health, version, statistics and flags', async () => {
    assert.deepEqual(await client.health(), { status: 'available' })
    assert.equal(await client.isHealthy(), true)
    assert.ok((await client.getVersion()).pkgVersion)
    assert.equal((await client.getStats()).indexes.songs.numberOfDocuments, 4)
    assert.equal((await songs.getStats()).fieldDistribution.title, 4)
    assert.equal((await client.updateExperimentalFeatures({ containsFilter: true })).containsFilter, true)
    assert.equal((await client.getExperimentalFeatures()).containsFilter, true)
  })

  test('writes dumps and snapshots', async () => {
    assert.match((await done(client.createDump())).details.dumpUid, /^\d{8}-\d{9}$/)
    await done(client.createSnapshot())
  })

  test('keeps webhooks, and lists fields', async () => {
    const hook = await client.createWebhook({ url: 'http://127.0.0.1:9/', headers: { authorization: 'SECRET' } })
    assert.equal(hook.headers.authorization, 'SEXXXX...')
    assert.equal((await client.getWebhooks()).results.length, 1)
    await client.deleteWebhook(hook.uuid)
    const fields = await songs.getFields({ filter: { attributePatterns: ['tit*'] } })
    assert.deepEqual(fields.results.map((field) => field.name), ['title'])
  })
})
