// SPDX-License-Identifier: GPL-2.0-or-later
// nunmul index --watch: whatever way a file changes, the index follows; what is broken half-way through
// a save leaves the last good state; SIGINT and SIGTERM end it with status 0.
import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { found, song, start, tempFolder, withServer, writeEntries } from './nunmul.mjs'

const line = (entry) => JSON.stringify(entry) + '\n'

// Watches a folder of files, or the one file; calls use({ folder, data, watching, next }) where next()
// waits for the next round's report.
async function watched(use, { file = false, flags = [] } = {}) {
  const root = tempFolder()
  const folder = join(root, 'songs')
  const data = join(root, 'data')
  mkdirSync(folder)
  writeEntries(join(folder, 'a.ndjson'), [song('a')])
  const watching = start(['index', '--data-dir', data, '--watch', '--verbose', ...flags, file ? join(folder, 'a.ndjson') : folder])
  const next = async () => {
    const [, added, changed, unchanged, removed] = await watching.saw(/entries: (\d+) added, (\d+) changed, (\d+) unchanged, (\d+) removed/)
    return [added, changed, unchanged, removed].map(Number)
  }
  assert.deepEqual(await next(), [1, 0, 0, 0])
  await use({ root, folder, data, watching, next })
  assert.equal(await watching.end('SIGTERM'), 0)
}

test('each round is reported, with what it found', () =>
  watched(async ({ folder, data, watching, next }) => {
    writeEntries(join(folder, 'b.ndjson'), [song('b'), song('c')])
    assert.deepEqual(await next(), [2, 0, 1, 0])
    writeEntries(join(folder, 'b.ndjson'), [song('b', { title: 'Other' })])
    assert.deepEqual(await next(), [0, 1, 1, 1])
    assert.match(watching.output(), /\n {2}~ Other\n {2}- Title c\n/)
    unlinkSync(join(folder, 'b.ndjson'))
    assert.deepEqual(await next(), [0, 0, 1, 1])
    assert.deepEqual(found(data, 'title'), ['a'])
  }))

test('editors that write beside the file and rename are followed', () =>
  watched(
    async ({ folder, data, next }) => {
      for (const title of ['First words', 'Second words', 'Third words']) {
        writeEntries(join(folder, '.a.ndjson.swp'), [song('a', { title })])
        renameSync(join(folder, 'a.ndjson'), join(folder, 'a.ndjson~'))
        renameSync(join(folder, '.a.ndjson.swp'), join(folder, 'a.ndjson'))
        assert.deepEqual(await next(), [0, 1, 0, 0])
        assert.deepEqual(found(data, title), ['a'])
      }
    },
    { file: true },
  ))

test('a burst of changes is one round', () =>
  watched(async ({ folder, watching, next }) => {
    for (let i = 0; i < 50; ++i) writeEntries(join(folder, `n${i}.ndjson`), [song(`n${i}`)])
    assert.deepEqual(await next(), [50, 0, 1, 0])
    assert.equal(watching.output().match(/entries: /g).length, 2)
  }))

test('new folders are followed, and what is in them', () =>
  watched(async ({ folder, next }) => {
    mkdirSync(join(folder, 'deep/er'), { recursive: true })
    writeEntries(join(folder, 'deep/er/b.ndjson'), [song('b')])
    assert.deepEqual(await next(), [1, 0, 1, 0])
    writeEntries(join(folder, 'deep/er/c.ndjson'), [song('c')])
    assert.deepEqual(await next(), [1, 0, 2, 0])
    rmSync(join(folder, 'deep'), { recursive: true })
    assert.deepEqual(await next(), [0, 0, 1, 2])
  }))

test('a file that is broken half-way through a save leaves the last good state', () =>
  watched(async ({ folder, data, watching, next }) => {
    const text = line(song('b')) + line(song('c'))
    writeFileSync(join(folder, 'b.ndjson'), text.slice(0, -20))
    await watching.saw(/error: .*b\.ndjson:2: broken JSON[^]*not published/)
    assert.deepEqual(found(data, 'title'), ['a'])
    appendFileSync(join(folder, 'b.ndjson'), text.slice(-20))
    assert.deepEqual(await next(), [2, 0, 1, 0])
    assert.deepEqual(found(data, 'title'), ['a', 'b', 'c'])
  }))

test('a file that goes for a moment is an error, and comes back', () =>
  watched(
    async ({ folder, data, watching, next }) => {
      unlinkSync(join(folder, 'a.ndjson'))
      await watching.saw(/error: .*a\.ndjson: there is no such file[^]*not published/)
      assert.deepEqual(found(data, 'title'), ['a'])
      rmSync(folder, { recursive: true })
      mkdirSync(folder)
      writeEntries(join(folder, 'a.ndjson'), [song('a'), song('b')])
      assert.deepEqual(await next(), [1, 0, 1, 0])
    },
    { file: true },
  ))

test('a link that is pointed elsewhere is followed', () =>
  watched(async ({ root, folder, next }) => {
    writeEntries(join(root, 'one.ndjson'), [song('one')])
    writeEntries(join(root, 'two.ndjson'), [song('two')])
    symlinkSync(join(root, 'one.ndjson'), join(folder, 'link.ndjson'))
    assert.deepEqual(await next(), [1, 0, 1, 0])
    symlinkSync(join(root, 'two.ndjson'), join(folder, '.link'))
    renameSync(join(folder, '.link'), join(folder, 'link.ndjson'))
    assert.deepEqual(await next(), [1, 0, 1, 1])
  }))

test('new settings are taken over, and wrong ones are an error that ends nothing', async () => {
  const settings = join(tempFolder(), 'settings.json')
  writeFileSync(settings, '{}')
  await watched(
    async ({ data, watching, next }) => {
      writeFileSync(settings, '{"colour":1}')
      await watching.saw(/error: .*settings\.json: .*colour/)
      writeFileSync(settings, '{"searchableAttributes":["description"]}')
      assert.deepEqual(await next(), [0, 0, 1, 0])
      assert.deepEqual(found(data, 'title'), [])
    },
    { flags: ['--settings', settings] },
  )
})

test('a server beside it answers from each round', () =>
  watched(async ({ folder, data, next }) => {
    await withServer(data, async (_, waitFor) => {
      writeEntries(join(folder, 'b.ndjson'), [song('b')])
      await next()
      await waitFor('title', ['a', 'b'])
    })
  }))

test('SIGINT ends it with status 0, too', async () => {
  const folder = tempFolder()
  const file = writeEntries(join(folder, 'a.ndjson'), [song('a')])
  const watching = start(['index', '--data-dir', join(folder, 'data'), '--watch', file])
  await watching.saw(/1 added/)
  assert.equal(await watching.end('SIGINT'), 0)
})

test('a signal in the middle of a long round ends it with status 0 and leaves the state before', async () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const file = writeEntries(join(folder, 'a.ndjson'), [song('a')])
  const watching = start(['index', '--data-dir', data, '--watch', file])
  await watching.saw(/1 added/)
  const many = Array.from({ length: 60000 }, (_, i) => song(`n${i}`, { description: `Words ${i} about number ${i * 7} and some more to do` }))
  writeEntries(join(folder, '.next'), many)
  renameSync(join(folder, '.next'), file)
  await new Promise((resolve) => setTimeout(resolve, 500))  // somewhere in the round
  assert.equal(await watching.end('SIGTERM'), 0)
  assert.ok([1, 60000].includes((await import('./nunmul.mjs')).nunmulJson(['generations', '--data-dir', data]).generations[0].documents))
})

test('what lies behind a link to a folder is followed, and a link that leads back has an end', () =>
  watched(async ({ root, folder, data, next }) => {
    mkdirSync(join(root, 'other'))
    writeEntries(join(root, 'other/o.ndjson'), [song('o')])
    symlinkSync(folder, join(root, 'other/back'))
    symlinkSync(join(root, 'other'), join(folder, 'link'))
    assert.deepEqual(await next(), [1, 0, 1, 0])
    writeEntries(join(root, 'other/more.ndjson'), [song('m')])
    assert.deepEqual(await next(), [1, 0, 2, 0])
    assert.deepEqual(found(data, 'title'), ['a', 'm', 'o'])
  }))

test('a folder that goes and comes again, and one in the place of a file, are followed', () =>
  watched(async ({ folder, data, watching, next }) => {
    rmSync(folder, { recursive: true })
    await watching.saw(/error: .*songs: there is no such file[^]*not published/)
    assert.deepEqual(found(data, 'title'), ['a'])
    mkdirSync(join(folder, 'a.ndjson'), { recursive: true })
    writeEntries(join(folder, 'a.ndjson/b.ndjson'), [song('b')])
    await watching.saw(/1 added, 0 changed, 0 unchanged, 1 removed; published/)
    assert.deepEqual(found(data, 'title'), ['b'])
  }))
