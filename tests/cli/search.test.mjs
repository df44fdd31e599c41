// SPDX-License-Identifier: GPL-2.0-or-later
// nunmul search: what a person reads, what a script reads, and how a hit came to its place.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { binary, nunmul, nunmulJson, realLanguages as env, song, tempFolder, writeEntries } from './nunmul.mjs'

const folder = tempFolder()
const data = join(folder, 'data')
before(() => nunmulJson(['index', '--data-dir', data], { env }))
const search = (...args) => nunmul(['search', '--data-dir', data, ...args], { env })
const hits = (...args) => nunmulJson(['search', '--data-dir', data, ...args], { env }).hits

test('the first query of the README finds On A Rainy Day first', () => {
  const { status, stdout, stderr } = search('breakup rain ballad')
  assert.equal(status, 0)
  const [head, first, second, source] = stdout.split('\n')
  assert.equal(head, '1. On A Rainy Day — Younha (song)')
  assert.match(first, /^ {3}\S/)
  assert.match(second, /^ {3}\S/)
  assert.equal(source, '   songs-tearjerkers-1 · younha-on-a-rainy-day')
  assert.match(stderr, /^\d+ hits in \d+ ms\n$/)
})

test('a query may be one word or several', () => {
  assert.deepEqual(hits('breakup', 'rain', 'ballad'), hits('breakup rain ballad'))
})

test('lines fit a terminal of 80 columns, also where letters take two', () => {
  const wide = (text) => [...text].reduce((sum, c) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60]/.test(c) ? 2 : 1), 0)
  for (const query of ['이별 비', '別れ 涙', 'ballad']) {
    const { stdout } = search(query)
    for (const line of stdout.split('\n').filter((each) => each.startsWith('   '))) assert.ok(wide(line) <= 80, line)
  }
})

test('without a terminal nothing is coloured; on one the matches are', () => {
  assert.ok(!search('rain').stdout.includes('\x1b'))
  const command = `${binary} search --data-dir ${data} rain`
  const terminal = spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8', env: { ...process.env, ...env } })
  if (terminal.error) return  // a machine without script(1)
  assert.match(terminal.stdout, /\x1b\[1;4mrain\x1b\[22;24m/i)
})

test('--limit and --filter choose', () => {
  assert.equal(hits('--limit', '3', 'love').length, 3)
  const films = hits('--filter', 'kind = film', 'love')
  assert.ok(films.length > 0 && films.every((hit) => hit.kind === 'film'))
  const wrong = search('--filter', 'kind ==', 'love')
  assert.equal(wrong.status, 1)
  assert.match(wrong.stderr, /^error: /)
})

test('--json is the answer of the API', () => {
  const answer = nunmulJson(['search', '--data-dir', data, '--limit', '2', 'rain'], { env })
  assert.deepEqual(Object.keys(answer), ['hits', 'query', 'processingTimeMs', 'limit', 'offset', 'estimatedTotalHits'])
  assert.equal(answer.query, 'rain')
  assert.equal(answer.limit, 2)
})

test('--explain shows the plan, what it retrieved, and how a hit came to its place', () => {
  const { stdout } = search('--explain', '--limit', '1', 'breakup rain ballad')
  assert.match(stdout, /^plan: 3 units, full weight \d+\.\d{4}\n {2}unit 1: breakup/)
  assert.match(stdout, /^ {4}LatinStem breakup \d\.\d{4}$/m)
  assert.match(stdout, /^ {4}Concept breakup \d\.\d{4}$/m)
  assert.match(stdout, /^retrieved: \d+ documents/m)
  assert.match(stdout, /^ {5}score: \d\.\d{4}$/m)
  assert.match(stdout, /^ {5,}\w+: \d/m)
  assert.doesNotMatch(stdout, /\d\.\d{5}/)
})

test('the parts of a score that --explain shows add up to it', () => {
  const { stdout } = search('--explain', '--limit', '1', 'breakup rain ballad')
  const score = Number(stdout.match(/^ {5}score: (\d\.\d+)$/m)[1])
  const parts = [...stdout.matchAll(/^ {5}[^:]+: .* = (-?\d+\.\d+)$/gm)].map((found) => Number(found[1]))
  assert.ok(parts.length > 2)
  const sum = parts.reduce((a, b) => a + b, 0)
  assert.ok(Math.abs(sum / (sum + 0.5) - score) < 0.001)
})

test('--explain shows the ranks of the rules where words must fit', () => {
  const { stdout } = search('--explain', '--limit', '1', '--matching-strategy', 'last', 'rain')
  assert.match(stdout, /^ {5}typo: \d of \d$/m)
})

test('nothing found is said on stderr, and is no failure', () => {
  const { status, stdout, stderr } = search('xqzvkj')
  assert.deepEqual([status, stdout], [0, ''])
  assert.match(stderr, /^nothing found in \d+ ms\n$/)
})

test('what a document holds cannot command the terminal', () => {
  const own = join(folder, 'own')
  const file = writeEntries(join(folder, 'a.ndjson'), [song('a', { title: 'Title \u001b]0;owned\u0007\u009b31m', description: 'Line\nbreak \u001b[2J title' })])
  nunmulJson(['index', '--data-dir', own, file], { env })
  const { stdout } = nunmul(['search', '--data-dir', own, 'title'], { env })
  assert.match(stdout, /Title/)
  assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
})
