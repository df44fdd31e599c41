#!/usr/bin/env node
// SPDX-License-Identifier: GPL-2.0-or-later
// Takes the pictures of the search box in docs/pictures, light and dark, with a Korean query half typed.
//   node tests/web/pictures.mjs           takes them
//   node tests/web/pictures.mjs --check   says what the box shows otherwise now, with exit status 1 if it does
// Pixels depend on the fonts of a machine. What the pictures show is therefore written down beside them, in
// search-box.json, and compared: the texts of the list with their marks, and the colours and sizes of its parts.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
process.env.NUNMUL_BINARY ??= join(root, 'build/release/nunmul')
const [{ launchChromium }, { startServer }, { answered, hangulStates }] = await Promise.all(['./chromium.mjs', '../http/server.mjs', './typing.mjs'].map((file) => import(file)))
const folder = join(root, 'docs/pictures')
const word = '이별'
const schemes = { light: ['#ffffff', '#1f2328'], dark: ['#0d1117', '#e6edf3'] }

const pageOf = (url, [background, text]) => `<!doctype html><html lang="en"><style>body{margin:0;padding:20px;background:${background};color:${text}}</style>
<script type="module" src="${url}/nunmul-search.js"></script><nunmul-search facets="kind" limit="3"></nunmul-search>`

// The box as a visitor sees it, in words.
const seen = (page) => page.evaluate(() => {
  const shadow = document.querySelector('nunmul-search').shadowRoot
  const marked = (node) => [...node.childNodes].map((child) => (child.nodeType === 3 ? child.data : child.localName === 'mark' ? `[${child.textContent}]` : marked(child))).join('')
  const style = (selector, names) => { const part = shadow.querySelector(selector); if (!part) return ''; const all = getComputedStyle(part); return names.map((name) => all[name]).join(' ') }
  return {
    typed: shadow.querySelector('input').value,
    facets: [...shadow.querySelectorAll('.facets button')].map((button) => button.textContent),
    rows: [...shadow.querySelectorAll('li')].map((row) => [...row.children].map((part) => marked(part).trim()).filter(Boolean)),
    box: style('.box', ['color', 'backgroundColor', 'borderColor', 'borderRadius', 'minHeight']),
    title: style('.title', ['color', 'fontSize', 'fontWeight']),
    snippet: style('.snippet', ['color', 'fontSize']),
    mark: style('mark', ['color', 'fontWeight']),
  }
})

async function take(browser, url, [scheme, colours]) {
  const page = await (await browser.newContext({ viewport: { width: 720, height: 640 }, deviceScaleFactor: 1.5, colorScheme: scheme, locale: 'en-US', reducedMotion: 'reduce' })).newPage()
  await page.route(`${url}/picture`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: pageOf(url, colours) }))
  await page.goto(`${url}/picture`)
  await page.waitForFunction(() => document.querySelector('nunmul-search')?.shadowRoot)
  await page.locator('nunmul-search input').focus()
  const state = hangulStates(word).at(-2), waiting = answered(page, state) // one key short of the word
  await page.keyboard.insertText(state)
  await waiting
  const bottom = await page.evaluate(() => document.querySelector('nunmul-search').shadowRoot.querySelector('.panel').getBoundingClientRect().bottom)
  const png = await page.screenshot({ clip: { x: 0, y: 0, width: 720, height: Math.ceil(bottom) + 28 } })
  const shown = await seen(page)
  await page.context().close()
  return { png, shown }
}

const data = mkdtempSync(join(tmpdir(), 'nunmul-pictures-'))
execFileSync(process.env.NUNMUL_BINARY, ['index', '--data-dir', data, '--settings', join(root, 'index/settings/entries.json'), join(root, 'index/content')], { stdio: 'ignore' })
const server = await startServer({ key: '', dataDir: data }), browser = await launchChromium()
const pictures = {}
for (const scheme of Object.entries(schemes)) pictures[scheme[0]] = await take(browser, server.url, scheme)
await browser.close()
await server.stop()
rmSync(data, { recursive: true, force: true })

const file = join(folder, 'search-box.json')
const now = JSON.stringify(Object.fromEntries(Object.entries(pictures).map(([scheme, { shown }]) => [scheme, shown])), null, 1) + '\n'
if (process.argv.includes('--check')) {
  const then = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const lines = now.split('\n').filter((line) => !then.includes(line))
  if (now !== then) { console.log(lines.join('\n') || 'fewer rows'); process.exitCode = 1 }
} else {
  for (const [scheme, { png }] of Object.entries(pictures)) writeFileSync(join(folder, `search-box-${scheme}.png`), png)
  writeFileSync(file, now)
}
