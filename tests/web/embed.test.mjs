// SPDX-License-Identifier: GPL-2.0-or-later
// The search box on pages that are not ours, on another origin, as docs/search-box.md tells builders to put it there:
// its own lines are run. And pages that make it hard for the box.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import http from 'node:http'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { launchChromium } from './chromium.mjs'
import { startServer } from '../http/server.mjs'
import { snippets } from './manual.mjs'
import { answered } from './typing.mjs'

const clients = fileURLToPath(new URL('../http/clients/node_modules', import.meta.url))
// A reason to skip a test, or false.
const lacks = (...names) => {
  const lacking = names.filter((name) => !existsSync(new URL(`node_modules/${name}`, import.meta.url)))
  return lacking.length > 0 && `no npm package ${lacking.join(', ')} in tests/web`
}
const documents = [
  { id: 1, name: 'Umbrella', price: 5, kind: 'song', title: 'On A Rainy Day', title_ko: '비가 내리는 날에는', artist: 'Younha', description: 'Rain and tears.', url: '/posts/1' },
  { id: 2, name: 'Parasol', price: 7, kind: 'film', title: 'Sunny', artist: 'Various', description: 'No rain at all.', url: '/posts/2' },
]
let server, browser, keys, site, pages = {}

before(async () => {
  server = await startServer({ flags: ['--query-log'] })
  const list = (await server.call('GET', '/keys')).json.results
  const named = (name) => list.find((key) => key.name === name).key
  keys = { url: server.url, search: named('Default Search API Key'), admin: named('Default Admin API Key') }
  for (const index of ['entries', 'posts']) {
    await server.write('PATCH', `/indexes/${index}/settings`, { filterableAttributes: ['kind'] })
    await server.write('POST', `/indexes/${index}/documents?primaryKey=id`, documents)
  }
  // The other origin: pages by name.
  site = http.createServer((request, response) => {
    const body = pages[request.url.split('?')[0]]
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(body ?? 'not there')
  })
  await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve))
  browser = await launchChromium()
})
after(async () => { await browser?.close(); site?.close(); await server?.stop() })

async function open(body, { head = '', path = '/page', html = '', ...options } = {}) {
  pages[path] = `<!doctype html><html lang="en" ${html}><head><meta charset="utf-8"><title>A page</title>${head}</head><body>${body}</body></html>`
  const context = await browser.newContext({ viewport: { width: 900, height: 700 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(15000)
  page.errors = []
  page.on('pageerror', (error) => page.errors.push(String(error)))
  await page.goto(`http://127.0.0.1:${site.address().port}${path}`)
  return page
}

const ready = (page, selector = 'nunmul-search') => page.waitForFunction((which) => document.querySelector(which)?.shadowRoot, selector)

async function type(page, text, selector = 'nunmul-search') {
  const waiting = answered(page, text, selector)
  await page.locator(`${selector} input:not([disabled])`).fill(text)
  return waiting
}

test('the manual, any page: the box answers on another origin, and a hit leads where it says', async () => {
  const page = await open(snippets('Any page', 'html', keys)[0])
  await ready(page)
  const rows = await type(page, 'rain')
  assert.equal(rows.length, 2)
  assert.ok(await page.locator('nunmul-search .facets button').count() > 0)
  await page.locator('nunmul-search li').first().click()
  // The server asks for a key there: the link brought it, and the address does not show it.
  await page.waitForURL(`${server.url}/entries/1`)
  await page.locator('h1', { hasText: 'On A Rainy Day' }).waitFor()
  await page.context().close()
})

test('the manual, any page: without script there is a plain form', async () => {
  const page = await open(snippets('Any page', 'html', keys)[0], { javaScriptEnabled: false })
  await page.locator('input[name=q]').fill('rain')
  await page.locator('input[name=q]').press('Enter')
  await page.waitForURL(`${server.url}/?q=rain`)
  await page.context().close()
})

test('the manual, any page: styles, own documents and events do what is said', async () => {
  const [script] = snippets('Any page', 'js', keys), [style] = snippets('Any page', 'css', keys)
  const page = await open(`${snippets('Any page', 'html', keys)[0]}<script type="module">${script}</script>`, { head: `<style>${style}</style>` })
  await ready(page)
  const said = new Promise((resolve) => page.on('console', async (message) => resolve(await message.args()[0]?.jsonValue())))
  assert.deepEqual(await type(page, 'umbrel'), ['Umbrella – 5'])
  assert.equal(await page.locator('nunmul-search mark').textContent(), 'Umbrel')
  assert.equal(await page.locator('nunmul-search .box').evaluate((box) => getComputedStyle(box).borderRadius), '6px')
  await page.locator('nunmul-search li').click()
  assert.equal((await said).id, 1)
  await page.context().close()
})

test('the manual, React: attributes and events reach the element', { skip: lacks('react', 'esbuild') }, async () => {
  const { build } = await import('esbuild')
  const [source] = snippets('React', 'jsx', keys)
  const { outputFiles } = await build({
    stdin: { contents: `${source}\nimport { createRoot } from 'react-dom/client'\ncreateRoot(document.querySelector('#root')).render(<Search />)`, loader: 'jsx', resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true, write: false, jsx: 'automatic', define: { 'process.env.NODE_ENV': '"production"' },
  })
  const page = await open(`<div id="root"></div><script>${outputFiles[0].text.replaceAll('</script', '<\\/script')}</script>`, { head: `<script type="module" src="${server.url}/nunmul-search.js"></script>` })
  await ready(page)
  await page.evaluate((key) => { document.querySelector('nunmul-search').setAttribute('key', key) }, keys.search)
  assert.equal((await type(page, 'rain')).length, 2)
  await page.locator('nunmul-search li').filter({ hasText: 'Sunny' }).click()
  await page.locator('p', { hasText: 'Sunny' }).waitFor()
  assert.deepEqual(page.errors, [])
  await page.context().close()
})

test('the manual, Vue: attributes and events reach the element', { skip: lacks('vue', 'esbuild') }, async () => {
  const { build } = await import('esbuild')
  const { parse, compileScript } = await import('vue/compiler-sfc')
  const { descriptor } = parse(snippets('Vue', 'vue', keys)[0])
  const isCustomElement = (tag) => tag === 'nunmul-search'
  const { content } = compileScript(descriptor, { id: 'box', inlineTemplate: true, genDefaultAs: 'Search', templateOptions: { compilerOptions: { isCustomElement } } })
  const { outputFiles } = await build({
    stdin: { contents: `${content}\nimport { createApp } from 'vue'\ncreateApp(Search).mount('#root')`, loader: 'js', resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true, write: false, define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  })
  const page = await open(`<div id="root"></div><script>${outputFiles[0].text.replaceAll('</script', '<\\/script')}</script>`, { head: `<script type="module" src="${server.url}/nunmul-search.js"></script>` })
  await ready(page)
  assert.equal((await type(page, 'rain')).length, 2)
  await page.locator('nunmul-search li').filter({ hasText: 'Sunny' }).click()
  await page.locator('p', { hasText: 'Sunny' }).waitFor()
  assert.deepEqual(page.errors, [])
  await page.context().close()
})

test('the manual, InstantSearch.js: its widgets search here', { skip: lacks('esbuild') || (!existsSync(clients) && 'no npm packages in tests/http/clients') }, async () => {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    stdin: { contents: snippets('InstantSearch.js', 'js', keys)[0], loader: 'js', resolveDir: fileURLToPath(new URL('../http/clients', import.meta.url)) },
    bundle: true, write: false, define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}' }, logLevel: 'error',
  })
  const page = await open(`<div id="searchbox"></div><div id="hits"></div><script>${outputFiles[0].text.replaceAll('</script', '<\\/script')}</script>`)
  await page.locator('#searchbox input').fill('rainy')
  await page.locator('#hits', { hasText: 'On A Rainy Day' }).locator('mark', { hasText: 'Rainy' }).waitFor()
  await page.context().close()
})

test('the manual, WordPress: the theme\'s form is sent with what was typed, with and without script', async () => {
  pages['/'] = '<!doctype html><title>Results</title>'
  for (const javaScriptEnabled of [true, false]) {
    const page = await open(snippets('WordPress', 'html', keys)[0], { javaScriptEnabled })
    if (javaScriptEnabled) {
      await ready(page)
      assert.equal((await type(page, 'rain')).length, 2)
    } else {
      await page.locator('input[name=s]').fill('rain')
    }
    await page.locator('input:not([disabled])').press('Enter')
    await page.waitForURL('**/?s=rain')
    await page.context().close()
  }

  pages['/posts/1'] = '<!doctype html><title>Post</title>'
  const page = await open(snippets('WordPress', 'html', keys)[0])
  await ready(page)
  await type(page, 'rainy')
  await page.locator('nunmul-search li').first().click()
  await page.waitForURL('**/posts/1')
  await page.context().close()
})

test('the manual, WordPress: the hooks send documents that are found, and take them back', { skip: spawnSync('php', ['--version']).status !== 0 && 'php is missing' }, async () => {
  const source = snippets('WordPress', 'php', keys)[0]
  const stubs = `
    $hooks = [];
    function add_action($name, $call) { global $hooks; $hooks[$name] = $call; }
    function wp_json_encode($value) { return json_encode($value); }
    function strip_shortcodes($text) { return preg_replace('/\\[gallery[^\\]]*\\]/', '', $text); }
    function wp_strip_all_tags($text) { return strip_tags($text); }
    function get_permalink($id) { return "/posts/$id"; }
    function wp_remote_request($url, $args) { echo json_encode(['url' => $url] + $args), "\\n"; }`
  const run = `
    $post = fn ($status, $password = '') => (object)['post_type' => 'post', 'post_status' => $status, 'post_title' => 'Snow', 'post_content' => '<p>White &amp; quiet.</p>[gallery ids="1"]', 'post_password' => $password];
    $hooks['save_post'](9, $post('publish')); $hooks['save_post'](9, $post('draft'));
    $hooks['save_post'](9, $post('publish')); $hooks['save_post'](9, $post('publish', 'secret'));
    $hooks['save_post'](9, $post('publish')); $hooks['deleted_post'](9);`
  const lines = execFileSync('php', ['-r', `${stubs}\n${source}\n${run}`], { encoding: 'utf8' }).trim().split('\n').map((line) => JSON.parse(line))
  assert.equal(lines.length, 6)
  for (const [i, { url, method, headers, body }] of lines.entries()) {
    const answer = await fetch(url, { method, headers, body: body ?? undefined })
    assert.equal(answer.status, 202, await answer.clone().text())
    await server.finished({ json: await answer.json() })
    const found = (await server.call('POST', '/indexes/posts/search', { q: 'snow' })).json.hits
    assert.deepEqual(found.map((hit) => [hit.id, hit.url, hit.description]), i % 2 === 0 ? [[9, '/posts/9', 'White & quiet.']] : [])
  }
})

test('the manual, Laravel: the requests that Scout makes are answered as it expects', async () => {
  const scout = async (method, path, body) => {
    const answer = await fetch(server.url + path, { method, body: body === undefined ? undefined : JSON.stringify(body), headers: { Authorization: `Bearer ${keys.admin}`, 'Content-Type': 'application/json', Accept: 'application/json', 'User-Agent': 'Meilisearch PHP (v1.16.0)' } })
    const json = await answer.json()
    assert.ok(answer.ok, JSON.stringify(json))
    if (json.taskUid !== undefined) assert.equal((await server.finished({ json })).status, 'succeeded')
    return json
  }
  await scout('POST', '/indexes', { uid: 'songs', primaryKey: 'id' })
  await scout('PATCH', '/indexes/songs/settings', { filterableAttributes: ['kind', '__soft_deleted'], sortableAttributes: ['year'] })
  await scout('POST', '/indexes/songs/documents?primaryKey=id', [{ id: 1, title: 'Rain', kind: 'song', year: 2019, __soft_deleted: 0 }, { id: 2, title: 'Rain again', kind: 'song', year: 2020, __soft_deleted: 1 }])
  const page = await scout('POST', '/indexes/songs/search', { q: 'rain', filter: 'kind="song" AND __soft_deleted=0', hitsPerPage: 15, page: 1, sort: ['year:desc'] })
  assert.deepEqual([page.hits.map((hit) => Object.keys(hit)[0] + hit.id), page.totalHits], [['id1'], 1])
  const some = await scout('POST', '/indexes/songs/search', { q: '', filter: 'kind IN ["song", "film"]', hitsPerPage: 1 })
  assert.deepEqual([some.hits.length, some.totalHits], [1, 2])
  await scout('POST', '/indexes/songs/documents/delete-batch', [1])
  assert.equal((await scout('POST', '/indexes/songs/search', { q: 'rain', hitsPerPage: 15 })).totalHits, 1)
  const view = await open(snippets('Laravel', 'html', keys)[0], { head: script() })
  pages['/songs/2'] = '<!doctype html><title>Song</title>'
  await ready(view)
  assert.equal((await type(view, 'rain')).length, 1)
  await view.locator('nunmul-search li').first().click()
  await view.waitForURL('**/songs/2')
  await view.context().close()
  await scout('DELETE', '/indexes/songs/documents')
  assert.ok((await scout('GET', '/indexes?limit=1000000')).results.some((index) => index.uid === 'songs'))
  await scout('DELETE', '/indexes/songs')
})

// ---- Pages that make it hard.

const box = (attributes = '', inside = '') => `<nunmul-search key="${keys.search}" host="${server.url}/" ${attributes}>${inside}</nunmul-search>`
const script = () => `<script type="module" src="${server.url}/nunmul-search.js"></script>`

test('rules of the page for all elements do not reach into the box', async () => {
  const hostile = '<style>html{font-size:10px}*{all:unset;color:red!important;text-transform:uppercase;letter-spacing:9px;line-height:0;font-size:3px;visibility:visible;text-align:right}input,button,li,mark{display:none!important}</style>'
  const page = await open(box('facets="kind"'), { head: script() + hostile })
  await ready(page)
  await type(page, 'rain')
  const looks = await page.evaluate(() => {
    const root = document.querySelector('nunmul-search').shadowRoot
    const of = (selector) => getComputedStyle(root.querySelector(selector))
    return { transform: of('.title').textTransform, spacing: of('.title').letterSpacing, size: of('input').fontSize, color: of('.title').color, height: root.querySelector('li').getBoundingClientRect().height }
  })
  assert.equal(looks.transform, 'none')
  assert.equal(looks.spacing, 'normal')
  assert.equal(looks.size, '17px')
  assert.notEqual(looks.color, 'rgb(255, 0, 0)')
  assert.ok(looks.height > 40, `${looks.height}`)
  await page.context().close()
})

test('in a narrow box at the end of a line the list stays on the screen, from left to right and from right to left', async () => {
  for (const [html, side] of [['', 'right'], ['dir="rtl"', 'left']]) {
    const page = await open(`<div style="position:absolute;${side}:8px;width:150px">${box()}</div>`, { head: script(), html })
    await ready(page)
    await type(page, 'rain')
    const panel = await page.locator('nunmul-search .panel').boundingBox()
    assert.ok(panel.x >= 0 && panel.x + panel.width <= 900, `${side}: ${JSON.stringify(panel)}`)
    assert.ok(panel.width > 250)
    await page.context().close()
  }
})

test('with the attribute analytics the log of queries hears what was searched and opened', async () => {
  const box = (attributes) => `<script type="module" src="${keys.url}/nunmul-search.js"></script><nunmul-search key="${keys.search}" hit-url="/opened/{id}" ${attributes}></nunmul-search>`
  pages['/opened/1'] = 'opened'
  const report = async () => (await server.call('GET', '/indexes/entries/nunmul-queries?minSessions=1')).json.queries
  for (const [attributes, query, expected] of [['', 'rainy', undefined], ['analytics', 'umbrella', { searches: 1, clicksById: { 1: 1 } }]]) {
    const page = await open(box(attributes), { path: `/analytics-${query}` })
    await page.locator('nunmul-search input').pressSequentially(query, { delay: 30 })
    await page.locator('nunmul-search [role="option"]').first().click()
    await page.waitForURL('**/opened/1')
    const one = (await report()).find((row) => row.query === query)
    if (expected) assert.deepEqual({ searches: one.searches, clicksById: one.clicksById }, expected)
    else assert.equal(one?.clicks ?? 0, 0)
    await page.context().close()
  }
})

test('two boxes on one page do not meddle with each other', async () => {
  const page = await open(`${box('id="a"')}${box('id="b" index="posts" lang="ko"')}`, { head: script() })
  await ready(page, '#b')
  await type(page, 'rain', '#a')
  await type(page, 'sunny', '#b')
  assert.equal(await page.locator('#a .panel').isVisible(), false)
  assert.equal(await page.locator('#b .panel').isVisible(), true)
  const ids = await page.evaluate(() => ['a', 'b'].map((id) => document.getElementById(id).shadowRoot.querySelector('ul').id))
  assert.notEqual(ids[0], ids[1])
  await page.context().close()
})

test('a box that is taken out and put back while it asks shows no old list, and goes on', async () => {
  const page = await open(`<div id="home">${box()}</div>`, { head: script() })
  await ready(page)
  await page.evaluate(() => {
    const one = document.querySelector('nunmul-search'), input = one.shadowRoot.querySelector('input')
    input.focus()
    input.value = 'rain'
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
    one.remove()
    document.querySelector('#home').append(one)
  })
  assert.equal(await page.locator('nunmul-search .panel').isVisible(), false)
  assert.equal((await type(page, 'rainy')).length > 0, true)
  assert.deepEqual(page.errors, [])
  await page.context().close()
})

test('a changed attribute counts from the next key on, and a wrong key is named', async () => {
  const page = await open(box('limit="1"'), { head: script() })
  await ready(page)
  assert.equal((await type(page, 'rain')).length, 1)
  await page.evaluate(() => { document.querySelector('nunmul-search').limit = 5 })
  assert.equal((await type(page, 'rai')).length, 2)
  await page.evaluate(() => { document.querySelector('nunmul-search').key = 'nonsense' })
  await page.locator('nunmul-search input').fill('rain')
  await page.locator('nunmul-search .note', { hasText: 'needs another key' }).waitFor()
  await page.context().close()
})

test('facets that the index does not count are left out, and not the answers', async () => {
  const page = await open(box('facets="artist,kind"'), { head: script() })
  await ready(page)
  assert.equal((await type(page, 'rain')).length, 2)
  await page.context().close()
})

test('what was typed before the script came is kept, with the place in the field', async () => {
  const page = await open(box('', '<form><input name="q" type="search"></form>'), {})
  await page.locator('input').fill('rain')
  const waiting = page.evaluate((src) => { const one = document.createElement('script'); one.type = 'module'; one.src = src; document.head.append(one) }, `${server.url}/nunmul-search.js`)
  await waiting
  await ready(page)
  assert.equal(await page.evaluate(() => document.querySelector('nunmul-search').value), 'rain')
  assert.equal(await page.evaluate(() => document.activeElement.localName), 'nunmul-search')
  await page.context().close()
})

const see = (page, row = 0) => page.evaluate((number) => {
  const item = document.querySelector('nunmul-search').shadowRoot.querySelectorAll('li')[number], { x, y, width, height } = item.getBoundingClientRect()
  return item.contains(document.querySelector('nunmul-search').shadowRoot.elementFromPoint(x + width / 2, y + height / 2))
}, row)

test('what cuts off its contents, lies above or moves with a transform does not cut off the list', async () => {
  const page = await open(`<div style="overflow:hidden;height:60px;transform:translateX(3px);z-index:0;position:relative">${box()}</div><div style="position:relative;z-index:2147483647;background:red;height:600px">above</div>`, { head: script() })
  await ready(page)
  await type(page, 'rain')
  assert.ok(await see(page, 1))
  const [field, panel] = [await page.locator('nunmul-search .box').boundingBox(), await page.locator('nunmul-search .panel').boundingBox()]
  assert.ok(Math.abs(panel.y - field.y - field.height) < 12 && Math.abs(panel.x - field.x) < 2 && Math.abs(panel.width - field.width) < 2, JSON.stringify([field, panel]))
  await page.context().close()
})

test('in a dialog the list reaches over its edge, and Escape closes the list first', async () => {
  const page = await open(`<dialog style="height:120px;overflow:auto">${box()}</dialog>`, { head: script() })
  await ready(page)
  await page.evaluate(() => document.querySelector('dialog').showModal())
  await type(page, 'rain')
  assert.ok(await see(page, 1))
  await page.keyboard.press('Escape')
  const shown = () => page.evaluate(() => [document.querySelector('dialog').open, !document.querySelector('nunmul-search').shadowRoot.querySelector('.panel').hidden])
  assert.deepEqual(await shown(), [true, false])
  await page.context().close()
})

test('at the foot of the window the list opens upwards, and all of it is on the screen', async () => {
  const page = await open(`<div style="position:fixed;bottom:8px;left:0;right:0">${box()}</div>`, { head: script() })
  await ready(page)
  await type(page, 'rain')
  const [field, panel] = [await page.locator('nunmul-search .box').boundingBox(), await page.locator('nunmul-search .panel').boundingBox()]
  assert.ok(panel.y >= 0 && panel.y + panel.height <= field.y, JSON.stringify([field, panel]))
  await page.context().close()
})

test('enlarged to double size and on the smallest phone nothing sticks out', async () => {
  for (const options of [{ viewport: { width: 450, height: 350 }, deviceScaleFactor: 2 }, { viewport: { width: 320, height: 480 } }]) {
    const page = await open(`<h1>A page</h1>${box('facets="kind"')}`, { head: script() + '<meta name="viewport" content="width=device-width">', ...options })
    await ready(page)
    await type(page, 'rain')
    const panel = await page.locator('nunmul-search .panel').boundingBox()
    assert.ok(panel.x >= 0 && panel.x + panel.width <= options.viewport.width && panel.y + panel.height <= options.viewport.height, JSON.stringify(panel))
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
    await page.context().close()
  }
})

test('it is as dark as the page around it, whatever the visitor\'s system prefers', async () => {
  const pages = [['light', '', false], ['dark', '', false], ['light', 'body{background:#111;color:#eee}', true], ['dark', ':root{color-scheme:light dark}', true], ['light', ':root{color-scheme:light dark}', false]]
  for (const [colorScheme, style, dark] of pages) {
    const page = await open(box(), { head: `${script()}<style>${style}</style>`, colorScheme })
    await ready(page)
    const ground = () => page.locator('nunmul-search .box').evaluate((field) => getComputedStyle(field).backgroundColor)
    assert.equal(await ground(), dark ? 'rgb(23, 33, 42)' : 'rgb(255, 255, 255)', `${colorScheme} ${style}`)
    await page.evaluate((night) => { document.body.style.color = night ? '#111' : '#eee' }, dark)
    await page.locator('nunmul-search input').focus()
    assert.equal(await ground(), dark ? 'rgb(255, 255, 255)' : 'rgb(23, 33, 42)', 'a page that changes')
    await page.context().close()
  }
})

test('a policy that allows the server and nothing else is enough', async () => {
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${server.url}; connect-src ${server.url}">`
  const page = await open(box('facets="kind"'), { head: policy + script() })
  const said = []
  page.on('console', (message) => said.push(message.text()))
  await ready(page)
  await type(page, 'rain')
  assert.notEqual(await page.locator('nunmul-search .panel').evaluate((panel) => getComputedStyle(panel).borderRadius), '0px')
  assert.deepEqual(said, [])
  await page.context().close()
})

test('a server below a path is found with and without the slash at its end', async () => {
  for (const end of ['', '/']) {
    const page = await open(`<nunmul-search key="${keys.search}" host="/search/api${end}"></nunmul-search>`, { head: script() })
    const asked = []
    await page.route('**/search/api/**', (one) => { asked.push(new URL(one.request().url()).pathname); return one.fulfill({ json: { hits: [{ id: 1, title: 'Rain' }] } }) })
    await ready(page)
    await type(page, 'rain')
    assert.ok(asked.includes('/search/api/indexes/entries/search'), asked.join())
    await page.context().close()
  }
})

test('answers that are none are called so, and the next good one is shown', async () => {
  const page = await open(box(), { head: script() })
  await ready(page)
  const failed = page.locator('nunmul-search .note', { hasText: 'is not answering' })
  for (const body of ['not json', '<html>', 'null', '[]', '{}', '{"hits":5}', '{"hits":[null]}']) {
    await page.route('**/search', (one) => one.fulfill({ body }))
    await page.locator('nunmul-search input').fill(`rain ${body.length}`)
    await failed.waitFor()
    await page.unroute('**/search')
    assert.equal((await type(page, 'rain')).length, 2, body)
  }
  await page.context().close()
})

test('a server that never answers is given up after a while', async () => {
  const page = await open(box(), { head: script() })
  await ready(page)
  await page.clock.install()
  await page.route('**/search', () => {})
  await page.locator('nunmul-search input').fill('rain')
  await page.clock.fastForward(20000)
  await page.locator('nunmul-search .note', { hasText: 'is not answering' }).waitFor()
  assert.equal(await page.locator('nunmul-search .busy').count(), 0)
  await page.context().close()
})

test('a renderHit that throws is reported, and the hit is shown as usual', async () => {
  const page = await open(box(), { head: script() })
  await ready(page)
  await page.evaluate(() => { document.querySelector('nunmul-search').renderHit = () => { throw new Error('of the page') } })
  assert.match((await type(page, 'rainy'))[0], /On A Rainy Day/)
  assert.ok(page.errors.some((error) => error.includes('of the page')), page.errors.join())
  await page.context().close()
})

test('a disabled part of a form disables it, and moving it without taking it out leaves it as it is', async () => {
  const page = await open(`<form><fieldset disabled>${box('name="q"')}</fieldset></form><div id="other"></div>`, { head: script() })
  await ready(page)
  assert.equal(await page.locator('nunmul-search input').isDisabled(), true)
  await page.evaluate(() => { document.querySelector('fieldset').disabled = false })
  await type(page, 'rain')
  await page.evaluate(() => document.querySelector('#other').moveBefore(document.querySelector('nunmul-search'), null))
  assert.equal(await page.locator('nunmul-search .panel').isVisible(), true)
  assert.equal(await page.evaluate(() => document.activeElement.localName), 'nunmul-search')
  await page.context().close()
})

test('of many values of a facet the commonest are offered; values called like what objects have are called so', async () => {
  const page = await open(box('facets="kind"'), { head: script() })
  const kinds = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`k${i}`, i + 1]))
  await page.route('**/search', (one) => one.fulfill({ json: { hits: [{ id: 1, title: 'Rain', kind: 'constructor', source: 'my-rainy_songs.csv' }], facetDistribution: { kind: { ...kinds, toString: 99 } } } }))
  await ready(page)
  const [row] = await type(page, 'rain')
  assert.match(row, /constructor · My rainy songs$/)
  const buttons = await page.locator('nunmul-search .facets button').allTextContents()
  assert.deepEqual([buttons.length, buttons[0], buttons[1]], [8, 'toString 99', 'k39 40'])
  await page.context().close()
})
