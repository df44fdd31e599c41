// SPDX-License-Identifier: GPL-2.0-or-later
// README.md is true: every flag in its tables is one that --help knows, every example runs, and the first
// query finds what a newcomer is told it finds.
// NUNMUL_BINARY names the binary.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const binary = process.env.NUNMUL_BINARY
const source = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(join(source, 'README.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'nunmul-readme-'))

// A folder like the source tree, with what the examples name: articles/, queries.tsv and qrels.tsv.
function prepareFolder() {
  mkdirSync(join(folder, 'build/release'), { recursive: true })
  symlinkSync(binary, join(folder, 'build/release/nunmul'))
  for (const name of ['index', 'queries']) symlinkSync(join(source, name), join(folder, name))
  mkdirSync(join(folder, 'articles'))
  const articles = join(source, 'tests/import')
  for (const name of readdirSync(articles))
    if (/\.(txt|md|html)$/.test(name)) copyFileSync(join(articles, name), join(folder, 'articles', name))
  writeTables()
}

function writeTables() {
  const judged = readFileSync(join(source, 'queries/judged/entries.jsonl'), 'utf8').trim().split('\n').map(JSON.parse)
  const rows = judged.flatMap(({ qid, judgments }) => Object.entries(judgments).map(([id, grade]) => `${qid}\t${id}\t${grade}`))
  writeFileSync(join(folder, 'queries.tsv'), judged.map(({ qid, query, lang }) => `${qid}\t${query}\t${lang}\n`).join(''))
  writeFileSync(join(folder, 'qrels.tsv'), rows.join('\n') + '\n')
}

// "### nunmul generations, nunmul rollback" and what stands below it, but for tables of other commands.
function sections() {
  return [...readme.matchAll(/^### (nunmul .*)\n([^]*?)(?=^##)/gm)].map(([, heading, body]) => ({
    commands: heading.split(', ').map((name) => name.replace('nunmul ', '')),
    body,
  }))
}

const examples = [...readme.matchAll(/```sh\n([^]*?)```/g)]
  .flatMap(([, block]) => block.trim().split('\n'))
  .filter((line) => line.startsWith('build/release/nunmul'))

function run(command) {
  const result = spawnSync('/bin/sh', ['-c', command], { cwd: folder, encoding: 'utf8', timeout: 120_000 })
  assert.equal(result.status, 0, `${command}\n${result.stderr}`)
  return result
}

// The server says on stderr where it listens.
function startServer() {
  const server = spawn(binary, ['serve', '--listen', '127.0.0.1:0'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const address = new Promise((resolve, reject) => {
    let text = ''
    server.stderr.on('data', (bytes) => {
      text += bytes
      const found = text.match(/listening on http:\/\/([^\s/]+)/)
      if (found) resolve(found[1])
    })
    server.on('exit', (status) => reject(new Error(`the server ended with ${status}: ${text}`)))
  })
  return { server, address }
}

before(prepareFolder)
after(() => rmSync(folder, { recursive: true, force: true }))

test('every command of the README is there, and knows the options that it shows', () => {
  const names = run(`${binary} --help`).stdout
  for (const { commands, body } of sections())
    for (const command of commands) {
      assert.ok(names.includes(`  ${command} `), `nunmul --help has no ${command}`)
      const help = run(`${binary} ${command} --help`).stdout
      for (const [option] of body.matchAll(/--[a-z][a-z-]*/g)) assert.ok(help.includes(option), `nunmul ${command} --help has no ${option}`)
    }
})

test('every example runs, in the order of the README', () => {
  assert.ok(examples.length >= 8)
  for (const example of examples) run(example)
})

test('the first query finds On A Rainy Day first, on the command line and over HTTP', async () => {
  const found = JSON.parse(run('build/release/nunmul search --json "breakup rain ballad"').stdout)
  assert.equal(found.hits[0].title, 'On A Rainy Day')
  const { server, address } = startServer()
  const curl = readme.match(/^curl '[^']*'$/m)[0].replace('localhost:7700', await address).replace('curl', 'curl -sS')
  const answer = JSON.parse(run(curl).stdout)
  assert.equal(answer.hits[0].title, 'On A Rainy Day')
  server.removeAllListeners('exit')
  const ended = new Promise((resolve) => server.on('exit', resolve))
  server.kill('SIGTERM')
  assert.equal(await ended, 0)
})
