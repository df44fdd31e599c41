// SPDX-License-Identifier: GPL-2.0-or-later
// Data folders that earlier versions made, one of each in data-folders/VERSION.tgz: this version serves them, and
// builds their indexes again where it has to.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { nunmulJson, tempFolder, withServer } from './nunmul.mjs'

const packed = fileURLToPath(new URL('data-folders/', import.meta.url))

for (const name of readdirSync(packed))
  for (const isOutdated of [false, true])
    test(`a folder of ${name.replace('.tgz', '')} is served${isOutdated ? ' where its indexes are of a schema that is gone' : ''}`, async () => {
      const folder = tempFolder(), data = join(folder, 'data')
      assert.equal(spawnSync('tar', ['-xzf', join(packed, name), '-C', folder]).status, 0)
      if (isOutdated) outdate(data)
      await withServer(data, async (server) => {
        while ((await server.call('GET', '/health?ready=true')).status !== 200) await pause(20)
        const hits = async (q) => (await server.call('POST', '/indexes/entries/search', { q })).json.hits.map(({ id }) => id)
        assert.deepEqual(await hits('윤하'), ['rain'])
        assert.deepEqual(await hits('海辺'), ['sea'])
        assert.deepEqual(await hits('last train'), ['train'])
        await server.write('POST', '/indexes/entries/documents', [{ id: 'star', title: '별' }])
        assert.deepEqual(await hits('별'), ['star'])
      })
      assert.deepEqual(nunmulJson(['check', '--data-dir', data]).problems, [])
    })

// As a folder of an older schema looks to this program.
function outdate(data) {
  const at = join(data, 'indexes/1/generations')
  for (const name of readdirSync(at)) {
    const text = readFileSync(join(at, name), 'utf8')
    assert.match(text, /"schema":\d+/)
    writeFileSync(join(at, name), text.replace(/"schema":\d+/, '"schema":1'))
  }
}
