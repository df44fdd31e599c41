// SPDX-License-Identifier: GPL-2.0-or-later
// The command line as a whole: exit status 0, 1 and 2, errors and hints on stderr, and where options come
// from: the command line before the environment, that before the configuration file.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { nunmul, nunmulJson, realLanguages, song, tempFolder, writeEntries } from './nunmul.mjs'

const commands = ['serve', 'index', 'search', 'import', 'eval', 'check', 'generations', 'rollback', 'backup', 'restore', 'queries', 'concepts']

test('--help names every command, and each command has a --help', () => {
  const help = nunmul(['--help'])
  assert.equal(help.status, 0)
  for (const command of commands) {
    assert.match(help.stdout, new RegExp(`^  ${command} `, 'm'))
    const own = nunmul([command, '--help'])
    assert.equal(own.status, 0)
    assert.match(own.stdout, /--data-dir|--output/)
  }
})

test('help fits a terminal of 80 columns and 40 lines, and gives an example', () => {
  for (const args of [['--help'], ...commands.map((command) => [command, '--help'])]) {
    const lines = nunmul(args).stdout.trimEnd().split('\n')
    assert.ok(lines.length <= 40, `${args}: ${lines.length} lines`)
    for (const line of lines) assert.ok(line.length <= 80, `${args}: ${line}`)
    assert.match(lines.at(-1), /^Example: nunmul /)
    if (args.length === 2) assert.match(lines.at(-1), new RegExp(`^Example: nunmul ${args[0]}`))
  }
})

test('what is wrong with a value is said with what the option takes', () => {
  const said = [
    [['search'], 'QUERY... is missing.'],
    [[], 'Name a command.'],
    [['search', '--limit', 'many', 'rain'], '--limit takes a whole number, not `many`.'],
    [['search', '--limit'], '--limit needs a value.'],
    [['search', '--colour', 'rain'], '`--colour` is not expected here.'],
    [['search', '--matching-strategy', 'some', 'rain'], '--matching-strategy takes last, all, frequency or any, not `some`.'],
    [['index', '--keep', '0', '.'], '--keep takes a number from 1 to 1000, not `0`.'],
    [['index', '--settings', 'none.json', '.'], '--settings names `none.json`, which is not there.'],
    [['index', '--settings', '.', '.'], '--settings takes a file, and `.` is a folder.'],
    [['serve', '--listen', 'here'], '--listen takes HOST:PORT, such as 127.0.0.1:7700, not `here`.'],
    [['serve', '--max-body', 'lots'], '--max-body takes a size such as 64MB, not `lots`.'],
    [['serve', '--public-url', 'here'], '--public-url takes an address such as https://search.example.'],
    [['serve', '--master-key', 'a', '--master-key-file', 'b'], '--master-key and --master-key-file exclude each other.'],
    [['search', '--config', 'none.toml', 'rain'], '--config names `none.toml`, which cannot be read.'],
    [['serve', '--trusted-proxy', 'here'], '--trusted-proxy: "here" is neither an address nor a network such as 10.0.0.0/8.'],
  ]
  for (const [args, message] of said) {
    const { status, stderr } = nunmul(args)
    assert.equal(status, 2, stderr)
    assert.equal(stderr.split('\n')[0], `error: ${message}`)
  }
})

test('themes of words are looked up without an index', () => {
  const folder = tempFolder()
  const { status, stdout, stderr } = nunmul(['concepts', '--data-dir', join(folder, 'none'), '이별', 'grommet'], { env: realLanguages })
  assert.equal(status, 0, stderr)
  assert.equal(stdout, '이별\tbreakup\ngrommet\t-\n')
  assert.equal(nunmul(['concepts', '--data-dir', join(folder, 'none'), '--uncovered']).status, 1)
})

test('--version prints the version', () => {
  assert.match(nunmul(['--version']).stdout, /^nunmul \d+\.\d+\.\d+\ncommit [0-9a-f]{40}\nXapian \d+\.\d+\.\d+, ICU \d+\.\d+, index schema \d+\n$/)
})

test('wrong use is status 2, with an error and a hint on stderr and nothing on stdout', () => {
  const wrong = [
    [],
    ['dance'],
    ['search'],
    ['search', '--limit', 'many', 'rain'],
    ['search', '--colour', 'rain'],
    ['import', '--format', 'pdf', 'x'],
    ['index', '--min-ndcg', '0.9', '.'],
    ['index', '--watch', '--dry-run', '.'],
    ['index', '--min-ndcg', '2', '.'],
    ['eval'],
    ['concepts'],
    ['serve', '--page-key', 'Default Search API Key'],
    ['eval', '--queries', '/dev/null'],
  ]
  for (const args of wrong) {
    const { status, stdout, stderr } = nunmul(args)
    assert.equal(status, 2, `nunmul ${args.join(' ')}`)
    assert.match(stderr, /^error: .+\nhint: see nunmul.* --help\n$/)
    assert.equal(stdout, '')
  }
})

test('what fails is status 1 and says what to do', () => {
  const folder = tempFolder()
  const nothing = nunmul(['search', '--data-dir', join(folder, 'data'), 'rain'])
  assert.equal(nothing.status, 1)
  assert.match(nothing.stderr, /^error: There is no data in .*data\.\nhint: `nunmul index` makes it/)
  const data = join(folder, 'data')
  nunmulJson(['index', '--data-dir', data, writeEntries(join(folder, 'a.ndjson'), [song('a')])])
  const unknown = nunmul(['search', '--data-dir', data, '--index', 'films', 'rain'])
  assert.equal(unknown.status, 1)
  assert.match(unknown.stderr, /^error: Index `films` not found\. There are: entries\.\nhint: /)
  const uid = nunmul(['index', '--data-dir', data, '--index', 'a/b', join(folder, 'a.ndjson')])
  assert.equal(uid.status, 1)
  assert.match(uid.stderr, /a\/b/)
})

test('an option comes from the command line, else the environment, else the configuration file', () => {
  const folder = tempFolder()
  const file = writeEntries(join(folder, 'a.ndjson'), [song('a')])
  const config = join(folder, 'nunmul.toml')
  const [first, second, third] = ['one', 'two', 'three'].map((name) => join(folder, name))
  writeFileSync(config, `data-dir = "${third}"\nlisten = "127.0.0.1:1"\n[index]  # of the songs\nindex = "songs"\n[search]\nindex = "none"\n`)
  const indexed = (args, env) => nunmulJson(['index', ...args, file], { env })
  assert.equal(indexed(['--config', config]).index, 'songs')
  assert.equal(nunmulJson(['check', '--data-dir', third]).indexes, 1)
  indexed(['--config', config], { NUNMUL_DATA_DIR: second })
  assert.equal(nunmulJson(['check', '--data-dir', second]).indexes, 1)
  indexed(['--data-dir', first], { NUNMUL_DATA_DIR: second, NUNMUL_CONFIG: config })
  assert.equal(nunmulJson(['check', '--data-dir', first]).indexes, 1)
  assert.equal(indexed([], { NUNMUL_CONFIG: config }).index, 'songs')
  assert.equal(nunmul(['check'], { env: { NUNMUL_CONFIG: join(folder, 'none.toml') } }).status, 2)
})

test('a configuration file that is absent, broken or names unknown options is wrong use', () => {
  const folder = tempFolder()
  const config = join(folder, 'nunmul.toml')
  assert.equal(nunmul(['check', '--config', config]).status, 2)
  writeFileSync(config, 'colour = "red"\n')
  const unknown = nunmul(['check', '--config', config])
  assert.equal(unknown.status, 2)
  assert.match(unknown.stderr, /colour/)
})

test('a mistyped command is named, with the one that was meant', () => {
  for (const [typed, meant] of [['serch', 'search'], ['indx', 'index'], ['evall', 'eval'], ['generation', 'generations']]) {
    const { status, stderr } = nunmul([typed, 'rain'])
    assert.equal(status, 2)
    assert.match(stderr, new RegExp(`^error: There is no command \`${typed}\`\\.\nhint: did you mean \`nunmul ${meant}\`\\? see nunmul --help\n$`))
  }
  assert.match(nunmul(['dance']).stderr, /^error: There is no command `dance`\.\nhint: see nunmul --help\n$/)
  assert.doesNotMatch(nunmul(['--colour']).stderr, /no command/)
})

test('an option that a configuration file invents is named with its line', () => {
  const folder = tempFolder()
  const config = join(folder, 'nunmul.toml')
  writeFileSync(config, '# ours\nlisten = "127.0.0.1:1"\n\n[search]\nlimit = 3\nlisen = "127.0.0.1:2"\n')
  const { status, stderr } = nunmul(['search', '--config', config, 'rain'])
  assert.equal(status, 2)
  assert.match(stderr, /^error: \S*nunmul\.toml:6: nunmul search does not have an option `lisen`/)
  writeFileSync(config, 'colour = "red"\n')
  assert.match(nunmul(['check', '--config', config]).stderr, /^error: \S*nunmul\.toml:1: no command has an option `colour`/)
})

test('a file in the place of the data folder is named as one', () => {
  const folder = tempFolder()
  const file = writeEntries(join(folder, 'a.ndjson'), [song('a')])
  for (const args of [['index', file], ['serve', '--listen', '127.0.0.1:0'], ['search', 'rain'], ['check'], ['generations']]) {
    const { status, stderr } = nunmul([args[0], '--data-dir', file, ...args.slice(1)])
    assert.equal(status, 1)
    assert.match(stderr, /^error: .*a\.ndjson is a file, no data folder\.\nhint: --data-dir names a folder/)
  }
})

test('an address that is taken is named, with a way out', async () => {
  const folder = tempFolder()
  const other = createServer()
  await new Promise((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = `127.0.0.1:${other.address().port}`
  const { status, stderr } = nunmul(['serve', '--data-dir', join(folder, 'data'), '--listen', address])
  other.close()
  assert.equal(status, 1)
  assert.match(stderr, new RegExp(`^error: Cannot listen on ${address}: Address already in use\\.\nhint: something listens there already, .*--listen 127\\.0\\.0\\.1:0 `, 'm'))
})
