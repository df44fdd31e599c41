// SPDX-License-Identifier: GPL-2.0-or-later
// The search box by itself: what the manual says of it is there, and what it shows when nothing is found, when
// nothing answers, and before anything is typed.
import assert from 'node:assert/strict'
import http from 'node:http'
import { after, before, test } from 'node:test'
import { axeSource, launchChromium } from './chromium.mjs'
import { manual } from './manual.mjs'
import { startSite } from './site.mjs'
import { answered, compose, hangulStates } from './typing.mjs'

let site, browser

before(async () => {
  site = await startSite()
  browser = await launchChromium()
})
after(async () => { await browser?.close(); await site?.stop() })

const route = '**/indexes/entries/search'

// A page of the site with nothing but the element, in a context of its own.
async function open(attributes = '', { inner = '', ...options } = {}) {
  const page = await (await browser.newContext({ viewport: { width: 900, height: 900 }, locale: 'en-US', bypassCSP: true, ...options })).newPage()
  page.setDefaultTimeout(15000)
  await page.route('**/box', (one) => one.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="en"><title>Box</title><script type="module" src="/nunmul-search.js"></script><main><h1>Box</h1><nunmul-search ${attributes}>${inner}</nunmul-search></main>` }))
  await page.goto(`${site.url}/box`)
  await page.waitForFunction(() => document.querySelector('nunmul-search')?.shadowRoot)
  page.input = page.locator('nunmul-search input')
  page.rows = page.locator('nunmul-search li')
  page.note = page.locator('nunmul-search .note')
  return page
}

async function type(page, text) {
  const waiting = answered(page, text)
  await page.input.fill(text)
  return waiting
}

const axe = async (page) => {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate(() => window.axe.run())
  return violations.map((one) => `${one.id}: ${one.nodes[0].html}`)
}

// The names in the first column of a table of the manual, each in backticks.
const listed = (heading) => {
  const table = manual.slice(manual.indexOf(`| ${heading} |`))
  return table.slice(0, table.indexOf('\n\n')).split('\n').slice(2).flatMap((row) => [...row.split('|')[1].matchAll(/`([^`]+)`/g)].map((found) => found[1]))
}

test('it comes in twelve kilobytes', async () => {
  const bytes = await new Promise((resolve, reject) => {
    http.get(`${site.url}/nunmul-search.js`, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      let length = 0
      answer.on('data', (piece) => { length += piece.length })
      answer.on('end', () => resolve(length))
    }).on('error', reject)
  })
  assert.ok(bytes < 12_000, `${bytes} bytes`)
})

test('every attribute of the manual is a property of its name, and the other way round', async () => {
  const page = await open()
  const names = listed('attribute')
  assert.ok(names.length >= 12, names.join())
  const own = ['lang'] // of every element
  const properties = await page.evaluate(() => Object.entries(Object.getOwnPropertyDescriptors(customElements.get('nunmul-search').prototype)).filter(([, one]) => one.set).map(([name]) => name))
  const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())
  assert.deepEqual(names.map(camel).filter((name) => !own.includes(name)).sort(), properties.sort())
  await page.context().close()
})

test('every part of the manual is there, and no other', async () => {
  const parts = [...manual.slice(manual.indexOf('`::part()`:')).split('.')[0].matchAll(/`([a-z]+)`/g)].map((found) => found[1])
  const page = await open('facets="kind" results-url="#"')
  const seen = () => page.evaluate(() => [...document.querySelector('nunmul-search').shadowRoot.querySelectorAll('[part]')].map((one) => one.getAttribute('part')))
  const found = new Set()
  for (const query of ['윤하', 'rain', 'qqqqzzzz']) { await type(page, query); for (const one of await seen()) found.add(one) }
  assert.deepEqual([...found].sort(), parts.sort())
  await page.context().close()
})

test('every custom property of the manual changes how it looks', async () => {
  const names = [...new Set(manual.match(/--nunmul-[a-z]+/g))]
  assert.equal(names.length, 8)
  const page = await open()
  const looks = () => page.evaluate(() => {
    const root = document.querySelector('nunmul-search').shadowRoot
    return [...root.querySelectorAll('*')].map((one) => { const style = getComputedStyle(one); return [style.color, style.backgroundColor, style.borderColor, style.borderRadius, style.fontFamily, style.fontSize, style.stroke].join() }).join()
  })
  await type(page, 'rain')
  const values = { radius: '1px', font: 'monospace', size: '21px' }
  for (const name of names) {
    const before = await looks()
    const value = values[name.slice(9)] ?? 'rgb(1, 2, 3)'
    await page.evaluate(([property, text]) => document.querySelector('nunmul-search').style.setProperty(property, text), [name, value])
    assert.notEqual(await looks(), before, name)
  }
  await page.context().close()
})

test('slots stand before and after the field, and what has no slot is hidden', async () => {
  const page = await open('', { inner: '<b slot="before">Songs</b><i slot="after">by nunmul</i><form><input name="q"></form>' })
  const top = (selector) => page.locator(selector).boundingBox().then((box) => box.y)
  assert.ok(await top('b') < await top('nunmul-search [part=box]'))
  assert.ok(await top('nunmul-search [part=box]') < await top('i'))
  assert.equal(await page.locator('form').isVisible(), false)
  await page.context().close()
})

test('what is pasted or dictated, without a key, is answered and stays as it is', async () => {
  const page = await open()
  await page.input.focus()
  const session = await page.context().newCDPSession(page)
  for (const text of ['비 오는 날', ' 이별 노래']) {
    const whole = (await page.input.inputValue()) + text
    const waiting = answered(page, whole)
    await session.send('Input.insertText', { text })
    assert.ok((await waiting).length > 0)
    assert.equal(await page.input.inputValue(), whole)
  }
  await page.context().close()
})

test('a name is offered while it is unfinished, and choosing it searches for it', async () => {
  const page = await open()
  await compose(page, hangulStates('윤ㅎ'), (keys, state, rows) => { if (keys >= 3) assert.match(rows[0], /^윤하/, state) })
  const waiting = answered(page, '윤하')
  await page.input.press('ArrowDown')
  await page.input.press('Enter')
  assert.ok((await waiting).some((row) => row.includes('On A Rainy Day')))
  assert.equal(await page.input.inputValue(), '윤하')
  await page.context().close()
})

test('a row says of what kind it is and where it is from, in the visitor\'s language', async () => {
  const page = await open('lang="ko" facets="themes"')
  const rows = await type(page, '비 오는 날')
  const row = rows.find((one) => one.includes('비가 내리는 날에는'))
  assert.match(row, /노래 · 2019/)
  assert.match(row, /눈물 나는 K팝/)
  const themes = await page.locator('nunmul-search .facets button').allTextContents()
  assert.ok(themes.length === 8 && themes.some((one) => one.startsWith('이별 ')), themes.join())
  await page.context().close()
})

// Queries that find nothing in the default content, the offer, and the query behind it.
const offers = [
  ['눈뭉', 'Did you mean 눈물', '눈물'],
  ['"qqqq" rain', 'With fewer words: rain', 'rain'],
  ['"dbsgk"', 'On the other keyboard layout: "윤하"', '"윤하"'],
]

test('where nothing is found, what would find something is a press away', async () => {
  const page = await open('facets="kind"')
  for (const [query, offer, found] of offers) {
    await type(page, query)
    const button = page.note.getByRole('button', { name: offer })
    assert.deepEqual(await axe(page), [], query)
    assert.match(await page.locator('nunmul-search [part=status]').textContent(), new RegExp(`Nothing found for “.*” ${offer}`), 'what is offered is told, too')
    const waiting = answered(page, found)
    await button.click()
    assert.ok((await waiting).length > 0, query)
    assert.equal(await page.input.inputValue(), found)
  }
  await page.context().close()
})

test('without a connection it says so, tells the page, and tries again on request', async () => {
  const page = await open()
  await page.evaluate(() => { window.errors = []; document.addEventListener('nunmul-error', ({ detail }) => window.errors.push(detail)) })
  await page.route(route, (one) => one.abort())
  await page.input.fill('rain')
  await page.note.filter({ hasText: 'is not answering' }).waitFor()
  assert.deepEqual(await page.evaluate(() => window.errors), [{ query: 'rain', status: 0 }])
  assert.deepEqual(await axe(page), [])
  await page.unroute(route)
  const waiting = answered(page, 'rain')
  await page.note.getByRole('button', { name: 'Try again' }).click()
  assert.ok((await waiting).length > 0)
  await page.context().close()
})

test('a busy server is asked again by itself, and given up kindly', async () => {
  const page = await open()
  let asked = 0
  await page.route(route, (one) => (++asked < 3 ? one.fulfill({ status: asked === 1 ? 429 : 503, headers: { 'retry-after': '0' }, body: '' }) : one.continue()))
  assert.ok((await type(page, 'rain')).length > 0)
  assert.equal(asked, 3)
  await page.unroute(route)
  await page.route(route, (one) => one.fulfill({ status: 503, headers: { 'retry-after': '0' }, body: '' }))
  await page.input.fill('snow')
  await page.note.filter({ hasText: 'busy right now' }).getByRole('button', { name: 'Try again' }).waitFor()
  await page.context().close()
})

test('while a slow answer is on its way the box shows that it waits, and the last list stays', async () => {
  const page = await open()
  const rows = await type(page, 'rain')
  let release
  const held = new Promise((resolve) => { release = resolve })
  await page.route(route, async (one) => { await held; await one.continue() })
  const waiting = answered(page, 'rainy')
  await page.input.fill('rainy')
  await page.waitForFunction(() => document.querySelector('nunmul-search').shadowRoot.querySelector('.busy'))
  assert.equal(await page.rows.count(), rows.length)
  release()
  await waiting
  assert.equal(await page.evaluate(() => Boolean(document.querySelector('nunmul-search').shadowRoot.querySelector('.busy'))), false)
  await page.context().close()
})

test('an answer that is late is not asked for any more, and never takes the place of a later one', async () => {
  const page = await open()
  let release
  const held = new Promise((resolve) => { release = resolve }), cancelled = []
  page.on('requestfailed', (request) => cancelled.push(request.postDataJSON().q))
  await page.route(route, async (one) => { if (one.request().postDataJSON().q === 'snow') await held; await one.continue().catch(() => {}) })
  await page.input.fill('snow')
  const rows = await type(page, 'rain')
  const told = page.evaluate(() => new Promise((resolve) => { const seen = []; document.addEventListener('nunmul-results', ({ detail }) => { seen.push(detail.query); if (detail.query === 'goblin') resolve(seen) }) }))
  release()
  assert.deepEqual(await page.rows.allTextContents(), rows)
  await type(page, 'goblin')
  assert.deepEqual(await told, ['goblin'])
  assert.deepEqual(cancelled, ['snow'])
  await page.context().close()
})

test('who wants less motion sees none', async () => {
  for (const reducedMotion of ['reduce', 'no-preference']) {
    const page = await open('', { reducedMotion })
    await page.route(route, () => {})
    await page.input.fill('rain')
    const glass = page.locator('nunmul-search .busy .box > svg')
    const moves = await glass.evaluate((one) => [getComputedStyle(one).animationName, getComputedStyle(one.parentElement).transitionDuration].join())
    assert.equal(moves === 'none,0s', reducedMotion === 'reduce', moves)
    await page.context().close()
  }
})

test('whole syllables are marked, also while the last one is unfinished', async () => {
  const page = await open('lang="ko"')
  await compose(page, hangulStates('윤ㅎ'), () => {})
  assert.deepEqual([...new Set(await page.locator('nunmul-search mark').allTextContents())], ['윤하'])
  await page.context().close()
})

test('a recent search can be taken out by itself, with a key or the pointer', async () => {
  const page = await open()
  await page.evaluate(() => document.addEventListener('nunmul-submit', (event) => event.preventDefault()))
  for (const query of ['rain', 'snow', 'goblin']) { await type(page, query); await page.input.press('Enter') }
  await page.input.fill('')
  await page.rows.nth(2).waitFor()
  assert.deepEqual(await page.rows.allTextContents(), ['goblin', 'snow', 'rain'])
  assert.deepEqual(await axe(page), [])
  await page.input.press('ArrowDown')
  await page.input.press('Delete')
  assert.deepEqual(await page.rows.allTextContents(), ['snow', 'rain'])
  await page.locator('nunmul-search .drop').nth(1).click()
  assert.deepEqual(await page.rows.allTextContents(), ['snow'])
  assert.equal(await page.evaluate(() => localStorage.getItem('nunmul-recent-entries')), '["snow"]')
  await page.context().close()
})
