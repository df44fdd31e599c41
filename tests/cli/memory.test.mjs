// SPDX-License-Identifier: GPL-2.0-or-later
// The memory that a build may take, as docs/cli.md says: so much, and so much for each document. The limit is
// on what a process allocates (ulimit -d); pages of files are not in it, which the system can take back.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { binary, nunmulJson, source, tempFolder, writeEntries } from './nunmul.mjs'

// "200 MB and half a kilobyte for each document"
const ceiling = /(\d+) MB and half a kilobyte for each document/.exec(readFileSync(join(source, 'docs/cli.md'), 'utf8'))
const limitedTo = (kilobytes, args) =>
  spawnSync('sh', ['-c', `ulimit -d ${kilobytes}; exec "$0" "$@"`, binary, ...args], { encoding: 'utf8', timeout: 200000 })

const documents = 40000
const words = Array.from({ length: 4000 }, (_, i) => `word${(i * 7919) % 4001}`)
const entry = (_, i) => ({ id: `e${i}`, title: `song ${i}`, description: Array.from({ length: 12 }, (__, w) => words[(i * 31 + w * w * 7) % words.length]).join(' ') })

test(`a build of ${documents} documents stays below the ceiling that the manual states`, () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const file = writeEntries(join(folder, 'songs.ndjson'), Array.from({ length: documents }, entry))
  const kilobytes = Number(ceiling[1]) * 1000 + documents / 2
  const { status, stderr } = limitedTo(kilobytes, ['index', '--data-dir', data, file])
  assert.equal(status, 0, stderr)
  assert.equal(nunmulJson(['search', '--data-dir', data, 'song 39999']).hits[0].id, 'e39999')
})

test('where memory runs out a build fails, says so, and leaves what was there', () => {
  const folder = tempFolder()
  const data = join(folder, 'data')
  const file = writeEntries(join(folder, 'songs.ndjson'), Array.from({ length: 100 }, entry))
  nunmulJson(['index', '--data-dir', data, file])
  writeEntries(file, Array.from({ length: documents }, entry))
  // At each limit it runs out somewhere else.
  for (const kilobytes of [30000, 36000, 38000, 40000, 41000, 42000, 44000, 48000]) {
    const { status, signal, stderr } = limitedTo(kilobytes, ['index', '--data-dir', data, file])
    assert.deepEqual([status, signal], [1, null], `${kilobytes} kB: ${stderr}`)
    assert.match(stderr, /^error: There was not enough memory\.\nhint: what was there before is unchanged$/m)
  }
  assert.deepEqual(nunmulJson(['check', '--data-dir', data]).problems, [])
  assert.equal(nunmulJson(['search', '--data-dir', data, 'song 99']).hits[0].id, 'e99')
})
