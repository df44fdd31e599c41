// SPDX-License-Identifier: GPL-2.0-or-later
// nunmul serve --import-dump: what another program wrote is read, what is wrong is named with its line, and a kill at
// any instant leaves all of the dump or nothing.
import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { startServer } from '../http/server.mjs'
import { nunmul, start, tempFolder } from './nunmul.mjs'

const created = '2026-07-22T09:15:03Z'
const settings = { settings: { filterableAttributes: ['year'] }, defaultRankingRules: true, nunmul: {} }
const index = (uid) => ({ index: { uid, primaryKey: 'id', createdAt: created, updatedAt: created, settings } })
const key = { key: { uid: '6062abda-a5aa-4414-ac91-ecd7944c0f8d', name: 'Site', description: null, actions: ['search'], indexes: ['*'], expiresAt: null, createdAt: created, updatedAt: created } }
// As Python writes it, with a blank behind every comma and colon outside of texts.
const spaced = (value) => JSON.stringify(value, null, 1).replace(/\n */g, ' ')
const dump = (folder, lines) => {
  const file = join(folder, 'a.dump')
  writeFileSync(file, gzipSync(lines.map((line) => spaced(line) + '\n').join('')))
  return file
}
const documents = (count) => Array.from({ length: count }, (_, id) => ({ document: { id, year: 2000 + (id % 20), title: `Song ${id}`, text: `rain and ${id} stars` } }))
const whole = (count) => [{ nunmulDump: 1, createdAt: created }, key, index('songs'), ...documents(count), index('films'), ...documents(count), { end: { documents: 2 * count } }]

test('a dump with blanks between its tokens is read', async () => {
  const folder = tempFolder()
  const server = await startServer({ dataDir: join(folder, 'data'), flags: ['--import-dump', dump(folder, whole(3))] })
  try {
    assert.deepEqual((await server.call('GET', '/indexes/songs/documents/1')).json, documents(2)[1].document)
    assert.deepEqual((await server.call('GET', '/keys')).json.results.map((one) => one.name), ['Site'])
  } finally {
    await server.stop()
  }
})

test('what is wrong is named with file and line, and the folder takes the mended dump', async () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const lines = whole(3)
  lines[8] = { document: { title: 'no id' } }
  const file = dump(folder, lines)
  const { status, stderr } = nunmul(['serve', '--data-dir', data, '--listen', '127.0.0.1:0', '--import-dump', file])
  assert.equal(status, 1)
  assert.ok(stderr.includes(`${file}:9: Document doesn't have a \`id\` attribute`), stderr)
  assert.deepEqual(readdirSync(join(data, 'indexes')), [])
  const server = await startServer({ dataDir: data, flags: ['--import-dump', dump(folder, whole(3))] })
  await server.stop()
})

test('a kill at any instant leaves all of the dump or nothing', async () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const count = 400
  const file = dump(folder, whole(count))
  let state = 7
  const random = () => ((state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 4294967296)
  for (let round = 0; round < 12; round++) {
    const importer = start(['serve', '--data-dir', data, '--listen', '127.0.0.1:0', '--import-dump', file])
    await Promise.race([importer.saw(/listening on/), new Promise((resolve) => setTimeout(resolve, random() * 400))])
    await importer.end('SIGKILL')
    const server = await startServer({ dataDir: data })
    try {
      const indexes = (await server.call('GET', '/stats')).json.indexes
      const counts = Object.values(indexes).map((one) => one.numberOfDocuments)
      assert.ok(counts.length === 0 || counts.join() === `${count},${count}`, counts.join())
      const names = (await server.call('GET', '/keys')).json.results.map((one) => one.name)
      assert.equal(names.includes('Site'), counts.length > 0)
      assert.deepEqual(readdirSync(data).filter((name) => name.startsWith('dump-import')), [])
    } finally {
      await server.stop()  // which removes the folder
    }
  }
})
