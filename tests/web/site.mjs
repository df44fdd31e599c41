// SPDX-License-Identifier: GPL-2.0-or-later
// A server over the default content, without a master key, for the tests of the pages; with one document
// more, every field of which tries to be markup, and one whose names stand in the wrong fields.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startServer } from '../http/server.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
export const attack = '"><img src=x onerror="document.title=\'hacked\'"><script>document.title=\'hacked\'</script>'

// `files` by name come beside them.
export async function startSite(files = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'nunmul-web-'))
  const dataDir = join(folder, 'data')
  const evil = join(folder, 'evil.ndjson')
  const names = { id: 'evil-names', kind: 'song', title: '윤하', title_ko: 'Younha', title_ja: '1979', artist: 'Younha', artist_ja: 'ユンナ' }
  writeFileSync(evil, JSON.stringify({ id: 'evil', kind: attack, title: `zombify ${attack}`, title_ko: attack, artist: attack, themes: [attack], source: attack, description: `zombify ${attack}`, description_ko: attack, description_ja: attack }) + '\n' + JSON.stringify(names) + '\n')
  const content = join(root, 'index/content'), settings = join(root, 'index/settings/entries.json')
  const more = Object.entries(files).map(([name, text]) => { const path = join(folder, name); writeFileSync(path, text); return path })
  execFileSync(process.env.NUNMUL_BINARY, ['index', '--data-dir', dataDir, '--settings', settings, content, evil, ...more], { stdio: 'ignore' })
  const server = await startServer({ key: '', dataDir })
  return { url: server.url, stop: async () => { await server.stop({ keep: true }); rmSync(folder, { recursive: true, force: true }) } }
}
