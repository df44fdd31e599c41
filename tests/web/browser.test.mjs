// SPDX-License-Identifier: GPL-2.0-or-later
// The search box in Chromium: what was typed with an input method is answered at every state, the
// keyboard works as in any combobox, axe finds nothing to say, and the budgets hold.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { attack, startSite } from './site.mjs'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
let site, browser

before(async () => {
  site = await startSite()
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args })
})
after(async () => { await browser?.close(); await site?.stop() })

async function open(path = '/', options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, locale: 'en-US', bypassCSP: false, ...options })
  const page = await context.newPage()
  page.outside = []
  page.on('request', (request) => { if (!request.url().startsWith(site.url)) page.outside.push(request.url()) })
  await page.goto(site.url + path)
  await page.waitForFunction(() => customElements.get('nunmul-search') && document.querySelector('nunmul-search')?.shadowRoot)
  return page
}

// Hits as the list shows them once it answers exactly this query.
const answered = (page, query) => page.evaluate((wanted) => new Promise((resolve, reject) => {
  const box = document.querySelector('nunmul-search')
  const list = () => [...box.shadowRoot.querySelectorAll('li')].map((row) => row.textContent)
  if (box.lastQuery === wanted) { resolve(list()); return }
  const timer = setTimeout(() => reject(new Error(`no answer to ${wanted}`)), 5000)
  const listen = (event) => {
    if (event.detail.query !== wanted) return
    clearTimeout(timer)
    box.removeEventListener('nunmul-results', listen)
    resolve(list())
  }
  box.addEventListener('nunmul-results', listen)
}), query)

const remember = (page) => page.evaluate(() => {
  const box = document.querySelector('nunmul-search')
  box.addEventListener('nunmul-results', (event) => { box.lastQuery = event.detail.query })
})

// What a Korean input method shows after each key of a word.
const CHO = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ', JUNG = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'
function hangulStates(word) {
  const states = []
  let done = ''
  for (const letter of word) {
    const code = letter.codePointAt(0) - 0xac00
    if (code < 0 || code > 11171) { done += letter; states.push(done); continue }
    const final = code % 28
    states.push(done + CHO[Math.floor(code / 588)])
    states.push(done + String.fromCodePoint(0xac00 + code - final))
    if (final) states.push(done + letter)
    done += letter
  }
  return states
}

const korean = [['윤하', 'On A Rainy Day'], ['거미', 'Remember'], ['크러쉬', 'SOFA'], ['보아', 'Moon'], ['세븐틴', 'Smile Flower'], ['박효신', 'HERO'], ['김재중', 'Forget'], ['정세운', 'Good Night'],
  ['부산행', 'Train'], ['도깨비', 'Goblin'], ['나의 아저씨', 'My Mister'], ['사랑의 불시착', 'Crash']]
const japanese = [['ゆんな', 'On A Rainy Day', ['ゆ', 'ゆん', 'ゆんな', 'ユンナ']], ['トッケビ', 'Goblin', ['ト', 'トッ', 'トッケ', 'トッケビ']], ['太陽の末裔', 'Descendants', ['た', 'たい', '太陽', '太陽の末裔']],
  ['愛の不時着', 'Crash', ['あ', 'あい', '愛の', '愛の不時着']], ['少女時代', 'Indestructible', ['し', 'しょ', '少女', '少女時代']], ['秋の童話', 'Autumn', ['あ', 'あき', '秋の', '秋の童話']]]

async function typeStates(page, states, wanted) {
  const input = page.locator('nunmul-search input')
  await input.fill('')
  await input.focus()
  const session = await page.context().newCDPSession(page)
  let keys = 0
  const missing = []
  for (const state of states) {
    ++keys
    const waiting = answered(page, state)
    await session.send('Input.imeSetComposition', { text: state, selectionStart: state.length, selectionEnd: state.length })
    const rows = await waiting
    assert.equal(await input.inputValue(), state, 'what was typed is never changed')
    if (keys >= 3 && !rows.some((row) => row.includes(wanted))) missing.push(`${state}: ${rows.slice(0, 3).join(' | ')}`)
  }
  await session.send('Input.insertText', { text: states.at(-1) })
  return missing
}

test('every state of a Korean word on its way keeps the target from the third key on', async () => {
  const page = await open()
  await remember(page)
  for (const [word, wanted] of korean) assert.deepEqual(await typeStates(page, hangulStates(word), wanted), [], word)
  await page.context().close()
})

test('Japanese words are found at their end, and nothing breaks on the way', async () => {
  const page = await open()
  await remember(page)
  for (const [word, wanted, states] of japanese) {
    const missing = await typeStates(page, states, wanted)
    assert.ok(!missing.some((state) => state.startsWith(states.at(-1))), `${word}: ${missing}`)
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

test('axe finds nothing on any page, light and dark, on desktop and phone', async () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const viewport of [{ width: 1200, height: 900 }, { width: 390, height: 844 }]) {
      for (const path of ['/', '/?q=rain', '/?q=qqqqzzzz', '/entries/younha-on-a-rainy-day', '/try']) {
        const context = await browser.newContext({ colorScheme, viewport, bypassCSP: true })
        const page = await context.newPage()
        await page.goto(site.url + path, { waitUntil: 'networkidle' })
        if (path === '/') {
          await page.locator('nunmul-search input').fill('rain')
          await page.locator('nunmul-search li').first().waitFor()
        }
        await page.evaluate(axeSource)
        const { violations } = await page.evaluate(() => window.axe.run())
        assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes[0].html}`), [], `${path} ${colorScheme} ${viewport.width}`)
        await context.close()
      }
    }
  }
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

test('no request leaves the server, nothing moves, and answers are painted soon', async () => {
  const page = await open()
  await page.evaluate(() => {
    window.shift = 0
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value }).observe({ type: 'layout-shift', buffered: true })
  })
  const times = []
  for (const query of ['r', 'ra', 'rai', 'rain', 'rain ', 'rain b', 'rain br', 'rain bre', 'rain brea', 'rain break', 'rain breaku', 'rain breakup']) {
    times.push(await page.evaluate((text) => new Promise((resolve) => {
      const box = document.querySelector('nunmul-search'), input = box.shadowRoot.querySelector('input')
      const start = performance.now()
      const listen = (event) => {
        if (event.detail.query !== text) return
        box.removeEventListener('nunmul-results', listen)
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)))
      }
      box.addEventListener('nunmul-results', listen)
      input.focus()
      input.value = text
      input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
    }), query))
  }
  times.sort((a, b) => a - b)
  console.log(`keystroke to painted answers: median ${times[Math.floor(times.length / 2)].toFixed(1)} ms, p95 ${times.at(-1).toFixed(1)} ms`)
  assert.deepEqual(page.outside, [])
  assert.equal(await page.evaluate(() => window.shift), 0)
  await page.context().close()
})
