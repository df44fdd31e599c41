// SPDX-License-Identifier: GPL-2.0-or-later
// From a key to painted answers, over the default content and over 50,000 documents: printed, not held to a
// bound, since it depends on what else the machine does. Held is that each key is answered.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { launchChromium } from './chromium.mjs'
import { startServer } from '../http/server.mjs'
import { hangulStates, kanaStates } from './typing.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const content = join(root, 'index/content')
const entries = readdirSync(content).flatMap((file) => readFileSync(join(content, file), 'utf8').trim().split('\n').map((line) => JSON.parse(line)))
let browser
before(async () => { browser = await launchChromium() })
after(() => browser?.close())

const letters = (word) => [...word].map((_, i) => word.slice(0, i + 1))
const keys = [...['윤하', '크러쉬', '세븐틴', '박효신', '정세운', '부산행', '도깨비', '나의 아저씨', '사랑의 불시착', '비 오는 날 이별 노래'].flatMap(hangulStates),
  ...['yunnna', 'tokkebi', 'taiyounomatsuei', 'ainofujichaku', 'namidanouta'].flatMap((word) => kanaStates(word)),
  ...['younha', 'breakup rain ballad', 'train to busan', 'a father loses his daughter', 'goblin', 'hello gohst'].flatMap(letters)]

// Other entries made of the same words: numbers decide which, the same in every run.
function made(count) {
  let seed = 20240229
  const random = (below) => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor((seed / 2147483648) * below) }
  const words = (field) => entries.flatMap((entry) => (entry[field] ?? '').split(' ')).filter(Boolean)
  const pools = Object.fromEntries(['title', 'title_ko', 'title_ja', 'artist', 'artist_ko', 'description', 'description_ko', 'description_ja'].map((field) => [field, words(field)]))
  const pick = (field, length) => Array.from({ length }, () => pools[field][random(pools[field].length)]).join(' ')
  return Array.from({ length: count }, (_, i) => JSON.stringify({ id: `made-${i}`, kind: ['song', 'film', 'drama'][random(3)], year: 1980 + random(45), title: pick('title', 3), title_ko: pick('title_ko', 2), title_ja: pick('title_ja', 1),
    artist: pick('artist', 2), artist_ko: pick('artist_ko', 1), description: pick('description', 12), description_ko: pick('description_ko', 6), description_ja: pick('description_ja', 1) })).join('\n')
}

async function measure(dataDir) {
  const server = await startServer({ key: '', dataDir })
  try {
    const page = await (await browser.newContext({ viewport: { width: 1200, height: 900 }, locale: 'en-US' })).newPage()
    await page.goto(server.url)
    await page.waitForFunction(() => document.querySelector('nunmul-search')?.shadowRoot)
    const ask = (text) => page.evaluate((query) => new Promise((resolve, reject) => {
      const box = document.querySelector('nunmul-search'), input = box.shadowRoot.querySelector('input')
      const timer = setTimeout(() => reject(new Error(`no answer to ${query}`)), 10000)
      const start = performance.now()
      box.addEventListener('nunmul-results', function listen({ detail }) {
        if (detail.query !== query) return
        clearTimeout(timer)
        box.removeEventListener('nunmul-results', listen)
        // The frame that has the answers is painted when the task after it begins.
        requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => resolve(performance.now() - start); channel.port2.postMessage(0) })
      })
      input.focus()
      input.value = query
      input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
    }), text)
    await ask('warm')
    const times = []
    for (const key of keys) times.push(await ask(key))
    times.sort((a, b) => a - b)
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1)
    return { count: times.length, text: `median ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(1)} ms` }
  } finally {
    await server.stop({ keep: true })
  }
}

for (const count of [0, 50_000]) {
  test(`each key is answered, with ${count ? `${count} documents` : 'the default content'}`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'nunmul-speed-'))
    try {
      const more = join(folder, 'made.ndjson')
      if (count) writeFileSync(more, made(count))
      execFileSync(process.env.NUNMUL_BINARY, ['index', '--data-dir', join(folder, 'data'), '--settings', join(root, 'index/settings/entries.json'), content, ...(count ? [more] : [])], { stdio: 'ignore' })
      const { count: asked, text } = await measure(join(folder, 'data'))
      assert.ok(asked >= 200, `${asked} keys`)
      t.diagnostic(`key to painted answers, ${count + entries.length} documents, ${asked} keys: ${text}`)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}
