// SPDX-License-Identifier: GPL-2.0-or-later
// A page built of InstantSearch widgets, every kind that the adapter knows, over our server.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { after, before, beforeEach, test } from 'node:test'
import { masterKey, startServer } from '../server.mjs'
import { openPage, until } from './page.mjs'

openPage()
const require = createRequire(import.meta.url)
const { default: instantsearch } = require('instantsearch.js')
const widgets = require('instantsearch.js/cjs/widgets')
const { instantMeiliSearch } = await import('@meilisearch/instant-meilisearch')

const genres = ['ballad', 'rock', 'city pop']
const documents = Array.from({ length: 25 }, (_, i) => ({
  id: i + 1,
  title: i === 0 ? '밤편지' : `노래 ${i + 1}`,
  description: `${'긴 이야기 '.repeat(30)}눈물 ${'끝 '.repeat(30)}`,
  genre: genres[i % 3],
  year: 2000 + i,
  live: i % 2 === 0,
  'category.lvl0': i % 2 ? 'Korea' : 'Japan',
  'category.lvl1': i % 2 ? 'Korea > Seoul' : 'Japan > Tokyo',
}))

let server
let searchKey
let search

before(async () => {
  server = await startServer()
  searchKey = (await server.call('GET', '/keys')).json.results.find((key) => key.name === 'Default Search API Key').key
  await server.write('PATCH', '/indexes/songs/settings', {
    searchableAttributes: ['title', 'description', 'genre'],
    filterableAttributes: ['genre', 'year', 'live', 'category'],
    sortableAttributes: ['year'],
  })
  const added = await server.write('POST', '/indexes/songs/documents', documents)
  assert.equal(added.status, 'succeeded', JSON.stringify(added.error))
})
after(() => server.stop())

const box = (id) => {
  const element = document.createElement('div')
  element.id = id
  document.body.append(element)
  return element
}

const items = () => [...document.querySelectorAll('#hits .ais-Hits-item')]
const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent.trim())

function start(list, uiState = {}, options = {}) {
  const { searchClient } = instantMeiliSearch(server.url, searchKey, { primaryKey: 'id', ...options })
  search = instantsearch({ indexName: 'songs', searchClient, initialUiState: { songs: uiState }, future: { preserveSharedStateOnUnmount: true } })
  search.addWidgets(list)
  search.start()
}

beforeEach(() => {
  if (search) search.dispose()
  search = undefined
  document.body.innerHTML = ''
})

const hits = (templates = {}) => widgets.hits({ container: box('hits'), templates: { item: (hit) => `${hit.id}`, ...templates } })

test('hits, searchBox and stats follow what is typed', async () => {
  start([hits(), widgets.searchBox({ container: box('box'), searchAsYouType: true }), widgets.stats({ container: box('stats') })])
  await until(() => items().length === 20, 'the first hits')
  const input = document.querySelector('#box input')
  for (const typed of ['ㅂ', '바', '밤', '밤펴', '밤편', '밤편지']) {
    input.value = typed
    input.dispatchEvent(new window.Event('input', { bubbles: true }))
    await until(() => search.helper?.state.query === typed && search.status === 'idle', `the answer to ${typed}`)
    await until(() => texts('#hits .ais-Hits-item').includes('1'), `the song at ${typed}`)
  }
  await until(() => items().length === 1, 'the one hit')
  assert.match(texts('#stats')[0], /1 result/)
})

test('highlight and snippet mark the matches', async () => {
  const item = (hit, { html, components }) =>
    html`<b class="t">${components.Highlight({ hit, attribute: 'title' })}</b><i class="d">${components.Snippet({ hit, attribute: 'description' })}</i>`
  start([hits({ item }), widgets.searchBox({ container: box('box') }), widgets.configure({ attributesToSnippet: ['description:10'] })], { query: '노래 눈물' })
  await until(() => document.querySelector('#hits .t .ais-Highlight-highlighted'), 'a marked title')
  assert.equal(document.querySelector('#hits .t .ais-Highlight-highlighted').textContent, '노래')
  const snippet = document.querySelector('#hits .d').textContent
  assert.ok(snippet.includes('눈물') && snippet.length < 120, snippet)
})

test('refinementList counts, narrows and is searched', async () => {
  start([hits(), widgets.refinementList({ container: box('genre'), attribute: 'genre', searchable: true }), widgets.currentRefinements({ container: box('now') }), widgets.clearRefinements({ container: box('clear') })])
  await until(() => texts('#genre .ais-RefinementList-count').length === 3, 'three genres')
  assert.deepEqual(texts('#genre .ais-RefinementList-labelText').sort(), [...genres].sort())
  const input = document.querySelector('#genre input[type=search]')
  input.value = 'city'
  input.dispatchEvent(new window.Event('input', { bubbles: true }))
  await until(() => texts('#genre .ais-RefinementList-labelText').join() === 'city pop', 'the facet search')
  document.querySelector('#genre input[type=checkbox]').click()
  await until(() => texts('#now .ais-CurrentRefinements-categoryLabel').includes('city pop'), 'the refinement')
  await until(() => items().length === 8, 'its hits')
  document.querySelector('#clear button').click()
  await until(() => items().length === 20, 'all hits again')
})

test('menu, menuSelect, numericMenu and toggleRefinement filter', async () => {
  start([
    hits(),
    widgets.menu({ container: box('menu'), attribute: 'genre' }),
    widgets.menuSelect({ container: box('select'), attribute: 'genre' }),
    widgets.numericMenu({ container: box('numbers'), attribute: 'year', items: [{ label: 'all' }, { label: 'late', start: 2020 }] }),
    widgets.toggleRefinement({ container: box('toggle'), attribute: 'live' }),
  ])
  await until(() => texts('#menu .ais-Menu-label').length === 3, 'the menu')
  assert.equal(document.querySelectorAll('#select option').length, 4)
  document.querySelectorAll('#numbers input')[1].click()
  await until(() => items().length === 5, 'the late ones')
  document.querySelector('#toggle input').click()
  await until(() => items().length === 3, 'the late ones that are live')
})

test('rangeSlider and rangeInput know the limits and filter by them', async () => {
  start([hits(), widgets.rangeSlider({ container: box('slider'), attribute: 'year' }), widgets.rangeInput({ container: box('range'), attribute: 'year' })], { range: { year: '2003:2007' } })
  await until(() => items().length === 5, 'five years')
  const least = await until(() => document.querySelector('#range .ais-RangeInput-input--min'), 'the range')
  assert.deepEqual([least.min, least.max], ['2000', '2024'])
})

test('sortBy changes the order', async () => {
  start([
    hits(),
    widgets.sortBy({ container: box('sort'), items: [{ value: 'songs', label: 'best' }, { value: 'songs:year:desc', label: 'newest' }] }),
  ])
  await until(() => items().length === 20, 'hits')
  const select = document.querySelector('#sort select')
  select.value = 'songs:year:desc'
  select.dispatchEvent(new window.Event('change', { bubbles: true }))
  await until(() => items()[0]?.textContent === '25', 'the newest first')
})

test('pagination and hitsPerPage cut pages', async () => {
  start(
    [
      hits(),
      widgets.pagination({ container: box('pages') }),
      widgets.hitsPerPage({ container: box('size'), items: [{ label: '10', value: 10, default: true }, { label: '5', value: 5 }] }),
    ],
    { page: 3 },
    { finitePagination: true },
  )
  await until(() => items().length === 5, 'the last page')
  assert.equal(texts('#pages .ais-Pagination-item--selected')[0], '3')
})

test('infiniteHits shows more', async () => {
  start([widgets.infiniteHits({ container: box('hits'), templates: { item: (hit) => `${hit.id}` } }), widgets.configure({ hitsPerPage: 10 })])
  const shown = () => document.querySelectorAll('.ais-InfiniteHits-item').length
  await until(() => shown() === 10, 'ten')
  document.querySelector('.ais-InfiniteHits-loadMore').click()
  await until(() => shown() === 20, 'twenty')
})

test('hierarchicalMenu and breadcrumb lead down', async () => {
  const attributes = ['category.lvl0', 'category.lvl1']
  start([hits(), widgets.hierarchicalMenu({ container: box('tree'), attributes }), widgets.breadcrumb({ container: box('crumbs'), attributes })])
  await until(() => texts('#tree .ais-HierarchicalMenu-label').length === 2, 'two places')
  document.querySelector('#tree a').click()
  await until(() => texts('#tree .ais-HierarchicalMenu-label').some((text) => text === 'Seoul' || text === 'Tokyo'), 'the city below')
  await until(() => texts('#crumbs .ais-Breadcrumb-item').length === 2, 'the crumbs')
})

test('configure narrows by a filter', async () => {
  start([hits(), widgets.configure({ filters: 'year >= 2020' })])
  await until(() => items().length === 5, 'five hits')
})

test('a second index has widgets of its own', async () => {
  const other = widgets.index({ indexName: 'songs', indexId: 'again' })
  other.addWidgets([widgets.hits({ container: box('more'), templates: { item: (hit) => `${hit.id}` } }), widgets.configure({ hitsPerPage: 3 })])
  start([hits(), other])
  await until(() => items().length === 20 && document.querySelectorAll('#more .ais-Hits-item').length === 3, 'both lists')
})

test('the master key is not needed in the page', () => assert.notEqual(searchKey, masterKey))
