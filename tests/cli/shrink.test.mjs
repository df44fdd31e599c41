// SPDX-License-Identifier: GPL-2.0-or-later
// nunmul index refuses to take away what an export that failed would take away: a file or folder that had
// entries and has none, or more than half of an index of more than 20 documents. --allow-shrink allows it.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { found, nunmul, nunmulJson, song, start, tempFolder, writeEntries } from './nunmul.mjs'

const songs = (prefix, count) => Array.from({ length: count }, (_, i) => song(`${prefix}${i}`))

// A file of five entries and one of three, indexed by their names.
function library() {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const file = (name) => join(folder, name)
  const run = (...args) => nunmul(['index', '--data-dir', data, ...args])
  const given = [writeEntries(file('five.ndjson'), songs('five', 5)), file('three.json')]
  writeFileSync(given[1], JSON.stringify(songs('three', 3)))
  assert.equal(run(...given).status, 0)
  return { folder, data, file, given, run, count: () => found(data, 'title').length }
}

function refused({ status, stdout }, reason) {
  assert.equal(status, 1, stdout)
  assert.match(stdout, reason)
  assert.match(stdout, /; not published; the old state stays in service\n/)
}

for (const content of ['[]', ' [ ]\n', '{"items":[]}', '{"error":"no database"}'])
  test(`a file that had entries and holds ${content.trim()} now is refused`, () => {
    const { file, given, run, count } = library()
    writeFileSync(file('three.json'), content)
    for (const flags of [[], ['--rebuild'], ['--dry-run'], ['--verbose']])
      refused(run(...flags, ...given), /^refused: \S*three\.json had 3 entries at the last run and has none now; --allow-shrink allows it$/m)
    assert.equal(count(), 8)
    assert.equal(run('--allow-shrink', '--dry-run', ...given).status, 0)
    assert.equal(count(), 8)
    assert.equal(run('--allow-shrink', ...given).status, 0)
    assert.equal(count(), 5)
    assert.equal(run(...given).status, 0)
  })

test('a table that has only its first row left is refused', () => {
  const { file, given, run, count } = library()
  const table = file('table.csv')
  writeFileSync(table, 'id,title\nx,Title x\ny,Title y\n')
  assert.equal(run(...given, table).status, 0)
  writeFileSync(table, 'id,title\n')
  refused(run(...given, table), /^refused: \S*table\.csv had 2 entries at the last run and has none now/m)
  assert.equal(count(), 10)
})

test('a file of no bytes, and one that is not there, are errors as ever', () => {
  const { file, given, run, count } = library()
  const spoil = [() => writeFileSync(file('three.json'), ''), () => rmSync(file('three.json'))]
  for (const each of spoil) {
    each()
    for (const allow of [[], ['--allow-shrink']]) {
      const { status, stderr } = run(...allow, ...given)
      assert.equal(status, 1)
      assert.match(stderr, /^error: \S*three\.json: /m)
    }
  }
  assert.equal(count(), 8)
})

test('a text in which no list is found any more is refused, though others have entries', () => {
  const { file, given, run, count } = library()
  const text = file('list.txt')
  writeFileSync(text, '1. IU - Blueming\n\n2. Younha - Title rain\n\n3. Jaurim - Title wind\n')
  assert.equal(run(...given, text).status, 0)
  const before = count()
  writeFileSync(text, 'The service is not available at the moment. Please try again later.\n')
  refused(run(...given, text), /^refused: \S*list\.txt had 3 entries at the last run and has none now/m)
  assert.equal(count(), before)
})

test('a folder whose files have gone is refused, one file less is not', () => {
  const { folder, data, run } = library()
  const given = join(folder, 'given')
  for (const name of ['many', 'few']) mkdirSync(join(given, name), { recursive: true })
  writeEntries(join(given, 'many/a.ndjson'), songs('a', 9))
  for (const name of ['b', 'c']) writeEntries(join(given, `few/${name}.ndjson`), songs(name, 2))
  const both = () => run(join(given, 'many'), join(given, 'few'))
  assert.equal(run('--allow-shrink', join(given, 'many'), join(given, 'few')).status, 0)
  rmSync(join(given, 'few/b.ndjson'))
  assert.equal(both().status, 0)
  rmSync(join(given, 'few/c.ndjson'))
  writeFileSync(join(given, 'few/notes.txt'), 'Nothing is listed here yet.\n')
  refused(both(), /^refused: \S*few had 2 entries at the last run and has none now/m)
  assert.equal(found(data, 'title').length, 11)
  rmSync(join(given, 'few/notes.txt'))
  assert.equal(both().status, 1)  // a folder without files, as ever
})

test('entries that have moved to another file leave an empty one behind without harm', () => {
  const { file, given, run, count } = library()
  writeFileSync(file('three.json'), '[]')
  writeEntries(file('five.ndjson'), [...songs('five', 5), ...songs('three', 3)])
  assert.equal(run(...given).status, 0)
  assert.equal(count(), 8)
})

test('what is empty from the start is no loss', () => {
  const { file, given, run, count } = library()
  writeFileSync(file('empty.json'), '[]')
  assert.equal(run(...given, file('empty.json')).status, 0)
  writeFileSync(file('three.json'), JSON.stringify(songs('three', 2)))
  assert.equal(run(...given, file('empty.json')).status, 0)
  assert.equal(count(), 7)
})

test('files without any entry empty no index, though they are others than before', () => {
  const { file, run, count } = library()
  writeFileSync(file('other.json'), '[]')
  refused(run(file('other.json')), /^refused: the files have no entries, and 8 of 8 documents would be removed; --allow-shrink allows it$/m)
  assert.equal(count(), 8)
})

test('other files in the place of all that there were are refused, however few', () => {
  const { file, run, count } = library()
  const others = writeEntries(file('others.ndjson'), songs('other', 2))
  refused(run(others), /^refused: all documents would be removed: the last run read \S*five\.ndjson, this one \S*others\.ndjson; --allow-shrink allows it$/m)
  assert.equal(count(), 8)
  assert.equal(run('--allow-shrink', others).status, 0)
  assert.equal(count(), 2)
})

test('more than half of more than 20 documents is refused, half of them is not', () => {
  const { file, run, count } = library()
  const only = (count) => writeEntries(file('many.ndjson'), songs('m', count))
  assert.equal(run('--allow-shrink', only(22)).status, 0)
  refused(run(only(10)), /^refused: 12 of 22 documents would be removed, more than half; --allow-shrink allows it$/m)
  const report = JSON.parse(run('--json', file('many.ndjson')).stdout)
  assert.deepEqual([report.outcome, report.removed, report.refusal], ['refused', 12, '12 of 22 documents would be removed, more than half'])
  refused(run(file('five.ndjson')), /^refused: 22 of 22 documents/m)
  assert.equal(run(only(11)).status, 0)
  assert.equal(run(only(1)).status, 0)  // an index of 11 is small
  assert.equal(count(), 1)
})

test('--watch says it, goes on, and publishes once the file is whole again', async () => {
  const { data, file, given } = library()
  const watching = start(['index', '--data-dir', data, '--watch', ...given])
  await watching.saw(/nothing changed/)
  writeFileSync(file('three.json'), '[]')
  await watching.saw(/refused: \S*three\.json had 3 entries at the last run and has none now[^]*not published/)
  assert.equal(found(data, 'title').length, 8)
  writeFileSync(file('three.json'), JSON.stringify([...songs('three', 3), song('new')]))
  await watching.saw(/1 added.*published/)
  assert.equal(found(data, 'title').length, 9)
  assert.equal(await watching.end('SIGTERM'), 0)
})

test('a first run has nothing to lose', () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'a.json'), '[]')
  const { status } = nunmul(['index', '--data-dir', join(folder, 'data'), join(folder, 'a.json')])
  assert.equal(status, 0)
  assert.ok(existsSync(join(folder, 'data')))
})
