// SPDX-License-Identifier: GPL-2.0-or-later
// A full disk (a small tmpfs, as root): a clear error, the old state goes on serving, and everything works
// again when there is space.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { found, nunmul, nunmulJson, song, tempFolder, withServer, writeEntries } from './nunmul.mjs'

const folder = tempFolder()

// A file system of so many megabytes for one test, or nothing where this may not be done.
function smallDisk(t, megabytes) {
  const disk = join(folder, `disk${megabytes}`)
  mkdirSync(disk)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'nunmul-test', disk]).status !== 0) return undefined
  t.after(() => spawnSync('umount', ['-l', disk]))
  return disk
}

function fill(disk, left) {
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(join(disk, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - left)))
}

const many = (count) => Array.from({ length: count }, (_, i) => song(`n${i}`, { description: `Words ${i} and number ${i * 31 % 997} more of them` }))

test('nunmul index on a full disk fails with a hint, and works again with space', (t) => {
  const disk = smallDisk(t, 24)
  if (!disk) return t.skip('needs to mount a tmpfs')
  const data = join(disk, 'data')
  const file = writeEntries(join(folder, 'a.ndjson'), [song('a')])
  nunmulJson(['index', '--data-dir', data, file])
  const large = writeEntries(join(folder, 'large.ndjson'), [...many(8000), song('a')])
  // From no space at all to nearly enough: the disk is full at another step each time.
  for (const left of [0, 4096, 65536, 1 << 20, 3 << 20, 5 << 20]) {
    fill(disk, left)
    const { status, stderr } = nunmul(['index', '--data-dir', data, large])
    if (status !== 0) {
      assert.equal(status, 1, `${left} bytes left`)
      assert.match(stderr, /^error: .*no space left/im, `${left} bytes left`)
      assert.match(stderr, /^hint: .*space/m, `${left} bytes left`)
    }
    rmSync(join(disk, 'ballast'))
    if (status !== 0) assert.deepEqual(found(data, 'about a'), ['a'], `${left} bytes left`)
  }
  assert.equal(nunmulJson(['index', '--data-dir', data, large]).documents, 8001)
  assert.deepEqual(nunmulJson(['check', '--data-dir', data]).problems, [])
})

test('a server on a full disk answers from what it has, and takes documents again with space', async (t) => {
  const disk = smallDisk(t, 16)
  if (!disk) return t.skip('needs to mount a tmpfs')
  const data = join(disk, 'data')
  nunmulJson(['index', '--data-dir', data, writeEntries(join(folder, 'a.ndjson'), [song('a')])])
  await withServer(data, async (server, waitFor) => {
    fill(disk, 0)
    const refused = await server.call('POST', '/indexes/entries/documents', many(2000))
    await waitFor('title', ['a'])
    if (refused.status !== 202) assert.match(refused.json.code, /no_space_left_on_device|internal|io_error/)
    rmSync(join(disk, 'ballast'))
    const sent = await server.write('POST', '/indexes/entries/documents', [song('b')])
    assert.equal(sent.status, 'succeeded')
    if (refused.status !== 202) await waitFor('title', ['a', 'b'])
  })
  assert.deepEqual(nunmulJson(['check', '--data-dir', data]).problems, [])
})

test('a rebuild in a process of its own says that the disk is full, and the old state goes on answering', async (t) => {
  const disk = smallDisk(t, 64)
  if (!disk) return t.skip('needs to mount a tmpfs')
  const data = join(disk, 'data')
  const entries = many(20500)
  nunmulJson(['index', '--data-dir', data, writeEntries(join(folder, 'many.ndjson'), entries)])
  await withServer(data, async (server) => {
    const patch = () => server.write('PATCH', '/indexes/entries/settings', { separatorTokens: ['§'] })
    for (const left of [1 << 20, 2 << 20, 3 << 20]) {
      fill(disk, left)
      const failed = await patch()
      assert.equal(failed.status, 'failed')
      assert.equal(failed.error.code, 'no_space_left_on_device', `${left} bytes left: ${failed.error.message}`)
      const { json } = await server.call('GET', '/indexes/entries/search?q=n20499')
      assert.equal(json.hits[0].id, 'n20499')
      rmSync(join(disk, 'ballast'))
    }
    assert.equal((await patch()).status, 'succeeded')
  })
})
