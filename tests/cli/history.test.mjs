// SPDX-License-Identifier: GPL-2.0-or-later
// The generations of an index: they are listed, compared and published again, and what is older than the
// history gives its disk back.
import assert from 'node:assert/strict'
import { readdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { found, nunmul, nunmulJson, song, tempFolder, withServer, writeEntries } from './nunmul.mjs'

function library() {
  const folder = tempFolder()
  const data = join(folder, 'data')
  return {
    folder,
    data,
    index: (entries, ...flags) => nunmulJson(['index', '--data-dir', data, ...flags, writeEntries(join(folder, 'songs.ndjson'), entries)]),
    generations: () => nunmulJson(['generations', '--data-dir', data]).generations,
    rollback: (...args) => nunmul(['rollback', '--data-dir', data, ...args]),
    found: (query) => found(data, query),
  }
}

test('generations are listed newest first, with time, documents, size and origin', () => {
  const songs = library()
  songs.index([song('a')])
  songs.index([song('a'), song('b')])
  const [now, before] = songs.generations()
  assert.deepEqual([now.current, before.current], [true, false])
  assert.deepEqual([now.documents, before.documents], [2, 1])
  assert.equal(now.origin, 'files')
  assert.ok(now.bytes > 0 && Math.abs(Date.parse(now.createdAt) - Date.now()) < 60000)
  const { stdout } = nunmul(['generations', '--data-dir', songs.data])
  assert.match(stdout, new RegExp(`^\\* ${now.name} .* 2 .* files$`, 'm'))
  assert.match(stdout, new RegExp(`^  ${before.name} `, 'm'))
})

test('rollback publishes the generation before, documents and settings included', () => {
  const songs = library()
  songs.index([song('a'), song('b')])
  songs.index([song('b', { title: 'Other' }), song('c')])
  const { status, stdout, stderr } = songs.rollback()
  assert.equal(status, 0, stderr)
  assert.match(stdout, /^entries: back at the state of g.*, 2 documents/)
  assert.deepEqual(songs.found('title'), ['a', 'b'])
  assert.deepEqual(songs.found('other'), [])
  assert.deepEqual(nunmulJson(['check', '--data-dir', songs.data]).problems, [])
  assert.match(songs.generations()[0].origin, /^rollback to g/)
})

test('what is indexed after a rollback is what is found', () => {
  const songs = library()
  songs.index([song('a'), song('b')])
  songs.index([song('b')])
  songs.index([song('a'), song('b')], '--keep', '5')
  const oldest = songs.generations().at(-1).name
  songs.rollback(oldest)
  assert.equal(songs.index([song('a', { title: 'New words' }), song('b')]).changed, 1)
  assert.deepEqual(songs.found('new words'), ['a'])
  assert.deepEqual(songs.found('title'), ['b'])
  assert.equal(songs.index([song('b')]).removed, 1)
  assert.deepEqual(songs.found('about'), ['b'])
})

test('documents sent over HTTP are still theirs after a rollback', async () => {
  const songs = library()
  songs.index([song('a')])
  await withServer(songs.data, (server) => server.write('POST', '/indexes/entries/documents', [song('x')]))
  songs.index([song('b')])
  songs.rollback()
  assert.deepEqual(songs.found('title'), ['a', 'x'])
  songs.index([song('b')])
  assert.deepEqual(songs.found('title'), ['b', 'x'])
})

test('going back where there is nothing, or to what is not there, fails with a hint', () => {
  const songs = library()
  songs.index([song('a')])
  const nothing = songs.rollback()
  assert.equal(nothing.status, 1)
  assert.match(nothing.stderr, /^error: There is no earlier generation.*\nhint: /)
  const unknown = songs.rollback('g0')
  assert.equal(unknown.status, 1)
  assert.match(unknown.stderr, /^error: There is no generation g0\.\nhint: /)
})

test('a server goes back with it', async () => {
  const songs = library()
  songs.index([song('a')])
  songs.index([song('b')])
  await withServer(songs.data, async (_, waitFor) => {
    await waitFor('title', ['b'])
    assert.equal(songs.rollback().status, 0)
    await waitFor('title', ['a'])
  })
})

test('--keep bounds the history, and older generations give their disk back', () => {
  const songs = library()
  for (let i = 0; i < 6; ++i) songs.index([song(`s${i}`)], '--keep', '3')
  assert.equal(songs.generations().length, 3)
  assert.equal(readdirSync(join(songs.data, 'indexes/1/segments')).length, 3)
  songs.index([song('last')])
  assert.equal(songs.generations().length, 2)
  assert.equal(readdirSync(join(songs.data, 'indexes/1/segments')).length, 2)
})

test('eval --compare shows what got better and worse since a generation', () => {
  const songs = library()
  songs.index([song('a', { title: 'Autumn rain' }), song('b')])
  songs.index([song('a', { title: 'Spring' }), song('b', { title: 'Winter snow' })])
  const before = songs.generations()[1].name
  const judged = writeEntries(join(songs.folder, 'judged.jsonl'), [
    { qid: 'q1', query: 'autumn rain', judgments: { a: 3 } },
    { qid: 'q2', query: 'winter snow', judgments: { b: 3 } },
  ])
  const difference = nunmulJson(['eval', '--data-dir', songs.data, '--judged', judged, '--compare', before])
  assert.deepEqual(difference.worse.map((query) => [query.qid, query.before, query.after, query.hitsBefore]), [['q1', 1, 0, ['a']]])
  assert.deepEqual(difference.better.map((query) => query.qid), ['q2'])
  const { stdout } = nunmul(['eval', '--data-dir', songs.data, '--judged', judged, '--compare', before])
  assert.match(stdout, /1 queries better, 1 worse|1 query better, 1 worse/)
  assert.equal(nunmul(['eval', '--data-dir', songs.data, '--judged', judged, '--compare', 'g0']).status, 1)
})

test('going back takes nothing from the history, and to the published state changes nothing', () => {
  const songs = library()
  for (const id of ['a', 'b', 'c']) songs.index([song(id)], '--keep', '3')
  const names = songs.generations().map((generation) => generation.name)
  assert.equal(songs.rollback().status, 0)
  assert.equal(songs.rollback().status, 0)
  assert.deepEqual(songs.found('title'), ['c'])
  const now = songs.generations()
  for (const name of names) assert.ok(now.some((generation) => generation.name === name), name)
  const same = songs.rollback(now[0].name)
  assert.equal(same.status, 0)
  assert.match(same.stdout, /^entries: g\S+ is the published state already\n$/)
  assert.deepEqual(songs.generations(), now)
})

test('an index of which damage left nothing is an error, not an index without hits', () => {
  const songs = library()
  songs.index([song('a')])
  const segments = join(songs.data, 'indexes/1/segments')
  for (const name of readdirSync(segments)) truncateSync(join(segments, name, 'documents.bin'), 10)
  const judged = writeEntries(join(songs.folder, 'judged.jsonl'), [{ qid: 'q', query: 'title', judgments: { a: 3 } }])
  for (const args of [['search', '--data-dir', songs.data, 'title'], ['eval', '--data-dir', songs.data, '--judged', judged]]) {
    const { status, stdout, stderr } = nunmul(args)
    assert.equal(status, 1)
    assert.equal(stdout, '')
    assert.match(stderr, /^error: Index `entries` cannot be searched: .*documents\.bin.*\nhint: it is built anew from its documents at the next start/m)
  }
  songs.index([song('a')])
  assert.deepEqual(songs.found('title'), ['a'])
})
