// SPDX-License-Identifier: GPL-2.0-or-later
// ./run, with stand-ins for the programs it calls: it installs only what is missing, as root or with sudo,
// says what to do without either, builds before it serves, passes flags on, and keeps exit statuses. It says what
// is ahead and how far it is, and names the tests that are left out.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../run', import.meta.url))
const folders = []
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

const realPrograms = ['awk', 'bash', 'cat', 'dirname', 'env', 'flock', 'grep', 'mkdir', 'readlink', 'rm', 'sed', 'sh', 'tail']
const pathOf = (name) => spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim()

function program(path, text) {
  writeFileSync(path, `#!/bin/bash\n${text}\n`)
  chmodSync(path, 0o755)
}

// A folder with a copy of the script whose programs only note that they were called. `statuses` has what they
// end with, by name or by name and first argument, `says` what they print.
function sandbox({ uid = 0, missing = '', sudo = true, node = 'v20.1.0', npm = true, statuses = {}, says = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'nunmul-run-'))
  folders.push(folder)
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  copyFileSync(script, join(folder, 'run'))
  for (const name of realPrograms) symlinkSync(pathOf(name), join(bin, name))
  const noted = (name) => `echo "${name} $*" >> ${folder}/calls
cat ${folder}/says-${name} 2>/dev/null
case "${name} $1" in ${Object.entries(statuses).map(([call, status]) => `"${call}" | "${call} $1") exit ${status};;`).join(' ')} esac`
  for (const [name, text] of Object.entries(says)) writeFileSync(join(folder, `says-${name}`), text)
  program(join(bin, 'dpkg-query'), `for p in "$@"; do [[ ' ${missing} ' == *" $p "* ]] || echo "installed $p"; done; exit 1`)
  program(join(bin, 'id'), `echo ${uid}`)
  program(join(bin, 'timeout'), 'shift; exec "$@"')
  if (sudo) program(join(bin, 'sudo'), `echo "sudo $1" >> ${folder}/calls; exec "$@"`)
  if (node) program(join(bin, 'node'), `echo ${node}`)
  for (const name of ['ctest', ...(npm ? ['npm'] : [])]) program(join(bin, name), noted(name))
  // The real one closes this descriptor for the packages' scripts, so that it must not be their standard output.
  program(join(bin, 'apt-get'), `[[ $* != *Status-Fd=3* ]] || echo pmstatus:a:50.0000:b >&3\n${noted('apt-get')}`)
  program(join(bin, 'cmake'), `mkdir -p build/release; [[ $1 != --preset ]] || echo > build/release/build.ninja
cat > build/release/nunmul <<'END'
#!/bin/bash
echo "nunmul $* in $NUNMUL_DATA_DIR" >> ${folder}/calls
END
/bin/chmod +x build/release/nunmul
${noted('cmake')}`)
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

test('with all packages there nothing is installed, and the second time nothing is said', () => {
  const { run } = sandbox({ says: { cmake: '[0/1] Re-checking globbed directories...\nninja: no work to do.\n' } })
  const calls = ['cmake --preset whole', 'cmake --build build/release --target nunmul']
  const first = run(['build'])
  assert.deepEqual(first.calls, calls)
  assert.match(first.stderr, /about \d+ minutes.* fetches/)
  const second = run(['build'])
  assert.deepEqual(second.calls, calls)
  assert.equal(second.stderr, '')
})

test('a folder that was configured to compile each file alone stays so', () => {
  const { run, folder } = sandbox()
  mkdirSync(join(folder, 'build/release'), { recursive: true })
  for (const [set, preset] of [['OFF', 'release'], ['ON', 'whole']]) {
    writeFileSync(join(folder, 'build/release/CMakeCache.txt'), `NUNMUL_UNITY:BOOL=${set}\n`)
    assert.equal(run(['build']).calls[0], `cmake --preset ${preset}`)
  }
})

test('missing packages are installed first, and only those', () => {
  const { calls, status } = sandbox({ missing: 'ccache doctest-dev libicu-dev' }).run(['build'])
  assert.equal(status, 0)
  assert.match(calls[0], /^apt-get .*update$/)
  assert.match(calls[1], /^apt-get .*--assume-no install ccache libicu-dev doctest-dev$/)
  assert.match(calls[2], /^apt-get .*-y .*install ccache libicu-dev doctest-dev$/)
  assert.equal(calls[3], 'cmake --preset whole')
})

test('what is fetched is said before it is, how far a build is while it goes on, and the rest is in the log', () => {
  const { run, folder } = sandbox({
    missing: 'ccache',
    says: {
      'apt-get': '0 upgraded, 80 newly installed, 0 to remove and 0 not upgraded.\nNeed to get 117 MB/120 MB of archives.\nAfter this operation, 485 MB of additional disk space will be used.\n',
      cmake: '[1/258] Building CXX object a.o\n',
    },
  })
  const { stderr } = run(['build'])
  assert.match(stderr, /80 packages: 117 MB to fetch, 485 MB of disk space\n/)
  assert.match(stderr, /==> Building: 258 steps/)
  assert.doesNotMatch(stderr, /a\.o/)
  const log = readFileSync(join(folder, 'build/release/run.log'), 'utf8')
  assert.match(log, /^\[1\/258\] Building CXX object a\.o$/m)
  assert.match(log, /^pmstatus:a:50/m)
})

test('when a step fails the end of the log is shown, and where it is', () => {
  const { run } = sandbox({ statuses: { 'cmake --build': 3 }, says: { cmake: 'a.cpp:1: error: what is wrong\n' } })
  const { status, stderr } = run(['build'])
  assert.equal(status, 3)
  assert.match(stderr, /build\/release\/run\.log/)
  assert.match(stderr, /a\.cpp:1: error: what is wrong/)
})

test('package builds a binary of its own, packs it and says where', () => {
  const { run, folder } = sandbox({ missing: 'debhelper' })
  mkdirSync(join(folder, 'cmake/package'), { recursive: true })
  program(join(folder, 'cmake/package/make_deb'), `echo "make_deb $*" >> ${folder}/calls; mkdir -p $2; echo > $2/nunmul_1_all.deb`)
  const { status, stdout, calls } = run(['package'])
  assert.equal(status, 0)
  assert.ok(calls.some((call) => / install debhelper$/.test(call)), calls.join('\n'))
  assert.deepEqual(calls.slice(-3), ['cmake --preset package', 'cmake --build build/package --target nunmul', 'make_deb build/package build/package'])
  assert.equal(stdout, 'build/package/nunmul_1_all.deb\n')
})

test('who is not root uses sudo', () => {
  const { calls } = sandbox({ uid: 1000, missing: 'ccache' }).run(['build'])
  assert.deepEqual(calls.slice(0, 2).map((call) => call.split(' ')[0]), ['sudo', 'apt-get'])
  assert.match(calls.find((call) => call.includes(' -y ')), /install ccache$/)
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
  assert.ok(calls.every((call) => call.startsWith('apt-get')))
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

test('what needs an npm registry is left out where none answers npm, or there is no npm', () => {
  const missing = 'chromium npm'
  const installs = (calls) => calls.filter((call) => /install/.test(call) && !/assume-no/.test(call))
  const without = sandbox({ statuses: { 'npm ping': 1 } }).run(['test'])
  assert.equal(without.status, 0)
  assert.match(without.stderr, /No npm registry in reach/)
  assert.deepEqual(installs(without.calls), [])
  const unobtainable = sandbox({ missing, npm: false, statuses: { 'apt-get': 100 } }).run(['test'])
  assert.equal(unobtainable.status, 0)
  assert.match(unobtainable.stderr, /No npm registry in reach/)
  assert.match(installs(unobtainable.calls).join(), /install npm$/)
  const reached = sandbox({ missing: 'chromium' }).run(['test'])
  assert.match(reached.calls.join('\n'), /npm ping[^]*install chromium\nnpm install .*\nnpm install /)
})

test('packages that only some tests need do not stop the others', () => {
  for (const statuses of [{ 'apt-get': 100 }, { 'npm install': 1 }]) {
    const { status, calls, stderr } = sandbox({ missing: 'chromium', statuses }).run(['test'])
    assert.equal(status, 0)
    assert.match(calls.at(-1), /^ctest/)
    assert.match(stderr, /run\.log says why/)
  }
})

test('tests that were skipped are named at the end with the reason, whatever ctest ends with', () => {
  for (const expected of [0, 8]) {
    const { run, folder } = sandbox({ statuses: { ctest: expected } })
    mkdirSync(join(folder, 'build/release/Testing/Temporary'), { recursive: true })
    writeFileSync(join(folder, 'build/release/Testing/Temporary/LastTest.log'), `
1/2 Testing: cli/disk
1/2 Test: cli/disk
ok 1 - a disk is full # SKIP needs to mount
ok 2 - a disk is not full
# skipped 1
2/2 Test: cli/newer
﹣ a disk is new (0.5ms) # needs a disk
`)
    const { status, stderr } = run(['test'])
    assert.equal(status, expected)
    assert.match(stderr, /==> Left out:\n    cli\/disk: a disk is full # SKIP needs to mount\n    cli\/newer: a disk is new .*# needs a disk\n$/)
  }
  assert.match(sandbox().run(['test']).stderr, /==> Left out:\n    nothing\n$/)
})

// The source tree with tests of its own, and ./run with the real CMake, but nothing is built.
function tree() {
  const folder = mkdtempSync(join(tmpdir(), 'nunmul-run-'))
  folders.push(folder)
  const source = join(script, '..')
  for (const name of ['CMakeLists.txt', 'CMakePresets.json', 'cmake', 'index', 'queries', 'src']) symlinkSync(join(source, name), join(folder, name))
  cpSync(join(source, 'tests'), join(folder, 'tests'), { recursive: true, filter: (path) => !path.endsWith('/node_modules') })
  copyFileSync(script, join(folder, 'run'))
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const seen = new Set(['node', 'nodejs', 'npm', 'chromium', 'dpkg-query', 'cmake', 'ctest'])
  for (const directory of process.env.PATH.split(':').filter(existsSync))
    for (const name of readdirSync(directory)) if (!seen.has(name)) symlinkSync(join(directory, name), join(bin, name)), seen.add(name)
  program(join(bin, 'dpkg-query'), `for p in "$@"; do echo "installed $p"; done`)
  program(join(bin, 'cmake'), `[[ $1 == --build ]] || exec ${pathOf('cmake')} "$@"`)
  program(join(bin, 'ctest'), `exec ${pathOf('ctest')} --show-only "$@"`)
  return { folder, bin }
}

test('a program or package folder that appears or goes decides anew which tests there are, and the end names the others', () => {
  const { folder, bin } = tree()
  const packages = ['tests/http/clients/node_modules', 'tests/web/node_modules'].map((name) => join(folder, name))
  const run = () => {
    const { status, stdout, stderr } = spawnSync(join(folder, 'run'), ['test'], { encoding: 'utf8', env: { ...process.env, PATH: bin }, timeout: 200_000 })
    assert.equal(status, 0, stderr)
    return { tests: [...stdout.matchAll(/Test +#\d+: (\S+)/g)].map(([, name]) => name), leftOut: stderr.slice(stderr.indexOf('Left out:')) }
  }
  const groups = { 'cli/usage': /Node\.js/, 'http/front/abuse': /Node\.js/, 'web/pages': /Node\.js/, 'http/clients/meilisearch': /npm/, 'web/browser': /chromium/ }
  const nodeTests = 3  // the first ones of these need nothing but Node.js
  const check = (there) => {
    const { tests, leftOut } = run()
    assert.ok(tests.includes('unit/base'))
    Object.entries(groups).forEach(([name, reason], index) => {
      assert.equal(tests.includes(name), index < there, `${name} with ${there}`)
      const line = leftOut.split('\n').find((text) => text.includes(name))
      assert.equal(line === undefined, index < there, leftOut)
      if (line) assert.match(line, there < nodeTests ? /Node\.js/ : reason)
    })
  }
  check(0)
  program(join(bin, 'node'), 'echo v18.20.4')
  check(nodeTests)
  program(join(bin, 'chromium'), '')
  packages.forEach((path) => mkdirSync(path))
  check(5)
  for (const path of [...packages, join(bin, 'chromium')]) rmSync(path, { recursive: true })
  check(nodeTests)
  program(join(bin, 'node'), 'echo v16.20.0')
  check(0)
})
