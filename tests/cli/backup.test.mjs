// SPDX-License-Identifier: GPL-2.0-or-later
// nunmul backup and restore: nothing that was acknowledged before is lost, whatever is written meanwhile; only
// backups that were made there are removed; nothing is made of what is damaged.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startServer } from '../http/server.mjs'
import { nunmul, start, tempFolder } from './nunmul.mjs'

const backupsIn = (folder) => readdirSync(folder).filter((name) => name.endsWith('.backup')).sort()

async function filled() {
  const folder = tempFolder()
  const server = await startServer({ dataDir: join(folder, 'data') })
  await server.write('POST', '/indexes/songs/documents', [{ id: 1, title: '밤편지' }])
  return { folder, server, data: join(folder, 'data'), backups: join(folder, 'backups') }
}

test('a backup that is made while documents come in has all that were acknowledged before', async () => {
  const { folder, server, data, backups } = await filled()
  let acknowledged = 0
  let isOver = false
  const writing = (async () => {
    while (!isOver) {
      const index = `songs${acknowledged % 7}` // new indexes come, too
      const answer = await server.call('POST', `/indexes/${index}/documents`, [{ id: acknowledged, title: `Song ${acknowledged}` }])
      assert.equal(answer.status, 202)
      acknowledged += 1
    }
  })()
  const made = []
  while (made.length < 5) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    const before = acknowledged
    const backup = start(['backup', '--data-dir', data, backups])
    const [, path] = await backup.saw(/^(\S+\.backup): \d+ index(es)?, verified$/m)
    assert.equal(await backup.ended, 0)
    made.push({ path, before, after: acknowledged })
  }
  isOver = true
  await writing
  await server.stop({ keep: true })
  assert.ok(made.at(-1).before > 0)

  for (const [i, { path, before, after }] of made.entries()) {
    const restored = join(folder, `restored${i}`)
    const done = nunmul(['restore', '--data-dir', restored, path])
    assert.equal(done.status, 0, done.stderr)
    const copy = await startServer({ dataDir: restored })
    await copy.write('POST', '/indexes/last/documents', [{ id: 1 }]) // when this is done, so are all before
    const ids = new Set()
    for (let n = 0; n < 7; n += 1) {
      const found = await copy.call('GET', `/indexes/songs${n}/documents?limit=100000&fields=id`)
      for (const one of found.json?.results ?? []) ids.add(one.id)
    }
    for (let id = 0; id < before; id += 1) assert.ok(ids.has(id), `${id} of ${before} is lost`)
    assert.ok(ids.size <= after + 1)
    const failed = (await copy.call('GET', '/tasks?statuses=failed')).json
    assert.deepEqual(failed.results, [])
    await copy.stop({ keep: true })
  }
})

test('the oldest backups go, and nothing else does', async () => {
  const { server, data, backups } = await filled()
  await server.stop({ keep: true })
  mkdirSync(join(backups, '20200101-000000000.backup'), { recursive: true })
  writeFileSync(join(backups, 'notes.backup'), 'mine')
  const made = []
  for (let i = 0; i < 4; i += 1) {
    const done = nunmul(['backup', '--data-dir', data, '--keep', '2', backups])
    assert.equal(done.status, 0, done.stderr)
    made.push(/([^/\s]+\.backup):/.exec(done.stdout)[1])
    if (i >= 2) assert.match(done.stdout, new RegExp(`removed \\S+${made[i - 2]}`))
  }
  assert.deepEqual(backupsIn(backups), ['20200101-000000000.backup', ...made.slice(-2), 'notes.backup'])
  assert.equal(statSync(join(backups, made.at(-1))).mode & 0o077, 0, 'keys are for the owner alone')
})

test('a list that leads elsewhere removes nothing there', async () => {
  const { folder, server, data, backups } = await filled()
  await server.stop({ keep: true })
  mkdirSync(join(folder, 'precious.backup'))
  mkdirSync(backups)
  writeFileSync(join(backups, 'nunmul-backups.txt'), '../precious.backup\n/etc/hosts.backup\n')
  for (let i = 0; i < 2; i += 1) assert.equal(nunmul(['backup', '--data-dir', data, '--keep', '1', backups]).status, 0)
  assert.ok(existsSync(join(folder, 'precious.backup')))
})

test('what is damaged is neither backed up nor restored', async () => {
  const { folder, server, data, backups } = await filled()
  await server.stop({ keep: true })
  assert.equal(nunmul(['backup', '--data-dir', data, '--keep', '1', backups]).status, 0)
  const [good] = backupsIn(backups)

  const segments = join(data, 'indexes/1/segments')
  const segment = join(segments, readdirSync(segments)[0])
  const victim = join(segment, readdirSync(segment).find((name) => statSync(join(segment, name)).size > 64))
  const bytes = readFileSync(victim)
  bytes[40] ^= 0xff
  const target = join(tempFolder(), 'copy')
  assert.equal(nunmul(['restore', '--data-dir', target, join(backups, good)]).status, 0)
  writeFileSync(join(target, victim.slice(data.length + 1)), bytes) // in a copy: the backup shares its file with the data

  const again = nunmul(['restore', '--data-dir', join(folder, 'new'), target])
  assert.equal(again.status, 1)
  assert.match(again.stderr, /error: The backup .* is damaged: index songs: /)
  assert.ok(!existsSync(join(folder, 'new')))

  const refused = nunmul(['backup', '--data-dir', target, '--keep', '1', backups])
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /error: What was to be backed up is damaged: .*index songs: /)
  assert.deepEqual(backupsIn(backups), [good])
})

test('nothing is restored over what is there, nor from what is no data folder', async () => {
  const { folder, server, data, backups } = await filled()
  await server.stop({ keep: true })
  nunmul(['backup', '--data-dir', data, backups])
  const [backup] = backupsIn(backups)
  const over = nunmul(['restore', '--data-dir', data, join(backups, backup)])
  assert.equal(over.status, 1)
  assert.match(over.stderr, /error: The folder .*data is not empty\./)
  writeFileSync(join(folder, 'file.txt'), 'x')
  const from = nunmul(['restore', '--data-dir', join(folder, 'new'), folder])
  assert.equal(from.status, 1)
  assert.ok(!existsSync(join(folder, 'new')))
  const nothing = nunmul(['backup', '--data-dir', join(folder, 'none'), backups])
  assert.equal(nothing.status, 1)
  assert.match(nothing.stderr, /There is no data/)
})
