// SPDX-License-Identifier: GPL-2.0-or-later
// The pages as they come, without a browser: they work without script, speak three languages, hold to
// the policy, and show documents as text.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { masterKey, startServer } from '../http/server.mjs'
import { startSite } from './site.mjs'

const encoded = (value) => Buffer.from(value).toString('base64url')
function tenantToken(claims, key) {
  const signed = `${encoded('{"alg":"HS256","typ":"JWT"}')}.${encoded(JSON.stringify(claims))}`
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}

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

test('the first letter of a name shows something, though more words begin so than there are entries', async () => {
  for (const letter of 'bcdeghlmnopst') assert.match((await get(`/?q=${letter}`)).text, /<ol class="hits">/, letter)
  assert.match((await get('/?q=tr')).text, /<ol class="hits"><li><a href="\/entries\/train-to-busan">/)
})

test('facets, sorts and pages are links that carry the whole search', async () => {
  const page = await get('/?q=&kind=film&sort=year:desc')
  assert.match(page.text, /href="\/\?q=&amp;kind=film&amp;sort=year%3Adesc&amp;page=2"/)
  assert.match(page.text, /aria-current="true"/)
  assert.match(page.text, /<ul class="chosen"><li><a href="\/\?q=&amp;sort=year%3Adesc">/)
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

test('names are labelled by the script they are written in, and each is told once', async () => {
  const { text } = await get('/entries/evil-names')
  const names = [...text.matchAll(/<dt[^>]*>([^<]*)<\/dt><dd[^>]*>([^<]*)/g)].map((row) => row.slice(1))
  assert.deepEqual(names, [['한국어', '윤하'], ['Latin letters', 'Younha'], ['日本語', 'ユンナ'], ['', '1979']])
})

test('what an entry does not have leaves no empty paragraph', async () => {
  for (const path of ['/entries/evil-names', '/?q=1979']) assert.doesNotMatch((await get(path)).text, /<p[^>]*>\s*<\/p>/, path)
})

test('a snippet is of the description, never another title', async () => {
  const { text } = await get('/?q=Younha', { 'accept-language': 'ko' })
  for (const [, snippet] of text.matchAll(/<p class="snippet"[^>]*>(.*?)<\/p>/g)) assert.ok(snippet.length > 30, snippet)
})

test('who finds nothing is told what would find something', async () => {
  const { text } = await get('/?q=zombify&kind=drama')
  assert.match(text, /href="\/\?q=zombify"[^>]*><span>Without filters<\/span> <small>1 result</)
  assert.match(text, /href="\/\?q=&amp;themes=/)
  assert.match((await get('/?q=qqqqzzzz')).text, /Nothing found/)
})

test('without script, too, the nearest spelling, the other layout and fewer words are offered', async () => {
  const offer = async (q) => [...(await get(`/?q=${encodeURIComponent(q)}`)).text.matchAll(/<a href="\/\?q=([^"&]*)"><span>([^<]*)<\/span> <small>/g)].map(([, query, text]) => [decodeURIComponent(query), text])
  assert.deepEqual(await offer('눈뭉'), [['눈물', 'Did you mean 눈물?']])
  assert.deepEqual(await offer('"dbsgk"'), [['"윤하"', 'On the other keyboard layout: &quot;윤하&quot;']])
  assert.deepEqual((await offer('"dbsgk" l'))[0], ['"윤하"', 'On the other keyboard layout: &quot;윤하&quot;'], 'without the letter that is no syllable')
  assert.deepEqual(await offer('"qqqq" rain'), [['rain', 'With fewer words: rain']])
  assert.deepEqual(await offer('qqqqzzzz'), [])
  const { text } = await get('/?q=%EB%88%88%EB%AD%89&kind=film')
  assert.match(text, /href="\/\?q=%EB%88%88%EB%AC%BC&amp;kind=film"/, 'what was chosen stays')
})

test('behind the last page there is a way back to it', async () => {
  const { text } = await get('/?q=&kind=film&page=50')
  assert.match(text, /There are no more results/)
  assert.match(text, /href="\/\?q=&amp;kind=film&amp;page=2"/)
  assert.doesNotMatch(text, /Nothing found/)
})

test('kinds, themes and sources are called in the language of the page', async () => {
  const entry = async (language) => (await get('/entries/younha-on-a-rainy-day', { 'accept-language': language })).text
  assert.match(await entry('ko'), /themes=rain">비<[\s\S]*source=songs-tearjerkers-\d">눈물 나는 K팝/)
  assert.match(await entry('ja'), /themes=rain">雨</)
  assert.match(await entry('en'), /themes=rain">rain</)
  assert.match((await get('/', { 'accept-language': 'ja' })).text, /themes=love"[^>]*><span>愛</)
})

test('numbers of a CSV file sort as numbers, and its name is shown as one', async () => {
  const site = await startSite({ 'my-sad_songs.csv': 'title,year\nLate,2019\nEarly,987\nMiddle,1999\n1979,\n' })
  try {
    const text = await (await fetch(`${site.url}/?q=&sort=year:desc&source=my-sad_songs.csv`)).text()
    assert.deepEqual([...text.matchAll(/<h2[^>]*>([^<]*)/g)].map((title) => title[1]), ['Late', 'Middle', 'Early', '1979'])
    assert.match(text, /<p class="by">2019 · My sad songs</)
  } finally {
    await site.stop()
  }
})

test('of many values of a facet the commonest are shown, and the others can be', async () => {
  const site = await startSite({ 'many.csv': `title,artist\n${Array.from({ length: 30 }, (_, i) => `Rain ${i},Artist ${i}`).join('\n')}\nSun,Artist 7\n` })
  try {
    const text = await (await fetch(`${site.url}/?source=many.csv`)).text()
    const [before, after] = text.slice(text.indexOf('>Artist<')).split('<details class="more"><summary>More</summary>')
    assert.match(before, /^>Artist<[^/]*\/summary><ul><li><a[^>]*><span>Artist 7<\/span> <small>2</)
    assert.equal(before.match(/<li>/g).length, 12)
    assert.equal(after.slice(0, after.indexOf('</details>')).match(/<li>/g).length, 18)
  } finally {
    await site.stop()
  }
})

test('another index is shown where the address names it', async () => {
  const server = await startServer({ key: '', flags: ['--page-index', 'songs'] })
  try {
    for (const uid of ['songs', 'films']) await server.write('POST', `/indexes/${uid}/documents`, [{ id: uid, title: `Rain in ${uid}`, themes: ['rain'] }])
    const text = async (path) => (await fetch(server.url + path)).text()
    assert.match(await text('/?q=rain'), /href="\/entries\/songs"/)
    assert.match(await text('/search?q=rain'), /"Rain in songs"/, 'the short form searches in the same index')
    assert.match(await text('/entries/songs'), /<h1[^>]*>Rain in songs/)
    const films = await text('/?q=rain&index=films')
    assert.match(films, /href="\/entries\/films\?index=films"/)
    assert.match(films, /data-index="films"/)
    assert.match(films, /name="index" value="films"/)
    const entry = await text('/entries/films?index=films')
    assert.match(entry, /<h1[^>]*>Rain in films/)
    assert.match(entry, /href="\/\?q=&amp;index=films&amp;themes=rain"/)
    assert.deepEqual([(await fetch(`${server.url}/?index=none`)).status, (await fetch(server.url)).status], [404, 200])
    assert.match(await text('/?index=none'), /shows the index “none”[\s\S]*\?index=films">films<[\s\S]*\?index=songs">songs</)
  } finally {
    await server.stop()
  }
})

test('pages of results are kept out of search engines, entries are not', async () => {
  assert.match((await get('/?q=rain')).text, /<meta name="robots" content="noindex,follow">/)
  for (const path of ['/', '/entries/younha-on-a-rainy-day']) assert.doesNotMatch((await get(path)).text, /noindex/)
  const robots = await get('/robots.txt')
  assert.match(robots.headers.get('content-type'), /^text\/plain/)
  assert.match(robots.text, /^User-agent: \*\nAllow: \/\n/)
})

test('there is an icon, and a page that is not there says so to people and not to clients', async () => {
  const icon = await get('/favicon.ico')
  assert.equal(icon.headers.get('content-type'), 'image/svg+xml')
  assert.match(icon.text, /^<svg/)
  const browser = await get('/nowhere', { accept: 'text/html,application/xhtml+xml' })
  assert.equal(browser.status, 404)
  assert.match(browser.text, /<h1>This page does not exist\.<\/h1>/)
  const client = await get('/nowhere', { accept: 'application/json' })
  assert.deepEqual([client.status, client.text], [404, ''])
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
  for (const path of ['/', '/?q=rain', '/entries/younha-on-a-rainy-day', '/entries/nobody', '/?q=qqqqzzzz', '/try']) {
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
  for (const name of ['nunmul-search.js', 'page.js', 'try.js', 'page.css', 'drop.svg']) {
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

test('behind a TLS proxy the address is the one of the proxy', async () => {
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'search.example.org' }
  const flags = ['--trusted-proxy', '127.0.0.1', '--allowed-host', 'search.example.org']
  const proxied = await startServer({ key: null, flags })
  const page = await (await fetch(proxied.url + '/opensearch.xml', { headers: forwarded })).text()
  await proxied.stop()
  assert.match(page, /template="https:\/\/search\.example\.org\/\?/)
  assert.match((await get('/opensearch.xml', forwarded)).text, /template="http:\/\/127/)  // of no proxy that we know
})

const entry = [{ id: 'rain', title: 'Rain', secret: 'hush' }]

test('a server with a master key shows no documents on its pages, and says what to do', async () => {
  const server = await startServer()
  try {
    await server.write('POST', '/indexes/entries/documents', entry)
    const page = await (await fetch(server.url + '/?q=rain')).text()
    assert.match(page, /asks for a key/)
    assert.match(page, /<form id="key-form"/)
    assert.doesNotMatch(page, /entries\/rain/)
    for (const id of ['rain', 'nobody']) {
      const answer = await fetch(`${server.url}/entries/${id}`)
      assert.equal(answer.status, 401)
      assert.match(await answer.text(), /asks for a key/)
    }
    const { results } = (await server.call('GET', '/keys')).json
    const search = results.find((one) => one.name === 'Default Search API Key')
    const asked = async (path, key) => (await fetch(server.url + path, { headers: { authorization: `Bearer ${key}` } })).text()
    assert.match(await asked('/entries/rain', search.key), /<h1>Rain<\/h1>/)
    assert.match(await asked('/?q=rain', search.key), /entries\/rain/)
    assert.ok(!(await asked('/?q=rain', search.key)).includes(search.key), 'a key that was sent is not sent back')
    assert.match(await asked('/entries/rain', 'nonsense'), /asks for a key/)
    const tenant = tenantToken({ searchRules: { entries: { filter: 'secret = hush' } }, apiKeyUid: search.uid }, search.key)
    assert.match(await asked('/entries/rain', tenant), /asks for a key/)
  } finally {
    await server.stop()
  }
})

test('with a page key everybody may search on the pages, as long as the key lives', async () => {
  const server = await startServer({ flags: ['--page-key', 'Default Search API Key'] })
  try {
    await server.write('POST', '/indexes/entries/documents', entry)
    const text = async (path) => (await fetch(server.url + path)).text()
    const key = (await server.call('GET', '/keys')).json.results.find((one) => one.name === 'Default Search API Key').key
    assert.match(await text('/?q=rain'), /entries\/rain/)
    assert.ok((await text('/')).includes(`data-key="${key}"`))
    assert.ok(!(await text('/')).includes(masterKey))
    assert.match(await text('/entries/rain'), /<h1>Rain<\/h1>/)
    assert.equal((await server.call('DELETE', `/keys/${key}`)).status, 204)
    assert.match(await text('/?q=rain'), /asks for a key/)
    assert.ok(!(await text('/')).includes(key))
  } finally {
    await server.stop()
  }
})

test('the pages show of indexes and fields what their key may see, and no more', async () => {
  const indexes = ['open', 'closed']
  const setting = { displayedAttributes: ['id', 'title', 'kind'], filterableAttributes: ['kind', 'artist', 'themes'], sortableAttributes: ['year'] }
  const first = await startServer()
  for (const uid of indexes) {
    await first.write('PATCH', `/indexes/${uid}/settings`, setting)
    await first.write('POST', `/indexes/${uid}/documents`, [
      { id: 1, title: `Rain ${uid}`, kind: 'song', artist: 'Clandestine', themes: ['confidential'], description: 'whispered undercurrents of rain', year: 1 },
      { id: 2, title: 'Rainbow', kind: 'song', artist: 'Other', themes: ['x'], description: 'x', year: 2 },
    ])
  }
  const { key: pageKey } = (await first.call('POST', '/keys', { name: 'pages', actions: ['search'], indexes: ['open', 'bare', 'gone'], expiresAt: null })).json
  await first.stop({ keep: true })
  const server = await startServer({ dataDir: first.folder, flags: ['--page-key', 'pages', '--page-index', 'open'] })
  try {
    const get = async (path, key) => {
      const answer = await fetch(server.url + path, { headers: key ? { authorization: `Bearer ${key}` } : {} })
      return [answer.status, await answer.text()]
    }
    const secrets = /Clandestine|confidential|undercurrents|whispered/i
    for (const path of ['/', '/?q=rain', '/?q=undercurrants', '/?q=whisperred', '/?q=clandestin', '/?q=zzzz&kind=film', '/entries/1', '/?q=rain&artist=Clandestine']) {
      const [status, text] = await get(path)
      assert.equal(status, 200, path)
      assert.doesNotMatch(text.replaceAll(/<ul class="chosen">.*?<\/ul>|<input[^>]*>|<title>.*?<\/title>|[?&;]artist=[^"&]*/g, ''), secrets, path)
    }
    const order = async (path) => [...(await get(path))[1].matchAll(/<h2[^>]*>([^<]*)/g)].map((title) => title[1])
    assert.deepEqual(await order('/?q=&sort=year:desc'), await order('/?q=&sort=year:asc'), 'nor sorts by what is hidden')
    // A document that the key may not see is answered as one that is not there, to the last byte.
    const [missing, unknown] = await get('/?index=nowhere'), [refused, closed] = await get('/?index=closed')
    assert.deepEqual([missing, refused], [404, 404])
    assert.equal(closed.replaceAll('closed', 'nowhere'), unknown)
    assert.match(closed, /<form id="key-form"/, 'a visitor with a key of their own may still come in')
    for (const path of ['/', '/?index=gone', '/?index=bare', '/entries/1?index=closed']) assert.doesNotMatch((await get(path))[1], />closed<|index=closed"/, path)
    assert.equal((await get('/?index=gone'))[0], 404)
    const search = (await server.call('GET', '/keys')).json.results.find((one) => one.name === 'Default Search API Key').key
    assert.match((await get('/?index=closed', search))[1], /Rain closed|<mark>Rain<\/mark> closed/)
    const [status, others] = await get('/?index=nowhere', search)
    assert.equal(status, 404)
    assert.doesNotMatch(others, /index=closed/, 'who may search may not list indexes')
    assert.match((await get('/?index=nowhere', masterKey))[1], /index=closed/)
    assert.match((await get('/?index=nowhere', pageKey))[1], /<form id="key-form"/, 'a key that is not good for it')
  } finally {
    await server.stop()
  }
})

test('a key that may do more than search is refused as the page key', async () => {
  await assert.rejects(startServer({ flags: ['--page-key', 'Default Admin API Key'] }), /may do more than search/)
  await assert.rejects(startServer({ flags: ['--page-key', 'nobody'] }), /No key has the page key/)
})
