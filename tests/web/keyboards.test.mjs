// SPDX-License-Identifier: GPL-2.0-or-later
// Keyboards and input methods of every kind: their own keys are left to them, each state on the way is
// answered, and what they typed is never touched.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launchChromium } from './chromium.mjs'
import { startSite } from './site.mjs'
import { answered, compose, hangulStates } from './typing.mjs'

let site, browser
before(async () => {
  site = await startSite()
  browser = await launchChromium()
})
after(async () => { await browser?.close(); await site?.stop() })

const route = '**/indexes/entries/search'

// The start page, with the field focused. `asked` has the queries that were sent.
async function open() {
  const page = await (await browser.newContext({ viewport: { width: 900, height: 900 }, locale: 'en-US' })).newPage()
  page.setDefaultTimeout(15000)
  page.asked = []
  page.on('request', (request) => { if (request.url().endsWith('/search')) page.asked.push(JSON.parse(request.postData()).q) })
  await page.goto(site.url)
  await page.waitForFunction(() => document.querySelector('nunmul-search')?.shadowRoot)
  page.input = page.locator('nunmul-search input')
  await page.input.focus()
  page.session = await page.context().newCDPSession(page)
  return page
}

// One state of a composition, in the place of what stands from `begin` to `end` if these are given.
async function composing(page, text, whole = text, replaced = {}) {
  const waiting = answered(page, whole)
  await page.session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length, ...replaced })
  const rows = await waiting
  assert.equal(await page.input.inputValue(), whole)
  return rows
}

// An event of the kind that a browser elsewhere makes, at the field itself.
const dispatch = (page, kind, name, options) => page.evaluate(([type, event, given]) => {
  document.querySelector('nunmul-search').shadowRoot.querySelector('input').dispatchEvent(new window[type](event, { bubbles: true, composed: true, cancelable: true, ...given }))
}, [kind, name, options])

const state = (page) => page.evaluate(() => {
  const root = document.querySelector('nunmul-search').shadowRoot, input = root.querySelector('input')
  return { value: input.value, active: input.getAttribute('aria-activedescendant'), open: input.getAttribute('aria-expanded'), rows: root.querySelectorAll('li').length, url: location.href }
})

test('keys that belong to a composition neither choose, move, close nor send', async () => {
  const page = await open()
  for (const step of hangulStates('윤하')) await composing(page, step)
  const before = await state(page)
  for (const key of ['Enter', 'ArrowDown', 'ArrowUp', 'Escape', 'Home', 'End']) {
    await page.session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, windowsVirtualKeyCode: 229 })
    assert.deepEqual(await state(page), before, key)
  }
  await page.session.send('Input.insertText', { text: '윤하' })
  await page.input.press('ArrowDown')
  assert.notEqual((await state(page)).active, null, 'after it they work')
  await page.context().close()
})

test('an Enter that ends a composition sends nothing where its key comes after the end, as in Safari', async () => {
  const page = await open()
  await compose(page, hangulStates('윤하'), () => {})
  const before = await state(page)
  await dispatch(page, 'KeyboardEvent', 'keydown', { key: 'Enter', keyCode: 229, isComposing: false })
  assert.deepEqual(await state(page), before)
  await page.input.press('Enter')
  await page.waitForURL('**/?q=%EC%9C%A4%ED%95%98')
  await page.context().close()
})

test('Enter of a keyboard that still composes the word sends it, as on Android', async () => {
  const page = await open()
  for (const word of ['ra', 'rain']) await composing(page, word)
  await page.session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', windowsVirtualKeyCode: 13 })
  await page.waitForURL('**/?q=rain')
  await page.context().close()
})

test('a keyboard that composes whole words, and puts another in their place, is answered at each letter', async () => {
  const page = await open()
  for (const word of ['b', 'br', 'bre', 'brea', 'breal', 'brealup']) {
    await page.session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Unidentified', windowsVirtualKeyCode: 229 })
    assert.ok((await composing(page, word)).length > 0, word)
  }
  await composing(page, 'breakup', 'breakup', { replacementStart: 0, replacementEnd: 7 })
  await page.session.send('Input.insertText', { text: 'breakup ' })
  assert.ok((await composing(page, 'ra', 'breakup ra')).length > 0)
  await page.context().close()
})

test('kana become kanji, kana again, and other kanji', async () => {
  const page = await open()
  for (const step of ['な', 'なみ', 'なみだ', '涙']) assert.ok((await composing(page, step)).length > 0, step)
  await page.session.send('Input.insertText', { text: '涙' })
  for (const step of ['なみだ', '泪', '涙']) {
    const waiting = answered(page, step)
    await page.session.send('Input.imeSetComposition', { text: step, selectionStart: step.length, selectionEnd: step.length, replacementStart: 0, replacementEnd: (await page.input.inputValue()).length })
    assert.ok((await waiting).length > 0, step)
    assert.equal(await page.input.inputValue(), step)
  }
  await page.context().close()
})

test('an accent that waits for its letter is no other word', async () => {
  const page = await open()
  await page.session.send('Input.insertText', { text: 'beyonc' })
  await composing(page, '´', 'beyonc´')
  await composing(page, 'é', 'beyoncé')
  await page.session.send('Input.insertText', { text: 'é' })
  assert.equal(await page.input.inputValue(), 'beyoncé')
  await page.context().close()
})

test('a keyboard that takes letters out and puts them back changed does not make the list flicker', async () => {
  const page = await open()
  const replace = (text) => page.evaluate((to) => {
    const root = document.querySelector('nunmul-search').shadowRoot, input = root.querySelector('input')
    const change = (value, inputType) => { input.value = value; input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType, data: null })) }
    change(input.value.slice(0, -1), 'deleteContentBackward')
    const between = root.querySelectorAll('li').length
    change(to, 'insertText')
    return between
  }, text)
  await composing(page, 'ㅇ')
  await page.session.send('Input.insertText', { text: 'ㅇ' }) // the same text again, which is asked once
  for (const step of ['유', '윤']) {
    const waiting = answered(page, step)
    assert.ok(await replace(step) > 0, 'the list stays meanwhile')
    assert.ok((await waiting).length > 0)
  }
  assert.deepEqual(page.asked, ['ㅇ', '유', '윤'])
  await page.input.press('Backspace')
  await page.waitForFunction(() => document.querySelector('nunmul-search').shadowRoot.querySelectorAll('li').length === 0)
  await page.context().close()
})

test('a page that gives back the text at every key, as controlled fields do, does not end the composition', async () => {
  const page = await open()
  await page.evaluate(() => {
    const box = document.querySelector('nunmul-search')
    window.ended = 0
    box.addEventListener('input', () => { box.value = box.value })
    box.addEventListener('compositionend', () => { window.ended += 1 })
  })
  for (const step of hangulStates('윤하')) await composing(page, step)
  assert.equal(await page.evaluate(() => window.ended), 0)
  await page.context().close()
})

test('a chosen row is given up as soon as the typing goes on, however slow the answer', async () => {
  const page = await open()
  const waiting = answered(page, 'rain')
  await page.input.fill('rain')
  await waiting
  await page.input.press('ArrowDown')
  assert.notEqual((await state(page)).active, null)
  await page.route(route, () => {})
  await page.input.pressSequentially('y')
  assert.equal((await state(page)).active, null)
  await page.input.press('Enter')
  await page.waitForURL('**/?q=rainy')
  await page.context().close()
})

test('a field that is emptied before the answer waits for none', async () => {
  const page = await open()
  await page.clock.install()
  await page.route(route, () => {})
  await page.input.fill('rain')
  await page.input.fill('')
  await page.clock.fastForward(1000)
  assert.equal(await page.locator('nunmul-search .busy').count(), 0)
  await page.context().close()
})
