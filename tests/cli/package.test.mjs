// SPDX-License-Identifier: GPL-2.0-or-later
// The Debian package, made of the binary that is tested: what it holds, lintian's opinion, how exposed its service
// is, its configuration and completions. An installed program finds its own configuration and language resources.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { before, test } from 'node:test'
import { binary, song, source, tempFolder, writeEntries } from './nunmul.mjs'

const run = (program, args, options = {}) => spawnSync(program, args, { encoding: 'utf8', timeout: 120_000, ...options })
const has = (program) => run('/bin/sh', ['-c', `command -v ${program}`]).status === 0
const needs = (t, ...programs) => {
  const missing = programs.filter((name) => !has(name))
  if (missing.length) t.skip(`needs ${missing.join(', ')}`)
  return missing.length === 0
}

let folder, deb
before(() => {
  if (!['dh', 'dpkg-buildpackage'].every(has)) return
  folder = tempFolder()
  const { status, stdout, stderr } = run(join(source, 'cmake/package/make_deb'), [dirname(binary), folder])
  assert.equal(status, 0, stdout + stderr)
  deb = join(folder, readdirSync(folder).find((name) => /^nunmul_.*\.deb$/.test(name)))
  assert.equal(run('dpkg-deb', ['--raw-extract', deb, join(folder, 'content')]).status, 0)
})
const needsPackage = (t) => needs(t, 'dh', 'dpkg-buildpackage')
const content = (name) => join(folder, 'content', name)

test('the package has the program, what it needs, and a page for each command', (t) => {
  if (!needsPackage(t)) return
  assert.ok(readdirSync(folder).some((name) => /^nunmul-dbgsym_.*\.deb$/.test(name)))
  for (const name of ['usr/bin/nunmul', 'usr/share/nunmul/languages/names.json', 'usr/share/nunmul/example/settings/entries.json',
    'lib/systemd/system/nunmul.service', 'lib/systemd/system/nunmul.socket', 'lib/systemd/system/nunmul-backup.timer', 'usr/share/doc/nunmul/copyright'])
    assert.ok(readFileSync(content(name)).length > 0, name)
  const pages = readdirSync(content('usr/share/man/man1'))
  for (const { name } of describe().commands) assert.ok(pages.includes(`nunmul-${name}.1.gz`), name)
  assert.equal(readFileSync(content('DEBIAN/conffiles'), 'utf8').trim(), '/etc/nunmul/nunmul.toml')
  const control = readFileSync(content('DEBIAN/control'), 'utf8')
  assert.match(control, /^Depends: .*libxapian30.*hunspell-ko, mecab-ipadic-utf8/m)
})

const describe = () => JSON.parse(run(binary, ['describe']).stdout)

test('lintian finds no error and nothing to warn of', (t) => {
  if (!needsPackage(t) || !needs(t, 'lintian')) return
  const { status, stdout, stderr } = run('lintian', ['--allow-root', '--fail-on', 'error,warning', deb])
  assert.equal(status, 0, stdout + stderr)
  assert.doesNotMatch(stdout, /^[EW]:/m)
})

test('the service is exposed to at most 2.0 of 10', (t) => {
  if (!needs(t, 'systemd-analyze')) return
  const unit = join(source, 'cmake/package/debian/nunmul.service')
  const { status, stdout, stderr } = run('systemd-analyze', ['security', '--offline=true', '--threshold=20', '--no-pager', unit])
  assert.equal(status, 0, stdout.slice(-200) + stderr)
})

test('manual pages are without a fault', (t) => {
  if (!needsPackage(t) || !needs(t, 'man')) return
  for (const section of ['man1', 'man5'])
    for (const name of readdirSync(content(`usr/share/man/${section}`))) {
      const { stderr } = run('man', ['--warnings', '-E', 'UTF-8', '-l', '-Tutf8', '-Z', content(`usr/share/man/${section}/${name}`)], { env: { ...process.env, LC_ALL: 'C.UTF-8', MANROFFSEQ: '', MANWIDTH: '80' } })
      assert.equal(stderr, '', name)
    }
})

test('the configuration names every option; with its comments taken off, the defaults stay', (t) => {
  if (!needsPackage(t)) return
  const text = readFileSync(content('etc/nunmul/nunmul.toml'), 'utf8')
  const lines = text.split('\n').filter((line) => /^#?[a-z-]+ = /.test(line))
  for (const { options } of describe().commands)
    for (const { name, positional } of options)
      if (!positional) assert.ok(lines.some((line) => line.replace('#', '').startsWith(`${name.slice(2)} = `)), name)
  const set = lines.filter((line) => !line.startsWith('#'))
  assert.deepEqual(set, ['data-dir = "/var/lib/nunmul"', 'master-key-file = "/etc/nunmul/master.key"'])
  // Placeholders such as "FILE" are no values: only what has a default is taken.
  const data = join(tempFolder(), 'data'), file = join(tempFolder(), 'all.toml')
  writeFileSync(file, text.replace(/^#([a-z-]+ = (?!"[A-Z:|.]+"|\["[A-Z]+"\]))/gm, '$1').replace('/var/lib/nunmul', data).replace('"/usr/share"', '"/none"'))
  for (const args of [['search', 'rain'], ['generations']]) {
    const { status, stderr } = run(binary, ['--config', file, ...args])
    assert.equal(status, 1, stderr)
    assert.doesNotMatch(stderr, /config|option|takes/, args[0])
  }
})

test('bash completes commands, options and choices', (t) => {
  if (!needsPackage(t)) return
  const complete = (line) => run('bash', ['-c', `source "$1"; COMP_WORDS=(${line}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _nunmul; printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash', content('usr/share/bash-completion/completions/nunmul')]).stdout.trim().split('\n')
  assert.deepEqual(complete('nunmul ser'), ['serve'])
  assert.deepEqual(complete('nunmul serve --data-dir data --log-f'), ['--log-format', '--log-file'])
  assert.deepEqual(complete('nunmul serve --log-format j'), ['json'])
  assert.deepEqual(complete("nunmul serve --listen ''"), [''])
})

test('zsh takes its completion', (t) => {
  if (!needsPackage(t) || !needs(t, 'zsh')) return
  const { status, stderr } = run('zsh', ['-n', content('usr/share/zsh/vendor-completions/_nunmul')])
  assert.equal(status, 0, stderr)
})

test('an installed program reads its own configuration and language resources', () => {
  const prefix = tempFolder(), data = join(prefix, 'state')
  for (const name of ['bin', 'etc/nunmul', 'share/nunmul/languages']) mkdirSync(join(prefix, name), { recursive: true })
  copyFileSync(binary, join(prefix, 'bin/nunmul'))
  copyFileSync(join(source, 'index/languages/names.json'), join(prefix, 'share/nunmul/languages/names.json'))
  writeFileSync(join(prefix, 'etc/nunmul/nunmul.toml'), `data-dir = "${data}"\n[serve]\nlisten = "nowhere"\n`)
  const { NUNMUL_LANGUAGES, NUNMUL_DICTIONARIES, ...env } = process.env
  const installed = (...args) => run(join(prefix, 'bin/nunmul'), args, { env, cwd: prefix })
  writeEntries(join(prefix, 'songs.ndjson'), [song('rain', { title: '비', artist: '윤하' })])
  const indexed = installed('index', 'songs.ndjson')
  assert.equal(indexed.status, 0, indexed.stderr)
  assert.match(installed('search', '윤하').stdout, /윤하/)
  assert.ok(existsSync(join(data, 'nunmul.json')))
  assert.match(installed('serve').stderr, /--listen takes HOST:PORT.*nowhere/)
  assert.equal(installed('--config', '/dev/null', 'search', '윤하').status, 1)
})
