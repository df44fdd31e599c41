// SPDX-License-Identifier: GPL-2.0-or-later
// Dumps and snapshots do not fill the disk: the oldest go. Nothing else in their folders does.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startServer } from './server.mjs'

for (const [route, ending] of [['dumps', 'dump'], ['snapshots', 'snapshot']]) {
  test(`of ${route} the newest are kept, and whatever else lies there`, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'nunmul-copies-'))
    const folder = join(dataDir, route)
    const foreign = [`20200101-000000000.${ending}`, `mine.${ending}.tmp`, 'mine']
    const own = () => readdirSync(folder).filter((name) => !foreign.includes(name)).sort()
    const start = () => startServer({ dataDir, flags: ['--keep-copies', '2'] })
    const make = async (server) => {
      const task = await server.write('POST', `/${route}`)
      assert.equal(task.status, 'succeeded', JSON.stringify(task))
    }

    let server = await start()
    mkdirSync(folder, { recursive: true })
    for (const name of foreign) writeFileSync(join(folder, name), 'not made here')
    await make(server)
    await make(server)
    const [first, second] = own()
    await make(server)
    assert.equal(own().length, 2)
    assert.ok(!own().includes(first) && own().includes(second))

    await server.stop({ keep: true })  // it is remembered
    server = await start()
    await make(server)
    assert.equal(own().length, 2)
    assert.ok(!own().includes(second))

    // A copy that was taken away does not count, and is not looked for elsewhere.
    renameSync(join(folder, own()[0]), join(dataDir, 'archive'))
    await make(server)
    assert.equal(own().length, 2)
    await make(server)
    assert.equal(own().length, 2)
    assert.ok(readdirSync(dataDir).includes('archive'))
    for (const name of foreign) assert.ok(readdirSync(folder).includes(name), name)
    await server.stop({ keep: true })
    rmSync(dataDir, { recursive: true })
  })
}

test('a snapshot that is served knows nothing of the copies of its origin', async () => {
  const server = await startServer({ flags: ['--keep-copies', '1'] })
  await server.write('POST', '/dumps')
  await server.write('POST', '/snapshots')
  const [snapshot] = readdirSync(join(server.folder, 'snapshots'))
  const dataDir = join(server.folder, 'snapshots', snapshot)
  const [dump] = readdirSync(join(server.folder, 'dumps'))
  mkdirSync(join(dataDir, 'dumps'))
  writeFileSync(join(dataDir, 'dumps', dump), 'put here by hand')
  const other = await startServer({ dataDir, flags: ['--keep-copies', '1'] })
  assert.equal((await other.write('POST', '/dumps')).status, 'succeeded')
  assert.equal(readdirSync(join(dataDir, 'dumps')).length, 2)
  await other.stop({ keep: true })
  await server.stop()
})
