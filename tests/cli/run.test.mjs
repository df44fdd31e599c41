// SPDX-License-Identifier: GPL-2.0-or-later
// ./run, with stand-ins for the programs it calls: it installs only what is missing, as root or with sudo,
// says what to do without either, builds before it serves, passes flags on, and keeps exit statuses.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../run', import.meta.url))
const folders = []
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

const realPrograms = ['bash', 'cat', 'dirname', 'env', 'flock', 'grep', 'mkdir', 'readlink', 'rm', 'sed']

// A folder with a copy of the script whose programs only note that they were called.
function sandbox({ uid = 0, missing = '', sudo = true, node = 'v20.1.0', statuses = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'nunmul-run-'))
  folders.push(folder)
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  copyFileSync(script, join(folder, 'run'))
  for (const name of realPrograms) symlinkSync(spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim(), join(bin, name))
  const program = (path, text) => {
    writeFileSync(path, `#!/bin/bash\n${text}\n`)
    chmodSync(path, 0o755)
  }
  const noted = (name) => `echo "${name} $*" >> ${folder}/calls; exit ${statuses[name] ?? 0}`
  program(join(bin, 'dpkg-query'), `for p in "$@"; do [[ ' ${missing} ' == *" $p "* ]] || echo "installed $p"; done; exit 1`)
  program(join(bin, 'id'), `echo ${uid}`)
  if (sudo) program(join(bin, 'sudo'), `echo "sudo $1" >> ${folder}/calls; exec "$@"`)
  if (node) program(join(bin, 'node'), `echo ${node}`)
  for (const name of ['apt-get', 'ctest', 'curl', 'timeout']) program(join(bin, name), noted(name))
  program(join(bin, 'cmake'), `mkdir -p build/release; [[ $1 != --preset ]] || echo > build/release/build.ninja
cat > build/release/nunmul <<'END'
#!/bin/bash
echo "nunmul $* in $NUNMUL_DATA_DIR" >> ${folder}/calls
END
${noted('cmake')}`)
  mkdirSync(join(folder, 'build/release'), { recursive: true })
  writeFileSync(join(folder, 'build/release/nunmul'), '', { mode: 0o755 })
  return {
    folder,
    run(args, environment = {}) {
      rmSync(join(folder, 'calls'), { force: true })
      const result = spawnSync(join(folder, 'run'), args, { encoding: 'utf8', env: { PATH: bin, ...environment }, timeout: 20_000 })
      const calls = existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n') : []
      return { status: result.status, stdout: result.stdout, stderr: result.stderr, calls }
    },
  }
}

test('without a command or with an unknown one it shows its use and fails with 2', () => {
  const { run } = sandbox()
  for (const args of [[], ['bild']]) {
    const { status, stderr, calls } = run(args)
    assert.equal(status, 2)
    assert.match(stderr, /Usage: \.\/run/)
    assert.deepEqual(calls, [])
  }
  assert.equal(run(['--help']).status, 0)
})

test('with all packages there nothing is installed, and the second time nothing is configured', () => {
  const { run } = sandbox()
  assert.deepEqual(run(['build']).calls, ['cmake --preset release', 'cmake --build build/release --target nunmul'])
  assert.deepEqual(run(['build']).calls, ['cmake --build build/release --target nunmul'])
})

test('missing packages are installed first, and only those', () => {
  const { calls, status } = sandbox({ missing: 'ccache doctest-dev libicu-dev' }).run(['build'])
  assert.equal(status, 0)
  assert.match(calls[0], /^apt-get .*update$/)
  assert.match(calls[1], /^apt-get .*install ccache libicu-dev doctest-dev$/)
  assert.equal(calls[2], 'cmake --preset release')
})

test('who is not root uses sudo', () => {
  const { calls } = sandbox({ uid: 1000, missing: 'ccache' }).run(['build'])
  assert.deepEqual(calls.slice(0, 2).map((call) => call.split(' ')[0]), ['sudo', 'apt-get'])
  assert.match(calls[3], /install ccache$/)
})

test('without root and sudo it says what to do', () => {
  const { status, stderr, calls } = sandbox({ uid: 1000, sudo: false, missing: 'ccache cmake' }).run(['build'])
  assert.equal(status, 1)
  assert.match(stderr, /hint: as root: apt-get install cmake ccache/)
  assert.deepEqual(calls, [])
})

test('package lists that cannot be updated do not stop it, packages that cannot be installed do', () => {
  const { status, calls } = sandbox({ missing: 'ccache', statuses: { 'apt-get': 100 } }).run(['build'])
  assert.equal(status, 100)
  assert.equal(calls.length, 2)
})

test('serve builds, indexes, and serves the same data folder with the flags that are given', () => {
  const { run } = sandbox()
  for (const [args, environment, folder, flags] of [
    [['serve'], {}, 'data', ''],
    [['serve', '--', '--listen', '127.0.0.1:0'], {}, 'data', ' --listen 127.0.0.1:0'],
    [['serve', '--', '--data-dir', '/srv/a b'], {}, '/srv/a b', ' --data-dir /srv/a b'],
    [['serve', '--data-dir=x'], {}, 'x', ' --data-dir=x'],
    [['serve'], { NUNMUL_DATA_DIR: 'y' }, 'y', ''],
  ]) {
    const { status, calls } = run(args, environment)
    assert.equal(status, 0)
    assert.deepEqual(calls.filter((call) => call.startsWith('nunmul')), [
      `nunmul index --settings index/settings/entries.json index/content in ${folder}`,
      `nunmul serve${flags} in ${folder}`,
    ])
  }
})

test('test builds everything and ends with the status of ctest', () => {
  const { status, calls } = sandbox({ statuses: { ctest: 8 } }).run(['test', '--', '-R', 'unit/text'])
  assert.equal(status, 8)
  assert.equal(calls.at(-2), 'cmake --build build/release')
  assert.match(calls.at(-1), /^ctest --test-dir build\/release --parallel 2 --output-on-failure --no-tests=error -R unit\/text$/)
})

test('a build that fails is not tested or served', () => {
  for (const command of ['test', 'serve', 'build']) {
    const { status, calls } = sandbox({ statuses: { cmake: 1 } }).run([command])
    assert.equal(status, 1)
    assert.ok(calls.every((call) => !/^(ctest|nunmul)/.test(call)))
  }
})

test('Node.js is installed for the tests where there is none or an old one', () => {
  for (const [node, wanted] of [[null, true], ['v16.20.0', true], ['v18.0.0', false], ['v22.1.0', false]]) {
    const { calls } = sandbox({ node, missing: 'nodejs' }).run(['test'])
    assert.equal(calls.some((call) => /install nodejs$/.test(call)), wanted)
  }
})

test('what needs an npm registry is left out where there is none', () => {
  const missing = 'chromium npm'
  const without = sandbox({ missing, statuses: { curl: 6 } }).run(['test'])
  assert.equal(without.status, 0)
  assert.match(without.stderr, /No npm registry in reach/)
  assert.ok(!without.calls.some((call) => /^(apt-get|timeout)/.test(call)))
  const reached = sandbox({ missing }).run(['test'])
  assert.ok(reached.calls.some((call) => /install chromium npm$/.test(call)))
  assert.equal(reached.calls.filter((call) => /^timeout \d+ npm install/.test(call)).length, 2)
})
