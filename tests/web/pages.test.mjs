// SPDX-License-Identifier: GPL-2.0-or-later
// The pages as they come, without a browser: they work without script, speak three languages, hold to
// the policy, and show documents as text.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startServer } from '../http/server.mjs'
import { startSite } from './site.mjs'

let site
before(async () => { site = await startSite() })
after(() => site.stop())

const get = async (path, headers = {}) => {
  const answer = await fetch(site.url + path, { headers })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

test('a search works as a plain form, without script', async () => {
  const page = await get('/?q=breakup+rain+ballad')
  assert.equal(page.status, 200)
  assert.match(page.text, /<form[^>]*action="\/"[^>]*method="get"/)
  assert.match(page.text, /<li><a href="\/entries\/younha-on-a-rainy-day">/)
})

test('facets, sorts and pages are links that carry the whole search', async () => {
  const page = await get('/?q=&kind=film&sort=year:desc')
  assert.match(page.text, /href="\/\?q=&amp;kind=film&amp;sort=year%3Adesc&amp;page=2"/)
  assert.match(page.text, /aria-current="true"/)
  assert.doesNotMatch(page.text, /younha-on-a-rainy-day/)
})

test('the interface follows the browser', async () => {
  assert.match((await get('/', { 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' })).text, /<html lang="ko">[\s\S]*검색/)
  assert.match((await get('/', { 'accept-language': 'ja' })).text, /<html lang="ja">[\s\S]*検索/)
  assert.match((await get('/', { 'accept-language': 'fr' })).text, /<html lang="en">/)
})

test('an entry page has its names in all scripts and entries of similar moods', async () => {
  const page = await get('/entries/younha-on-a-rainy-day')
  for (const name of ['On A Rainy Day', '비가 내리는 날에는', '윤하', 'ユンナ']) assert.ok(page.text.includes(name), name)
  assert.match(page.text, /Similar moods/)
  assert.equal((await get('/entries/nobody')).status, 404)
})

test('nothing that a document contains is markup', async () => {
  for (const path of ['/?q=zombify', '/entries/evil']) {
    const { text } = await get(path)
    assert.ok(text.includes('&lt;script&gt;'), path)
    assert.ok(!text.includes('<img src=x'), path)
    assert.ok(!/<script>/.test(text), path)
  }
})

test('the policy allows no inline script or style, and the pages have none', async () => {
  for (const path of ['/', '/?q=rain', '/entries/younha-on-a-rainy-day', '/try']) {
    const page = await get(path)
    const policy = page.headers.get('content-security-policy')
    assert.match(policy, /default-src 'none'/)
    assert.doesNotMatch(policy, /unsafe/)
    assert.doesNotMatch(page.text, /<style|style="|onclick=|<script>/)
    assert.doesNotMatch(page.text, /(src|href)="https?:/)
  }
})

test('assets are small, and kept by browsers for as long as they stay the same', async () => {
  let total = 0
  for (const name of ['nunmul-search.js', 'page.js', 'page.css', 'drop.svg']) {
    const asset = await get(`/${name}?v=1`, { 'accept-encoding': 'identity' })
    total += asset.text.length
    assert.match(asset.headers.get('cache-control'), /immutable/)
    assert.equal((await get(`/${name}`, { 'if-none-match': asset.headers.get('etag') })).status, 304)
  }
  assert.ok(total < 50_000, `${total} bytes`)
})

test('browsers can add the search to their address bar', async () => {
  assert.match((await get('/opensearch.xml')).text, /template="http:\/\/127\.0\.0\.1:\d+\/\?q=\{searchTerms\}"/)
})

test('a server with a master key shows no documents on its pages', async () => {
  const server = await startServer()
  try {
    const page = await (await fetch(server.url + '/')).text()
    assert.match(page, /asks for a key/)
    assert.equal((await fetch(server.url + '/entries/younha-on-a-rainy-day')).status, 404)
  } finally {
    await server.stop()
  }
})
