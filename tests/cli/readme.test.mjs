// SPDX-License-Identifier: GPL-2.0-or-later
// README.md and docs/ are true: every flag in their tables is one that --help knows, every example runs, every
// link leads somewhere, and the first query finds what a newcomer is told it finds.
// NUNMUL_BINARY names the binary.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const binary = process.env.NUNMUL_BINARY
const source = fileURLToPath(new URL('../..', import.meta.url))
const read = (file) => readFileSync(join(source, file), 'utf8')
const readme = read('README.md')
const pages = ['README.md', ...readdirSync(join(source, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)]
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

// "## nunmul generations, nunmul rollback" and what stands below it.
function sections() {
  return [...`${read('docs/cli.md')}## `.matchAll(/^## (nunmul .*)\n([^]*?)(?=^## )/gm)].map(([, heading, body]) => ({
    commands: heading.split(', ').map((name) => name.replace('nunmul ', '')),
    body,
  }))
}

const examples = pages.flatMap((page) => [...read(page).matchAll(/```sh\n([^]*?)```/g)])
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

before(() => {
  prepareFolder()
  run('build/release/nunmul index --settings index/settings/entries.json index/content') // as ./run serve does
})
after(() => rmSync(folder, { recursive: true, force: true }))

test('every command of the manual is there, and knows the options that it shows', () => {
  const names = run(`${binary} --help`).stdout
  for (const { commands, body } of sections())
    for (const command of commands) {
      assert.ok(names.includes(`  ${command} `), `nunmul --help has no ${command}`)
      const help = run(`${binary} ${command} --help`).stdout
      for (const [option] of body.matchAll(/--[a-z][a-z-]*/g)) assert.ok(help.includes(option), `nunmul ${command} --help has no ${option}`)
    }
})

// As GitHub makes them of headings.
const anchors = (page) => [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'))

test('every link between the pages leads somewhere', () => {
  for (const page of pages)
    for (const [, link] of read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [file, anchor] = link.split('#')
      const target = file ? join(dirname(page), file) : page
      assert.ok(existsSync(join(source, target)), `${page}: ${link}`)
      if (anchor) assert.ok(anchors(target).includes(anchor), `${page}: ${link}`)
    }
})

test('every example runs, in the order of the pages', () => {
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
