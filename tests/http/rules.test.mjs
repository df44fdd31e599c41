// SPDX-License-Identifier: GPL-2.0-or-later
// The owner's rules: when they apply, what they do to hits, counts, facets, pages and merged searches, and what is
// refused when they are set.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startServer } from './server.mjs'

const songs = [...Array(12).keys()].map((i) => ({ id: `s${i}`, title: `Rain ${i}`, artist: i % 2 ? '윤하' : '아이유', kind: 'song', year: 2000 + i }))
const films = [{ id: 'f0', title: 'The last train', kind: 'film', year: 2016, description: 'A father and a daughter.' }]

let server
before(async () => {
  server = await startServer()
  await server.write('PATCH', '/indexes/songs/settings', { filterableAttributes: ['kind', 'artist', 'year'], sortableAttributes: ['year'] })
  await server.write('POST', '/indexes/songs/documents', [...songs, ...films])
})
after(() => server.stop())
beforeEach(() => server.write('DELETE', '/indexes/songs/nunmul-rules'))

const setRules = (...rules) => server.write('PUT', '/indexes/songs/nunmul-rules', { rules })
const rule = (when, then, name = 'one') => ({ name, when, then })
const search = async (q, more = {}) => (await server.call('POST', '/indexes/songs/search', { q, ...more })).json
const ids = async (q, more) => (await search(q, more)).hits.map(({ id }) => id)

test('rules are given back as they were set, and removed', async () => {
  const rules = [rule({ query: { is: 'rain' } }, { pin: [{ id: 'f0', place: 2 }] })]
  await setRules(...rules)
  assert.deepEqual((await server.call('GET', '/indexes/songs/nunmul-rules')).json, { rules })
  await server.write('DELETE', '/indexes/songs/nunmul-rules')
  assert.deepEqual((await server.call('GET', '/indexes/songs/nunmul-rules')).json, { rules: [] })
})

test('a pinned document stands in its place, is counted once, and moves the others on', async () => {
  const before = await search('rain', { limit: 20 })
  await setRules(rule({ query: { is: 'rain' } }, { pin: [{ id: 'f0', place: 2 }, { id: 's5', place: 1 }] }))
  const now = await search('rain', { limit: 20 })
  const others = before.hits.map(({ id }) => id).filter((id) => id !== 's5')
  assert.deepEqual(now.hits.map(({ id }) => id), ['s5', 'f0', ...others])
  assert.equal(now.estimatedTotalHits, before.estimatedTotalHits + 1)
  assert.equal((await search('rain', { showRankingScore: true, limit: 1 })).hits[0]._rankingScore, 1)
})

test('pages show each hit once', async () => {
  await setRules(rule({ query: { is: 'rain' } }, { pin: [{ id: 'f0', place: 4 }], hide: ['s0'] }))
  const all = await ids('rain', { limit: 20 })
  assert.deepEqual([all.length, all[3]], [12, 'f0'])
  const paged = []
  for (let page = 1; page <= 4; ++page) paged.push(...(await search('rain', { page, hitsPerPage: 3 })).hits.map(({ id }) => id))
  assert.deepEqual(paged, all)
  assert.equal((await search('rain', { page: 1, hitsPerPage: 3 })).totalHits, 12)
  assert.deepEqual(await ids('rain', { offset: 3, limit: 1 }), ['f0'])
})

test('a pin shows where nothing is found, and at the end where there are too few hits', async () => {
  await setRules(rule({ query: { contains: 'qwrtzx' } }, { pin: [{ id: 's3', place: 9 }] }))
  assert.deepEqual(await ids('qwrtzx'), ['s3'])
  assert.deepEqual(await ids('a qwrtzx b'), ['s3'])
})

test('a pin obeys filters; facets count it; a hidden document is in neither', async () => {
  await setRules(rule({ query: { is: 'rain' } }, { pin: [{ id: 'f0', place: 1 }], hide: ['s1'] }))
  const { hits, facetDistribution } = await search('rain', { facets: ['kind'], limit: 20 })
  assert.deepEqual([hits[0].id, facetDistribution.kind], ['f0', { film: 1, song: 11 }])
  assert.ok(!(await ids('rain', { filter: 'kind = song', limit: 20 })).includes('f0'))
  assert.ok(!(await ids('rain', { limit: 20 })).includes('s1'))
  assert.ok((await ids('rain 1', { limit: 20 })).includes('s1'))
})

test('is, contains and theme', async () => {
  const pins = async (when, q) => {
    await setRules(rule(when, { pin: [{ id: 'f0' }] }))
    return (await ids(q))[0] === 'f0'
  }
  assert.ok(await pins({ query: { is: ' RAIN ' } }, 'rain'))
  assert.ok(!(await pins({ query: { is: 'rain' } }, 'rain 3')))
  assert.ok(await pins({ query: { contains: 'rain 3' } }, 'the rain 3 song'))
  assert.ok(!(await pins({ query: { contains: 'rain 3' } }, 'rain song 3')))
  assert.ok(await pins({}, 'anything'))
  assert.ok(await pins(undefined, ''))
})

test('a filter that the request has, alone or beside others', async () => {
  await setRules(rule({ filter: 'kind = "song"' }, { pin: [{ id: 's9' }] }))
  for (const filter of ['kind = song', 'kind=song AND year > 2001', [['kind = song'], 'year > 2001']]) assert.equal((await ids('', { filter }))[0], 's9', filter)
  for (const filter of [null, 'kind = song OR year > 2001', 'kind = film']) assert.notEqual((await ids('', { filter }))[0], 's9', String(filter))
})

test('only between its days', async () => {
  const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const first = async (from, to) => {
    await setRules(rule({ from, to }, { pin: [{ id: 'f0' }] }))
    return (await ids('rain'))[0]
  }
  assert.equal(await first(day(0), day(0)), 'f0')
  assert.equal(await first(day(-1)), 'f0')
  assert.notEqual(await first(day(1)), 'f0')
  assert.notEqual(await first(undefined, day(-1)), 'f0')
})

test('boosts raise and lower hits, and leave an asked-for order alone', async () => {
  await setRules(rule({ query: { is: 'rain' } }, { boost: [{ filter: 'year = 2007', weight: 3 }, { filter: 'artist = 아이유', weight: 0.5 }] }))
  const hits = await ids('rain', { limit: 20 })
  assert.equal(hits[0], 's7')
  assert.deepEqual(hits.slice(6).map((id) => Number(id.slice(1)) % 2), Array(6).fill(0))
  assert.equal((await ids('rain', { sort: ['year:desc'], limit: 1 }))[0], 's11')
  for (const matchingStrategy of ['last', 'all', 'any']) assert.equal((await ids('rain', { matchingStrategy }))[0], 's7', matchingStrategy)
})

test('a redirection is in the answer', async () => {
  await setRules(rule({ query: { is: 'tour' } }, { redirect: 'https://example.org/tour' }))
  assert.equal((await search('tour')).url, 'https://example.org/tour')
  assert.equal((await search('tours')).url, undefined)
})

test('merged searches show the pin first, facet searches count it', async () => {
  await setRules(rule({ query: { is: 'rain' } }, { pin: [{ id: 'f0' }] }))
  const merged = await server.call('POST', '/multi-search', { federation: {}, queries: [{ indexUid: 'songs', q: 'rain' }] })
  assert.equal(merged.json.hits[0].id, 'f0')
  const facets = await server.call('POST', '/indexes/songs/facet-search', { facetName: 'kind', q: 'rain' })
  assert.deepEqual(facets.json.facetHits.map(({ value, count }) => [value, count]), [['film', 1], ['song', 12]])
})

test('the first of two rules decides; both act', async () => {
  await setRules(rule({}, { pin: [{ id: 'f0', place: 3 }], redirect: '/a' }, 'a'), rule({}, { pin: [{ id: 'f0', place: 1 }], hide: ['s2'], redirect: '/b' }, 'b'))
  const answer = await search('rain', { limit: 20 })
  assert.deepEqual([answer.hits[2].id, answer.url, answer.hits.some(({ id }) => id === 's2')], ['f0', '/a', false])
})

test('documents that are not there yet are warned of by name, and shown once they are', async () => {
  const { status, json } = await server.call('PUT', '/indexes/songs/nunmul-rules', { rules: [rule({}, { pin: [{ id: 'later' }] }, 'soon')] })
  assert.deepEqual([status, json.warnings], [202, ['rule `soon`: document `later` is not in the index yet']])
  await server.write('POST', '/indexes/songs/documents', [{ id: 'later', title: 'Later' }])
  assert.equal((await ids('rain'))[0], 'later')
  await server.write('DELETE', '/indexes/songs/documents/later')
})

test('what is no rule is refused with its place', async () => {
  const cases = [
    [{}, /rules/],
    [{ rules: [], more: 1 }, /Unknown field `more`/],
    [{ rules: [{ then: { hide: ['a'] } }] }, /`name` inside `\.rules\[0\]`/],
    [{ rules: [{ name: 'a' }] }, /`then` inside `\.rules\[0\]`/],
    [{ rules: [rule({}, {})] }, /rules\[0\]\.then.*`pin`, `hide`, `boost` and `redirect`/],
    [{ rules: [rule({ query: {} }, { hide: ['a'] })] }, /rules\[0\]\.when\.query/],
    [{ rules: [rule({ query: { is: 'a', contains: 'b' } }, { hide: ['a'] })] }, /only one of/],
    [{ rules: [rule({ from: 'tomorrow' }, { hide: ['a'] })] }, /when\.from.*tomorrow/],
    [{ rules: [rule({ from: '2026-02-02', to: '2026-02-01' }, { hide: ['a'] })] }, /ends before it begins/],
    [{ rules: [rule({}, { pin: [{ id: 'a', place: 0 }] })] }, /pin\[0\]\.place/],
    [{ rules: [rule({}, { boost: [{ filter: 'kind = song', weight: 0 }] })] }, /boost\[0\]\.weight/],
    [{ rules: [rule({}, { boost: [{ filter: 'mood = sad', weight: 2 }] })] }, /rule `one`: .*`mood`/],
    [{ rules: [rule({}, { redirect: 'javascript:alert(1)' })] }, /then\.redirect/],
    [{ rules: [rule({}, { hide: ['a'] }), rule({}, { hide: ['b'] })] }, /another rule named `one`/],
  ]
  for (const [body, message] of cases) {
    const { status, json } = await server.call('PUT', '/indexes/songs/nunmul-rules', body)
    assert.equal(status, 400, JSON.stringify(body))
    assert.match(json.message, message)
  }
})

test('10,000 rules are taken and found', async () => {
  await setRules(...[...Array(10_000).keys()].map((i) => rule({ query: { contains: `word${i}` } }, { pin: [{ id: `s${i % 12}` }] }, `rule ${i}`)))
  assert.equal((await ids('the word9999 song'))[0], `s${9999 % 12}`)
})
