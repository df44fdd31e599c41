// SPDX-License-Identifier: GPL-2.0-or-later
// serve beside others that watch it: its log in each format, a log file that is moved away, and what it tells a
// service manager.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { nunmul, song, start, tempFolder, writeEntries } from './nunmul.mjs'

const serve = (data, flags = [], env = {}) => start(['serve', '--data-dir', data, '--listen', '127.0.0.1:0', ...flags], { env })
const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/.source

async function loggedOf(format) {
  const server = serve(join(tempFolder(), 'data'), ['--log-requests', '--log-format', format])
  const [, url] = await server.saw(/listening on (http:\/\/[\d.:]+)/)
  await fetch(`${url}/indexes/no%20%22one%22%0A/search?q=secret`)
  await server.saw(/no .*one/)
  await server.end('SIGTERM')
  assert.ok(!server.output().includes('secret'), 'a query is in the log')
  return server.output().trimEnd().split('\n')
}

test('every line of a JSON log is an object; a request has its status, duration and size', async () => {
  const events = (await loggedOf('json')).map((line) => JSON.parse(line))
  for (const event of events) assert.match(event.time, new RegExp(`^${time}$`))
  const request = events.find((event) => event.message === 'request')
  assert.deepEqual([request.level, request.method, request.path, request.status], ['info', 'GET', '/indexes/no "one"\n/search', 400])
  assert.ok(request.microseconds >= 0 && request.bytes > 0)
  assert.equal(events.at(-1).message, 'stopped')
})

test('every line of a logfmt log is a row of names and values', async () => {
  const lines = await loggedOf('logfmt')
  for (const line of lines) assert.match(line, new RegExp(`^time=${time} level=(info|warning) message="([^"\\\\]|\\\\.)*"( [a-z]+=(\\d+|"([^"\\\\]|\\\\.)*"))*$`))
  assert.ok(lines.some((line) => / message="request" method="GET" path="\/indexes\/no \\"one\\"\\n\/search" status=400 /.test(line)))
})

test('a log file is opened anew when a hang-up signal comes, and the server goes on', async () => {
  const folder = tempFolder(), log = join(folder, 'nunmul.log')
  const server = serve(join(folder, 'data'), ['--log-requests', '--log-file', log])
  let url
  while (!(url = /listening on (http:\S+)/.exec(existing(log))?.[1])) await pause(20)
  await fetch(`${url}/one`)
  renameSync(log, `${log}.1`)
  await fetch(`${url}/two`)
  server.kill('SIGHUP')
  while (!/three/.test(existing(log))) await fetch(`${url}/three`)
  const old = readFileSync(`${log}.1`, 'utf8'), fresh = readFileSync(log, 'utf8')
  assert.ok(/one/.test(old) && /two/.test(old) && !/one|two/.test(fresh))
  assert.equal(await server.end('SIGTERM'), 0)
})

function existing(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

test('a log file that cannot be written keeps the server from starting', () => {
  const folder = tempFolder()
  const { status, stderr } = nunmul(['serve', '--data-dir', join(folder, 'data'), '--log-file', join(folder, 'none/log')])
  assert.equal(status, 1)
  assert.match(stderr, /none\/log/)
})

// What is told to a socket as a service manager has it, one message a line.
async function toldDuring(t, use) {
  if (spawnSync('perl', ['-MIO::Socket::UNIX', '-e', '1']).status !== 0) return void t.skip('needs perl')
  const path = join(tempFolder(), 'notify')
  const listener = spawn('perl', ['-MIO::Socket::UNIX', '-e',
    '$|=1; my $s=IO::Socket::UNIX->new(Type=>SOCK_DGRAM,Local=>$ARGV[0]) or die; print "there\\n"; while(defined $s->recv(my $m,999)){$m=~s/\\n/ /g; print "$m\\n"}', path])
  let told = ''
  const saw = (pattern) => new Promise((resolve) => {
    const look = () => pattern.test(told) && (listener.stdout.off('data', look), resolve())
    listener.stdout.on('data', look)
    look()
  })
  listener.stdout.on('data', (bytes) => (told += bytes))
  try {
    await saw(/there/)
    await use({ NOTIFY_SOCKET: path, WATCHDOG_USEC: '60000' }, saw)
    return told.split('\n').slice(1)
  } finally {
    listener.kill('SIGKILL')
  }
}

test('a service manager is told of readiness, of life, and of the stop', async (t) => {
  const told = await toldDuring(t, async (env, saw) => {
    const server = serve(join(tempFolder(), 'data'), [], env)
    await saw(/WATCHDOG=1\nWATCHDOG=1\n/)
    await server.end('SIGTERM')
    await saw(/STOPPING=1/)
  })
  if (!told) return
  assert.equal(told[0], 'READY=1 STATUS=serving')
  assert.equal(told.filter((state) => state.startsWith('READY')).length, 1)
})

test('a start that rebuilds an index asks for more time, and is ready when the index is whole', async (t) => {
  const folder = tempFolder(), data = join(folder, 'data')
  const entries = writeEntries(join(folder, 'entries.ndjson'), Array.from({ length: 3000 }, (_, i) => song(`s${i}`)))
  assert.equal(nunmul(['index', '--data-dir', data, entries]).status, 0)
  rmSync(join(data, 'indexes/1/generations', `${readFileSync(join(data, 'indexes/1/CURRENT'), 'utf8').trim()}.json`))
  const told = await toldDuring(t, async (env, saw) => {
    const server = serve(data, [], env)
    await saw(/READY=1/)
    await server.end('SIGTERM')
  })
  if (!told) return
  assert.match(told[0], /^EXTEND_TIMEOUT_USEC=\d+ WATCHDOG=1 STATUS=rebuilding 1 index$/)
  assert.ok(told.some((state) => state.startsWith('READY=1')))
})
