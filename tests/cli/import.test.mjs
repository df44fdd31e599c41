// SPDX-License-Identifier: GPL-2.0-or-later
// nunmul import: NDJSON on stdout or in a file that is replaced only when all is well; problems with
// file and line on stderr; status 1 for any of them.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { binary, nunmul as run, realLanguages, song, source, start, tempFolder, writeEntries } from './nunmul.mjs'

const nunmul = (args) => run(args, { env: realLanguages })
const articles = join(source, 'tests/import')
const lines = (text) => text.split('\n').filter(Boolean).map(JSON.parse)

test('an article becomes entries, one JSON object a line', () => {
  const { status, stdout, stderr } = nunmul(['import', join(articles, 'songs-en-countdown.txt')])
  assert.equal(status, 0, stderr)
  const entries = lines(stdout)
  assert.ok(entries.length > 2)
  for (const entry of entries) {
    assert.equal(entry.kind, 'song')
    assert.ok(entry.id && entry.title && entry.description && entry.source && entry.line)
  }
  assert.match(stderr, /^\d+ entries from 1 file/m)
})

test('the same input gives the same bytes, wherever the file lies', () => {
  const folder = tempFolder()
  const text = readFileSync(join(articles, 'songs-en-countdown.txt'))
  writeFileSync(join(folder, 'songs-en-countdown.txt'), text)
  const first = nunmul(['import', join(articles, 'songs-en-countdown.txt')])
  assert.equal(nunmul(['import', join(folder, 'songs-en-countdown.txt')]).stdout, first.stdout)
})

test('--output replaces a file when all is well', () => {
  const folder = tempFolder()
  const output = join(folder, 'out.ndjson')
  writeFileSync(output, 'before')
  const done = nunmul(['import', '--output', output, writeEntries(join(folder, 'a.ndjson'), [song('a'), song('b')])])
  assert.equal(done.status, 0, done.stderr)
  assert.equal(done.stdout, '')
  assert.deepEqual(lines(readFileSync(output, 'utf8')).map((entry) => entry.id), ['a', 'b'])
  assert.deepEqual(readdirSync(folder).sort(), ['a.ndjson', 'out.ndjson'])
})

test('what a killed import left beside its output goes with the next, what a running one writes stays', () => {
  const folder = tempFolder()
  const output = join(folder, 'out.ndjson')
  const names = ['out.ndjson.new-2147483647', `out.ndjson.new-${process.pid}`, 'out.ndjson.new-x', 'out.ndjson.new-2147483647-3']
  for (const name of names) writeFileSync(join(folder, name), 'half')
  assert.equal(nunmul(['import', '--output', output, writeEntries(join(folder, 'a.ndjson'), [song('a')])]).status, 0)
  assert.deepEqual(readdirSync(folder).sort(), ['a.ndjson', 'out.ndjson', ...names.slice(1, 3)].sort())
})

// The entry of song a, as import writes it.
function entryOf(file) {
  const { stdout } = nunmul(['import', file])
  assert.equal(lines(stdout).length, 1)
  return stdout
}

test('an output that is a link is replaced or made where it leads to, and the link stays', () => {
  const folder = tempFolder()
  const input = writeEntries(join(folder, 'a.ndjson'), [song('a')])
  mkdirSync(join(folder, 'elsewhere'))
  writeFileSync(join(folder, 'elsewhere/old'), 'before')
  for (const [name, target, file] of [
    ['absolute', join(folder, 'elsewhere/old'), 'elsewhere/old'],
    ['relative', 'elsewhere/old', 'elsewhere/old'],
    ['link-to-link', 'relative', 'elsewhere/old'],
    ['dangling', 'elsewhere/new', 'elsewhere/new'],
  ]) {
    symlinkSync(target, join(folder, name))
    if (file.endsWith('old')) writeFileSync(join(folder, file), 'before')
    const { status, stderr } = nunmul(['import', '--output', join(folder, name), input])
    assert.equal(status, 0, stderr)
    assert.equal(readFileSync(join(folder, file), 'utf8'), entryOf(input), name)
    assert.equal(readlinkSync(join(folder, name)), target)
  }
  assert.deepEqual(readdirSync(join(folder, 'elsewhere')).sort(), ['new', 'old'])
  symlinkSync('round', join(folder, 'round'))
  const { status, stderr } = nunmul(['import', '--output', join(folder, 'round'), input])
  assert.equal(status, 1)
  assert.match(stderr, /^error: .*round/)
})

test('an output that is replaced keeps its permissions and its owner', () => {
  const folder = tempFolder()
  const input = writeEntries(join(folder, 'a.ndjson'), [song('a')])
  const output = join(folder, 'out.ndjson')
  for (const mode of [0o600, 0o664, 0o444]) {
    writeFileSync(output, 'before')
    chmodSync(output, mode)
    if (process.getuid() === 0) chownSync(output, 12345, 23456)
    const owner = statSync(output).uid
    assert.equal(nunmul(['import', '--output', output, input]).status, 0)
    assert.equal(readFileSync(output, 'utf8'), entryOf(input))
    assert.equal(statSync(output).mode & 0o7777, mode)
    assert.equal(statSync(output).uid, owner)
    rmSync(output)
  }
})

test('a device is written into, and stays one', { skip: process.getuid() !== 0 && 'only root may make a device' }, (t) => {
  const folder = tempFolder()
  const input = writeEntries(join(folder, 'a.ndjson'), [song('a')])
  for (const [name, minor, expected, says] of [
    ['null', 3, 0, /^1 entry|^1 entries/m],
    ['full', 7, 1, /^error: Cannot write .*full: No space left on device/m],
  ]) {
    const device = join(folder, name)
    if (spawnSync('mknod', [device, 'c', '1', String(minor)]).status !== 0) return t.skip('no device can be made here')
    symlinkSync(device, `${device}-link`)
    for (const output of [device, `${device}-link`]) {
      const { status, stderr } = nunmul(['import', '--output', output, input])
      assert.match(stderr, says)
      assert.equal(status, expected, stderr)
      assert.ok(statSync(device).isCharacterDevice())
    }
  }
  assert.equal(readdirSync(folder).length, 5)
})

test('a FIFO is written into; its reader gets everything, or nothing where an input is bad', async () => {
  const folder = tempFolder()
  const input = writeEntries(join(folder, 'a.ndjson'), [song('a')])
  const fifo = join(folder, 'fifo')
  assert.equal(spawnSync('mkfifo', [fifo]).status, 0)
  for (const [inputs, expected] of [[[input], entryOf(input)], [[input, join(folder, 'missing')], '']]) {
    const importing = start(['import', '--output', fifo, ...inputs])
    assert.equal(await text(spawn('timeout', ['20', 'cat', fifo]).stdout), expected)
    assert.equal(await importing.ended, expected ? 0 : 1)
    assert.ok(statSync(fifo).isFIFO())
  }
})

test('a socket is written into', async () => {
  const folder = tempFolder()
  const input = writeEntries(join(folder, 'a.ndjson'), [song('a')])
  const socket = join(folder, 'socket')
  const server = createServer().listen(socket)
  await once(server, 'listening')
  const importing = start(['import', '--output', socket, input])
  const [connection] = await once(server, 'connection', { signal: AbortSignal.timeout(20_000) })
  assert.equal(await text(connection), entryOf(input))
  assert.equal(await importing.ended, 0)
  assert.ok(statSync(socket).isSocket())
  server.close()
})

test('/dev/stdout is standard output, whatever that is', { skip: !existsSync('/dev/stdout') && 'no /dev/stdout here' }, () => {
  const folder = tempFolder()
  const input = writeEntries(join(folder, 'a.ndjson'), [song('a')])
  assert.equal(nunmul(['import', '--output', '/dev/stdout', input]).stdout, entryOf(input))
  const file = join(folder, 'out')
  const shell = `"$0" import --output /dev/stdout "$1" | cat > "$2"; "$0" import --output /dev/stdout "$1" >> "$2"; echo end >> "$2"`
  spawnSync('/bin/sh', ['-c', shell, binary, input, file], { env: process.env })
  assert.equal(readFileSync(file, 'utf8'), `${entryOf(input)}${entryOf(input)}end\n`)
})

// Each with what its message must say after the file's name.
const badFiles = [
  { name: 'missing.txt', says: /missing\.txt: there is no such file/ },
  { name: 'empty.ndjson', content: '', says: /empty\.ndjson: the file is empty/ },
  { name: 'binary.txt', content: Buffer.from([65, 10, 66, 0, 1, 2, 255]), says: /binary\.txt:2: the file is binary/ },
  { name: 'latin1.txt', content: Buffer.from('Caf\xe9\n', 'latin1'), says: /latin1\.txt:1: the file is not UTF-8/ },
  { name: 'broken.ndjson', content: '{"id":"x","title":"X"}\n{"id":"y",\n', says: /broken\.ndjson:2: broken JSON/ },
  { name: 'short.csv', content: 'id,title,kind\nx,X,song\ny,Y\n', says: /short\.csv:3: / },
]

test('a bad file is named with its line, the others are imported, and no output is touched', () => {
  for (const { name, content, says } of badFiles) {
    const folder = tempFolder()
    const output = join(folder, 'out.ndjson')
    writeFileSync(output, 'before')
    if (content !== undefined) writeFileSync(join(folder, name), content)
    const good = writeEntries(join(folder, 'good.ndjson'), [song('a')])
    const inputs = [join(folder, name), good]
    const { status, stderr } = nunmul(['import', '--output', output, ...inputs])
    assert.equal(status, 1, name)
    assert.match(stderr, says)
    assert.match(stderr, /^error: /)
    assert.match(stderr, /^hint: .*--keep-going/m)
    assert.equal(readFileSync(output, 'utf8'), 'before', name)
    const going = nunmul(['import', '--keep-going', '--output', output, ...inputs])
    assert.equal(going.status, 1, name)
    assert.ok(lines(readFileSync(output, 'utf8')).some((entry) => entry.id === 'a'), name)
  }
})

test('an article that is no list by its size is refused, and front matter by what it stands for', () => {
  const folder = tempFolder()
  const write = (name, text) => (writeFileSync(join(folder, name), text), join(folder, name))
  const laughs = ['---', 'a: &a [x,x,x,x,x,x,x,x,x]', ...[...'bcdefghij'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[i]}`)}]`), '---', '']
  for (const [file, problem] of [
    [write('long.txt', 'Songs\n\n' + 'word here\n\n'.repeat(5001)), /long\.txt:10001: the article has more than 5000 lines/],
    [write('large.html', '<html>' + ' '.repeat(5_000_000)), /large\.html: the article has more than 5,000,000 bytes/],
    [write('laughs.md', laughs.join('\n')), /laughs\.md:6: the front matter has more than 10,000 values/],
  ]) {
    const { status, stderr } = nunmul(['import', file])
    assert.equal(status, 1, file)
    assert.match(stderr, problem)
  }
})

test('with a bad file nothing goes to standard output either, but with --keep-going', () => {
  const folder = tempFolder()
  const inputs = [writeEntries(join(folder, 'good.ndjson'), [song('a')]), join(folder, 'missing.txt')]
  assert.equal(nunmul(['import', ...inputs]).stdout, '')
  assert.equal(lines(nunmul(['import', '--keep-going', ...inputs]).stdout).length, 1)
})

test('an output folder that is not there is an error that names the file', () => {
  const folder = tempFolder()
  const { status, stderr } = nunmul(['import', '--output', join(folder, 'no/out'), writeEntries(join(folder, 'a.ndjson'), [song('a')])])
  assert.equal(status, 1)
  assert.match(stderr, /^error: .*no\/out/)
  assert.ok(!existsSync(join(folder, 'no')))
})

test('a doubtful split is reported with file and line, and an override settles it', () => {
  const folder = tempFolder()
  const file = join(folder, 'songs.txt')
  writeFileSync(file, '10 Sad Songs\n\n1. Moonlight Walkingsilver tide\nA slow song about a walk home that nobody wants to end.\n\n2. Paper BoatsMina\nA song about letters that were never sent to anyone.\n')
  const { status, stdout, stderr } = nunmul(['import', '--report', file])
  assert.equal(status, 0, stderr)
  for (const entry of lines(stdout).filter((each) => each.doubtful)) assert.match(stderr, new RegExp(`,title and artist,.*songs\\.txt:${entry.line}\n`))
  const overrides = join(folder, 'overrides.json')
  writeFileSync(overrides, JSON.stringify({ 'Moonlight Walkingsilver tide': { title: 'Moonlight Walking', artist: 'silver tide' } }))
  const settled = lines(nunmul(['import', '--overrides', overrides, file]).stdout)[0]
  assert.deepEqual([settled.title, settled.artist, settled.doubtful], ['Moonlight Walking', 'silver tide', undefined])
})

test('a row of the report is an override when it is pasted, and says where only the kind is open', () => {
  const folder = tempFolder()
  const file = join(folder, 'works.txt')
  writeFileSync(file, 'Films and dramas for a rainy day\n\n1. Grey Harbor\nA keeper counts the boats that come in, every evening of his life.\n\n2. Tin Roof\nThe film has a boy in it who listens to the rain and waits for it to end.\n')
  const { stderr } = nunmul(['import', '--report', file])
  const [header, row] = stderr.split('\n').slice(stderr.split('\n').indexOf('heading,title,artist,kind,check,other,place'))
  assert.match(row, /^1\. Grey Harbor,Grey Harbor,,\w+,kind,,.*works\.txt:3$/)
  const overrides = join(folder, 'overrides.csv')
  for (const text of [`${header}\n${row}`, row]) {
    writeFileSync(overrides, text.replace(/,(film|drama|other),kind/, ',drama,kind'))
    const settled = nunmul(['import', '--overrides', overrides, file])
    assert.equal(settled.status, 0, settled.stderr)
    assert.deepEqual([lines(settled.stdout)[0].kind, lines(settled.stdout)[0].doubtful], ['drama', undefined])
  }
  writeFileSync(overrides, 'heading,titel\nGrey Harbor,Harbor\n')
  assert.match(nunmul(['import', '--overrides', overrides, file]).stderr, /"titel" is not one of heading, title, artist, kind, skip/)
})
