// SPDX-License-Identifier: GPL-2.0-or-later
// What sites export, through the commands: a feed adds and never removes, drafts are taken in when they fall
// due, and standard input is a file like any other.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { nunmul, nunmulJson, start, tempFolder } from './nunmul.mjs'

const rss = (...posts) =>
  `<rss version="2.0"><channel>${posts.map((post) => `<item><guid>${post}</guid><title>Post ${post}</title><description>Text of ${post}.</description></item>`).join('')}</channel></rss>`
const post = (title, fields) => `---\ntitle: ${title}\n${fields}\n---\nText of ${title}.\n`

function folderWithIndex() {
  const folder = tempFolder()
  const index = (...args) => nunmulJson(['index', '--data-dir', join(folder, 'data'), ...args])
  return { folder, index }
}

test('a feed is a window: what it no longer lists stays, what it changes is changed', () => {
  const { folder, index } = folderWithIndex()
  const feed = join(folder, 'feed.xml')
  writeFileSync(feed, rss(1, 2))
  assert.equal(index(feed).added, 2)
  writeFileSync(feed, rss(2, 3).replace('Text of 2.', 'Other text.'))
  const second = index(feed)
  assert.deepEqual([second.added, second.changed, second.removed, second.documents], [1, 1, 0, 3])
})

test('an export is all there is: what it no longer lists goes', () => {
  const { folder, index } = folderWithIndex()
  const file = join(folder, 'export.xml')
  const wordpress = (...posts) => rss(...posts).replace('<rss ', '<rss xmlns:wp="http://wordpress.org/export/1.2/" ')
  writeFileSync(file, wordpress(1, 2, 3))
  index(file)
  writeFileSync(file, wordpress(1, 3))
  assert.equal(index(file).removed, 1)
})

test('an entry that falls due is taken in by the next run, though no file has changed', async () => {
  const { folder, index } = folderWithIndex()
  const due = new Date(Date.now() + 2500).toISOString()
  writeFileSync(join(folder, 'a.md'), post('Now', 'draft: false'))
  writeFileSync(join(folder, 'b.md'), post('Soon', `publishDate: ${due}`))
  writeFileSync(join(folder, 'c.md'), post('Never', 'draft: true'))
  const first = nunmul(['index', '--data-dir', join(folder, 'data'), join(folder, 'a.md'), join(folder, 'b.md'), join(folder, 'c.md')])
  assert.match(first.stdout, /1 added.*2 left out as not published/)
  while (Date.now() <= Date.parse(due)) await new Promise((resolve) => setTimeout(resolve, 100))
  assert.equal(index(join(folder, 'a.md'), join(folder, 'b.md'), join(folder, 'c.md')).added, 1)
  assert.equal(index('--drafts', join(folder, 'a.md'), join(folder, 'b.md'), join(folder, 'c.md')).added, 1)
})

test('--watch takes it in by itself', async () => {
  const { folder } = folderWithIndex()
  const due = new Date(Date.now() + 2500).toISOString()
  writeFileSync(join(folder, 'a.md'), post('Now', 'draft: false'))
  writeFileSync(join(folder, 'b.md'), post('Soon', `publishDate: ${due}`))
  const child = start(['index', '--watch', '--data-dir', join(folder, 'data'), join(folder, 'a.md'), join(folder, 'b.md')])
  await child.saw(/1 added/)
  await child.saw(/1 added, 0 changed, 1 unchanged/)
  assert.equal(await child.end('SIGTERM'), 0)
})

test('--report names what was left out, and why', () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'a.csv'), 'title,status\nRain,publish\nSnow,draft\n')
  const { status, stdout, stderr } = nunmul(['import', '--report', join(folder, 'a.csv')])
  assert.equal(status, 0, stderr)
  assert.equal(stdout.trim().split('\n').length, 1)
  assert.match(stderr, /left out: .*a\.csv:3: its status is "draft"/)
  assert.match(stderr, /1 entry from 1 file, 1 left out as not published/)
})

test('standard input is read as what it holds', () => {
  const folder = tempFolder()
  const from = (input, ...args) => nunmul(['import', '-', ...args], { input })
  assert.equal(JSON.parse(from(rss(1)).stdout).title, 'Post 1')
  assert.equal(JSON.parse(from('title,artist\nRain,IU\n').stdout).artist, 'IU')
  assert.equal(JSON.parse(from('{"id":"a","title":"Rain"}\n', '--format', 'ndjson').stdout).id, 'a')
  const indexed = nunmul(['index', '--data-dir', join(folder, 'data'), '-'], { input: rss(1, 2) })
  assert.match(indexed.stdout, /2 added/, indexed.stderr)
  assert.equal(nunmul(['index', '--watch', '--data-dir', join(folder, 'data'), '-'], { input: '' }).status, 2)
})

test('files that hold no text are counted, with what to do', () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'a.csv'), 'title,artist\nRain,IU\n')
  for (const name of ['a.jpg', 'b.jpg', 'c.xlsx']) writeFileSync(join(folder, name), 'x')
  const { stderr } = nunmul(['import', folder])
  assert.match(stderr, /note: passed over as no text: 2 \.jpg, 1 \.xlsx; spreadsheets can be saved as CSV/)
})
