// SPDX-License-Identifier: GPL-2.0-or-later
// The pictures of the manual show what the search box shows.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

test('the pictures show the box as it is', () => {
  const { stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('pictures.mjs', import.meta.url)), '--check'], { encoding: 'utf8' })
  assert.equal(stdout + stderr, '', 'node tests/web/pictures.mjs takes them anew')
})
