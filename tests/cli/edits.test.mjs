// SPDX-License-Identifier: GPL-2.0-or-later
// A document last changed over HTTP stays as it was left there, changed or deleted, whatever the files say,
// until `nunmul index --overwrite-edits`; the report counts and names what was kept. Edits survive snapshots and
// dumps.
import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { found, nunmul, nunmulJson, song, start, tempFolder, withServer, writeEntries } from './nunmul.mjs'

const counts = ({ added, changed, unchanged, removed, kept }) => ({ added, changed, unchanged, removed, kept })
const same = (unchanged, kept = 0) => ({ added: 0, changed: 0, unchanged, removed: 0, kept })

// A data folder that was filled from a file, a server on it, and how to read the file again.
async function edited(entries, use) {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const file = join(folder, 'songs.ndjson')
  const write = (all) => writeEntries(file, all)
  const index = (...flags) => nunmulJson(['index', '--data-dir', data, ...flags, file])
  write(entries)
  index()
  await withServer(data, async (server) => {
    const succeeded = async (method, path, body) => {
      const task = await server.write(method, `/indexes/entries/documents${path}`, body)
      assert.equal(task.status, 'succeeded', JSON.stringify(task.error))
    }
    await use({
      folder, data, file, write, index, server,
      send: (...songs) => succeeded('POST', '', songs),
      merge: (...songs) => succeeded('PUT', '', songs),
      remove: (id) => succeeded('DELETE', `/${id}`),
      removeAll: () => succeeded('DELETE', ''),
      removeBatch: (ids) => succeeded('POST', '/delete-batch', ids),
      removeFiltered: (filter) => succeeded('POST', '/delete', { filter }),
      found: (query) => found(data, query),
    })
  })
}

test('a document of a file that was changed over HTTP stays as it was left there', () =>
  edited([song('a'), song('b'), song('c')], async ({ index, send, merge, write, found }) => {
    await send(song('a', { title: 'Sent words' }))
    await merge({ id: 'b', title: 'Merged words' })
    assert.deepEqual(counts(index()), same(1, 2))
    assert.deepEqual(found('words'), ['a', 'b'])
    write([song('a', { title: 'Later in the file' }), song('b'), song('c', { title: 'Later as well' })])
    const report = index('--verbose')
    assert.deepEqual(counts(report), { added: 0, changed: 1, unchanged: 0, removed: 0, kept: 2 })
    assert.deepEqual(report.keptTitles, ['Later in the file', 'Title b'])
    assert.deepEqual(found('later'), ['c'])
  }))

test('a document of a file that was deleted over HTTP stays deleted, in each way of deleting', () =>
  edited(['a', 'b', 'c', 'd'].map((id) => song(id, { year: id === 'c' ? 1999 : 2001 })), async ({ index, remove, removeBatch, removeFiltered, server, found }) => {
    await server.write('PATCH', '/indexes/entries/settings', { filterableAttributes: ['year'] })
    await remove('a')
    await removeBatch(['b', 'x'])
    await removeFiltered('year < 2000')
    assert.deepEqual(counts(index()), same(1, 3))
    assert.deepEqual(counts(index('--rebuild')), same(1, 3))
    assert.deepEqual(found('title'), ['d'])
  }))

test('deleting all documents over HTTP is a deletion of each', () =>
  edited([song('a'), song('b')], async ({ index, removeAll, found }) => {
    await removeAll()
    assert.deepEqual(counts(index()), same(0, 2))
    assert.deepEqual(found('title'), [])
    assert.deepEqual(counts(index('--overwrite-edits')), { added: 2, changed: 0, unchanged: 0, removed: 0, kept: 0 })
    assert.deepEqual(found('title'), ['a', 'b'])
  }))

test('deleting the index forgets its edits with it', () =>
  edited([song('a')], async ({ index, remove, server, found }) => {
    await remove('a')
    assert.equal((await server.write('DELETE', '/indexes/entries')).status, 'succeeded')
    assert.equal(index().added, 1)
    assert.deepEqual(found('title'), ['a'])
  }))

test('the report says for people what was kept and how to take it back', () =>
  edited([song('a'), song('b')], async ({ data, file, send, remove }) => {
    await send(song('a', { title: 'Sent' }))
    await remove('b')
    const { status, stdout } = nunmul(['index', '--data-dir', data, '--verbose', file])
    assert.equal(status, 0)
    assert.match(stdout, /^ {2}= Title a\n {2}= Title b\nentries: 0 added, 0 changed, 0 unchanged, 0 removed, 2 kept as edited over HTTP; nothing changed\n2 entries in /)
    assert.match(nunmul(['index', '--help']).stdout, /--overwrite-edits/)
  }))

test('the same inputs as before are not read again, and still say what is kept', () =>
  edited([song('a'), song('b')], async ({ index, send }) => {
    await send(song('a', { title: 'Sent' }))
    assert.deepEqual(counts(index()), same(1, 1))
    assert.deepEqual(counts(index()), same(1, 1))
    assert.deepEqual(index('--verbose').keptTitles, ['Title a'])
    assert.deepEqual(counts(index('--overwrite-edits')), { added: 0, changed: 1, unchanged: 1, removed: 0, kept: 0 })
    assert.deepEqual(counts(index()), same(2))
  }))

test('--overwrite-edits lets the files win, and what only HTTP has sent stays', () =>
  edited([song('a'), song('b'), song('c')], async ({ index, send, remove, write, found }) => {
    await send(song('a', { title: 'Sent words' }), song('x', { title: 'Sent words' }))
    await remove('b')
    await send(song('c', { title: 'Sent words' }))
    write([song('a'), song('b')])
    assert.deepEqual(counts(index()), same(0, 3))
    assert.deepEqual(found('sent'), ['a', 'c', 'x'])
    assert.deepEqual(counts(index('--dry-run', '--overwrite-edits')), { added: 1, changed: 1, unchanged: 0, removed: 1, kept: 0 })
    assert.deepEqual(found('sent'), ['a', 'c', 'x'])
    assert.deepEqual(counts(index('--overwrite-edits')), { added: 1, changed: 1, unchanged: 0, removed: 1, kept: 0 })
    assert.deepEqual(found('title'), ['a', 'b'])
    assert.deepEqual(found('sent'), ['x'])
    write([song('a', { title: 'From the file' }), song('b')])
    assert.deepEqual(counts(index()), { added: 0, changed: 1, unchanged: 1, removed: 0, kept: 0 })
  }))

test('a deletion stays when the file drops the entry and has it again', () =>
  edited([song('a'), song('b')], async ({ index, remove, write, found }) => {
    await remove('a')
    write([song('b')])
    assert.deepEqual(counts(index()), same(1))
    write([song('a', { title: 'Title anew' }), song('b')])
    assert.deepEqual(counts(index()), same(1, 1))
    assert.deepEqual(found('title'), ['b'])
  }))

test('what was deleted and sent again over HTTP stays, and can be deleted again', () =>
  edited([song('a'), song('b')], async ({ index, send, remove, found }) => {
    await remove('a')
    await send(song('a', { title: 'Title sent again' }))
    assert.deepEqual(counts(index()), same(1, 1))
    assert.deepEqual(found('again'), ['a'])
    await remove('a')
    assert.deepEqual(counts(index()), same(1, 1))
    assert.deepEqual(found('title'), ['b'])
  }))

test('a document that HTTP had first stays when a file has its id, and stays deleted', () =>
  edited([song('a')], async ({ index, send, remove, write, found }) => {
    await send(song('x', { title: 'Sent first' }))
    write([song('a'), song('x')])
    assert.deepEqual(counts(index()), same(1, 1))
    assert.deepEqual(found('first'), ['x'])
    await remove('x')
    assert.deepEqual(counts(index()), same(1, 1))
    assert.deepEqual(found('title'), ['a'])
  }))

test('what was sent as the file has it is kept when the file drops it', () =>
  edited([song('a'), song('b')], async ({ index, send, write, found }) => {
    await send(song('a'))
    assert.deepEqual(counts(index()), same(2))
    write([song('b')])
    assert.deepEqual(counts(index()), same(1, 1))
    assert.deepEqual(found('title'), ['a', 'b'])
  }))

test('--watch keeps edits as well', () =>
  edited([song('a'), song('b')], async ({ data, file, remove, write, found }) => {
    await remove('a')
    const watching = start(['index', '--data-dir', data, '--watch', file])
    await watching.saw(/1 kept as edited over HTTP; nothing changed/)
    write([song('a'), song('b'), song('c')])
    await watching.saw(/1 added.*1 kept as edited over HTTP; published/)
    assert.deepEqual(found('title'), ['b', 'c'])
    assert.equal(await watching.end('SIGTERM'), 0)
  }))

test('a rollback leaves edits to HTTP', () =>
  edited([song('a'), song('b')], async ({ data, index, send, remove, write, found }) => {
    await send(song('a', { title: 'Sent' }))
    await remove('b')
    write([song('a'), song('b'), song('c')])
    assert.equal(index().added, 1)
    assert.equal(nunmul(['rollback', '--data-dir', data]).status, 0)
    assert.deepEqual(found('about'), ['a'])
    assert.deepEqual(counts(index()), { added: 1, changed: 0, unchanged: 0, removed: 0, kept: 2 })
    assert.deepEqual(found('sent'), ['a'])
  }))

test('a rollback gives documents back to whom they belonged', async () => {
  await edited([song('a'), song('b')], async ({ data, index, send, remove, found }) => {
    await send(song('x'))
    await remove('x')
    assert.equal(nunmul(['rollback', '--data-dir', data]).status, 0)
    assert.deepEqual(counts(index()), same(2))
    assert.deepEqual(found('title'), ['a', 'b', 'x'])
  })
  await edited([song('a'), song('b')], async ({ data, index, send, write, found }) => {
    await send(song('a', { title: 'Sent' }))
    assert.equal(nunmul(['rollback', '--data-dir', data]).status, 0)
    write([song('a', { title: 'Later' }), song('b')])
    assert.deepEqual(counts(index()), { added: 0, changed: 1, unchanged: 1, removed: 0, kept: 0 })
    assert.deepEqual(found('later'), ['a'])
  })
})

test('documents that are taken from a generation belong to whom they belonged', async () => {
  let place
  await edited([song('a'), song('b')], async ({ data, file, send }) => {
    await send(song('x'))
    place = { data, file }
  })
  for (const ending of ['', '-wal', '-shm']) rmSync(join(place.data, `indexes/1/documents.db${ending}`), { force: true })
  assert.equal(nunmul(['check', '--adopt', '--data-dir', place.data]).status, 0)
  writeEntries(place.file, [song('a', { title: 'Later' }), song('b')])
  const report = nunmulJson(['index', '--data-dir', place.data, place.file])
  assert.deepEqual(counts(report), { added: 0, changed: 1, unchanged: 1, removed: 0, kept: 0 })
  assert.deepEqual(found(place.data, 'title'), ['b', 'x'])
})

test('edits survive a snapshot and a dump', () =>
  edited([song('a'), song('b'), song('c')], async ({ folder, data, file, send, remove, server }) => {
    await send(song('a', { title: 'Sent' }), song('x'))
    await remove('b')
    for (const path of ['/snapshots', '/dumps'])
      assert.equal((await server.finished(await server.call('POST', path))).status, 'succeeded')
    const newest = (name) => join(data, name, readdirSync(join(data, name))[0])
    const restored = join(folder, 'restored')
    mkdirSync(restored)
    await withServer(restored, () => {}, ['--import-dump', newest('dumps')])
    writeEntries(file, [song('a'), song('b')])
    for (const place of [newest('snapshots'), restored]) {
      const report = nunmulJson(['index', '--data-dir', place, '--allow-shrink', file])
      assert.deepEqual(counts(report), { added: 0, changed: 0, unchanged: 0, removed: 1, kept: 2 }, place)
      assert.deepEqual(found(place, 'title'), ['x'])
      assert.deepEqual(found(place, 'sent'), ['a'])
    }
  }))
