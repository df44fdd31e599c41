// SPDX-License-Identifier: GPL-2.0-or-later
// The autocomplete box with the client's requesters, over our server.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { startServer } from '../server.mjs'
import { openPage, until } from './page.mjs'

openPage()
const { autocomplete } = createRequire(import.meta.url)('@algolia/autocomplete-js')
const { getMeilisearchResults, meilisearchAutocompleteClient } = await import('@meilisearch/autocomplete-client')

let server
let searchClient

before(async () => {
  server = await startServer()
  const searchKey = (await server.call('GET', '/keys')).json.results.find((key) => key.name === 'Default Search API Key').key
  await server.write('POST', '/indexes/songs/documents', [
    { id: 1, title: '밤편지', artist: '아이유' },
    { id: 2, title: '좋은 날', artist: '아이유' },
    { id: 3, title: 'Ditto', artist: 'NewJeans' },
  ])
  searchClient = meilisearchAutocompleteClient({ url: server.url, apiKey: searchKey })
})
after(() => server.stop())

test('the client has marked hits, and values of facets', async () => {
  const { results } = await searchClient.search([{ indexName: 'songs', params: { query: '아이', hitsPerPage: 5 } }])
  assert.deepEqual(results[0].hits.map((hit) => hit.title).sort(), ['밤편지', '좋은 날'])
  assert.equal(results[0].hits[0]._highlightResult.artist.value, '__ais-highlight__아이__/ais-highlight__유')
})

test('the box lists what fits while it is typed', async () => {
  const answered = []
  document.body.innerHTML = '<div id="box"></div>'
  autocomplete({
    container: '#box',
    panelContainer: document.body,
    openOnFocus: true,
    getSources: ({ query }) => [
      {
        sourceId: 'songs',
        getItems: () =>
          getMeilisearchResults({
            searchClient,
            queries: [{ indexName: 'songs', query }],
            transformResponse({ hits }) {
              answered.push(query)
              return hits
            },
          }),
        templates: {
          item: ({ item, components, html }) => html`<p class="song">${components.Highlight({ hit: item, attribute: 'title' })}</p>`,
        },
      },
    ],
  })
  const input = await until(() => document.querySelector('#box input'), 'the box')
  for (const typed of ['조', '좋', '좋은', '좋은 ㄴ', '좋은 나', '좋은 날']) {
    input.value = typed
    input.dispatchEvent(new window.Event('input', { bubbles: true }))
    await until(() => answered.includes(typed), `the answer to ${typed}`)
    await until(() => [...document.querySelectorAll('.song')].some((song) => song.textContent === '좋은 날'), `the song at ${typed}`)
  }
  await until(() => document.querySelector('.song mark, .song em'), 'a marked match')
})
