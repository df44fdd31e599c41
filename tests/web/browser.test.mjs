// SPDX-License-Identifier: GPL-2.0-or-later
// The pages in Chromium: what was typed with an input method is answered at every state, the keyboard works
// as in any combobox, axe finds nothing to say, and the budgets hold.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { axeSource, launchChromium } from './chromium.mjs'
import { startServer } from '../http/server.mjs'
import { attack, startSite } from './site.mjs'
import { answered, compose, hangulStates, kanaStates } from './typing.mjs'

let site, browser

before(async () => {
  site = await startSite()
  browser = await launchChromium()
})
after(async () => { await browser?.close(); await site?.stop() })

async function open(path = '/', { url = site.url, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, locale: 'en-US', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(15000)
  page.outside = []
  page.on('request', (request) => { if (!request.url().startsWith(url)) page.outside.push(request.url()) })
  await page.addInitScript(() => {
    window.shift = 0
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(url + path)
  await page.waitForFunction(() => document.querySelector('nunmul-search')?.shadowRoot)
  return page
}

const korean = [['윤하', 'On A Rainy Day'], ['거미', 'Remember'], ['크러쉬', 'SOFA'], ['보아', 'Moon'], ['세븐틴', 'Smile Flower'], ['박효신', 'HERO'], ['김재중', 'Forget'], ['정세운', 'Good Night'],
  ['부산행', 'Train'], ['도깨비', 'Goblin'], ['나의 아저씨', 'My Mister'], ['에픽하이', 'LOVEDRUNK'], ['늑대소년', 'Werewolf'], ['사랑의 불시착', 'Crash']]
// The keys, what they are converted to, and an entry's title.
const japanese = [['yunnna', 'ユンナ', 'On A Rainy Day'], ['tokkebi', 'トッケビ', 'Goblin'], ['taiyounomatsuei', '太陽の末裔', 'Descendants'], ['ainofujichaku', '愛の不時着', 'Crash'],
  ['shoujojidai', '少女時代', 'Indestructible'], ['akinodouwa', '秋の童話', 'Autumn'], ['shinkansenn', '新感染', 'Train'], ['pakuhyoshinn', 'パク・ヒョシン', 'HERO'],
  ['ru-shi-', 'ルーシー', 'PLAY'], ['watashinoookamishounen', '私のオオカミ少年', 'Werewolf']]

// The states from the third key on whose list lacks the entry.
async function losses(page, states, title) {
  const missing = []
  await compose(page, states, (keys, state, rows, typed) => {
    assert.equal(typed, state, 'what was typed is never changed')
    if (keys >= 3 && !rows.some((row) => row.includes(title))) missing.push(`${state}: ${rows.slice(0, 3).join(' | ')}`)
  })
  return missing
}

test('every state of a Korean word on its way keeps the target from the third key on', async () => {
  const page = await open()
  for (const [word, title] of korean) assert.deepEqual(await losses(page, hangulStates(word), title), [], word)
  await page.context().close()
})

test('every state of a Japanese word keeps it too: letters, kana, and what they are converted to', async () => {
  const page = await open()
  for (const [i, [keys, word, title]] of japanese.entries()) {
    const states = [...kanaStates(keys, i % 2 ? 'narrow' : 'wide'), word]
    assert.deepEqual(await losses(page, states, title), [], word)
  }
  await page.context().close()
})

test('a chosen word of half a sentence keeps what stands before it', async () => {
  const page = await open()
  const session = await page.context().newCDPSession(page)
  await page.locator('nunmul-search input').focus()
  await session.send('Input.insertText', { text: '太陽' })
  const states = kanaStates('nomatsuei').map((state) => `太陽${state}`)
  for (const state of states) {
    const waiting = answered(page, state)
    const text = state.slice(2)
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    assert.ok((await waiting).some((row) => row.includes('Descendants')), state)
  }
  await page.context().close()
})

test('the keyboard works as in any combobox', async () => {
  const page = await open()
  const input = page.locator('nunmul-search input')
  const waiting = answered(page, 'breakup rain ballad')
  await input.fill('breakup rain ballad')
  await waiting
  assert.equal(await input.getAttribute('aria-expanded'), 'true')
  await input.press('ArrowDown')
  const active = await input.getAttribute('aria-activedescendant')
  assert.ok(active)
  assert.equal(await page.locator(`nunmul-search #${active}`).getAttribute('aria-selected'), 'true')
  await input.press('Escape')
  assert.equal(await input.getAttribute('aria-expanded'), 'false')
  assert.equal(await input.inputValue(), 'breakup rain ballad')
  await input.press('ArrowDown')
  await input.press('ArrowDown')
  await input.press('Enter')
  await page.waitForURL('**/entries/younha-on-a-rainy-day')
  await page.context().close()
})

test('a filter is reached and given up with the keyboard, and is no dead end', async () => {
  const page = await open()
  const input = page.locator('nunmul-search input'), facets = page.locator('nunmul-search .facets button')
  const focused = () => page.evaluate(() => document.querySelector('nunmul-search').shadowRoot.activeElement?.dataset.facet)
  let waiting = answered(page, 'love')
  await input.fill('love')
  await waiting
  for (let i = 0; i < 6 && (await focused()) !== 'kind:drama'; ++i) await page.keyboard.press('Tab')
  waiting = answered(page, 'love')
  await page.keyboard.press('Enter')
  await waiting
  assert.equal(await focused(), 'kind:drama', 'the focus stays on the button that was pressed')
  assert.equal(await facets.filter({ hasText: 'Drama' }).getAttribute('aria-pressed'), 'true')
  waiting = answered(page, 'zombies')
  await input.fill('zombies')
  assert.equal((await waiting).length, 0)
  waiting = answered(page, 'zombies')
  await page.locator('nunmul-search').getByRole('button', { name: 'Without filters' }).click()
  assert.ok((await waiting).length > 0)
  await page.context().close()
})

test('recent searches are offered in the empty field, and can be forgotten', async () => {
  const page = await open()
  const input = page.locator('nunmul-search input'), rows = page.locator('nunmul-search li')
  await input.fill('rain')
  await rows.first().waitFor()
  await input.press('Enter')
  await page.waitForURL('**/?q=rain')
  await page.locator('nunmul-search .clear').click()
  await page.waitForFunction(() => document.querySelector('nunmul-search').shadowRoot.querySelectorAll('li').length === 1)
  assert.equal(await rows.first().textContent(), 'rain')
  await page.locator('nunmul-search').getByRole('button', { name: 'Clear all' }).click()
  assert.equal(await rows.count(), 0)
  await page.context().close()
})

test('axe finds nothing on any page, light and dark, on desktop and phone', async () => {
  const guarded = await startServer()
  const views = [['light', 1200, 'en'], ['dark', 1200, 'ko'], ['light', 390, 'ja'], ['dark', 390, 'en']]
  const paths = ['/', '/?q=rain', '/?q=love&kind=film', '/?q=qqqqzzzz', '/entries/younha-on-a-rainy-day', '/entries/nobody', '/nowhere', '/try', `${guarded.url}/`, `${guarded.url}/entries/x`, `${guarded.url}/try`]
  for (const [colorScheme, width, locale] of views) {
    const context = await browser.newContext({ colorScheme, locale, viewport: { width, height: 900 }, bypassCSP: true })
    const page = await context.newPage()
    for (const path of paths) {
      await page.goto(path.startsWith('/') ? site.url + path : path, { waitUntil: 'load' })
      await page.waitForFunction(() => document.querySelector('nunmul-search, #try'))
      if (path === '/') {
        await page.locator('nunmul-search input').fill('rain')
        await page.locator('nunmul-search li').first().waitFor()
      }
      await page.evaluate(axeSource)
      const check = async (state) => {
        const { violations } = await page.evaluate(() => window.axe.run())
        assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes[0].html}`), [], `${path} ${state} ${colorScheme} ${width}`)
      }
      await check('')
      if (path === '/') {
        // The list with a row chosen, with offers where nothing is found, and with what a failure says.
        const note = page.locator('nunmul-search .note'), input = page.locator('nunmul-search input')
        await input.press('ArrowDown')
        await check('with a chosen row')
        await input.fill('"dbsgk"')
        await note.filter({ hasText: '윤하' }).waitFor()
        await check('with offers')
        await page.route('**/search', (one) => one.abort())
        await input.fill('qqqq')
        await note.locator('button').waitFor()
        await check('without a connection')
        await page.unroute('**/search')
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      assert.ok(wide <= 0, `${path} at ${width} is ${wide} too wide`)
    }
    await context.close()
  }
  await guarded.stop()
})

test('the page for builders asks as one types, and its line for the shell gives the same answer', async () => {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${site.url}/try`)
  await page.locator('#tq').fill("it's 윤하")
  await page.waitForFunction(() => document.querySelector('#answer').textContent.includes('"query": "it\'s 윤하"'))
  assert.match(await page.locator('#timing').textContent(), /^200 · [\d.]+ ms · \d+ B$/)
  const shown = JSON.parse(await page.locator('#answer').textContent())
  assert.ok(shown.hits.length > 0 && shown.hits[0]._rankingScoreDetails)
  const line = await page.locator('#request').textContent()
  const answer = JSON.parse(execFileSync('sh', ['-c', line], { stdio: ['ignore', 'pipe', 'ignore'] }))
  assert.deepEqual(answer.hits, shown.hits)
  await page.context().close()
})

test('a document of markup shows as text in the list', async () => {
  const page = await open()
  const waiting = answered(page, 'zombify')
  await page.locator('nunmul-search input').fill('zombify')
  const rows = await waiting
  assert.ok(rows.some((row) => row.includes(attack.slice(0, 20))), rows.join())
  assert.notEqual(await page.title(), 'hacked')
  assert.equal(await page.locator('nunmul-search img').count(), 0)
  await page.context().close()
})

test('no request leaves the server, all is small, and nothing moves while answers come', async () => {
  for (const path of ['/', '/?q=rain', '/entries/younha-on-a-rainy-day']) {
    const page = await open(path.startsWith('/entries') ? '/?q=love&kind=film' : path)
    const bytes = await page.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, one) => sum + one.transferSize, 0))
    for (const query of ['r', 'ra', 'rai', 'rain', 'rain zzzzqq', 'qqqqzzzz']) {
      const waiting = answered(page, query)
      await page.locator('nunmul-search input').fill(query)
      await waiting
    }
    if (path.startsWith('/entries')) await page.goto(site.url + path, { waitUntil: 'networkidle' })
    assert.deepEqual(page.outside, [])
    assert.equal(await page.evaluate(() => window.shift), 0, path)
    assert.ok(bytes > 10_000 && bytes < 50_000, `${bytes} bytes with the page itself`)
    await page.context().close()
  }
})

test('where a key is needed a visitor can give one, and it stays in the tab', async () => {
  const guarded = await startServer({ key: 'a master key of the tests' })
  await guarded.write('POST', '/indexes/entries/documents', [{ id: '1', title: 'Rain', description: 'Tears fall.' }])
  const search = (await guarded.call('GET', '/keys')).json.results.find((key) => key.name === 'Default Search API Key').key
  const page = await open('/', { url: guarded.url })
  const note = page.locator('#key-note'), status = page.locator('#key-status')
  assert.ok(await note.isVisible())
  await page.locator('#key').fill('nonsense')
  await page.locator('#key-form button').click()
  await status.filter({ hasText: 'invalid' }).waitFor()
  await page.locator('#key').fill(search)
  await page.locator('#key-form button').click()
  await note.waitFor({ state: 'detached' })
  const waiting = answered(page, 'rain')
  await page.locator('nunmul-search input').fill('rain')
  assert.equal((await waiting).length, 1)
  await page.locator('nunmul-search input').press('ArrowDown')
  await page.locator('nunmul-search input').press('Enter')
  await page.locator('article p').filter({ hasText: 'Tears fall.' }).waitFor()
  await page.reload()
  await page.locator('article p').filter({ hasText: 'Tears fall.' }).waitFor()
  await page.goto(`${guarded.url}/?q=rain`)
  await page.locator('.hits li').first().waitFor()
  assert.equal(await page.evaluate((key) => Object.values(localStorage).join().includes(key), search), false)
  await page.context().close()
  const other = await open(`/entries/1#key=${search}`, { url: guarded.url })
  await other.locator('article p').filter({ hasText: 'Tears fall.' }).waitFor()
  assert.equal(other.url(), `${guarded.url}/entries/1`)
  await other.context().close()
  await guarded.stop()
})
