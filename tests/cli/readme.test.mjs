// SPDX-License-Identifier: GPL-2.0-or-later
// The manual is true: its tables are those of the program, its examples run and have the answers that it shows, its
// links lead somewhere, its drawings are those that its script draws, and the code that it names is there.
// NUNMUL_BINARY names the binary.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { pages, staleness } from '../../docs/make/manual.mjs'

const binary = process.env.NUNMUL_BINARY
const source = fileURLToPath(new URL('../..', import.meta.url))
const read = (file) => readFileSync(join(source, file), 'utf8')
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

const examples = pages.flatMap((page) => [...read(page).matchAll(/```sh\n([^]*?)```/g)])
  .flatMap(([, block]) => block.trim().split('\n'))
  .filter((line) => line.startsWith('build/release/nunmul'))

function run(command) {
  const result = spawnSync('/bin/sh', ['-c', command], { cwd: folder, encoding: 'utf8', timeout: 120_000 })
  assert.equal(result.status, 0, `${command}\n${result.stderr}`)
  return result
}

before(() => {
  prepareFolder()
  run('build/release/nunmul index --settings index/settings/entries.json index/content') // as ./run serve does
})
after(() => rmSync(folder, { recursive: true, force: true }))

test('its tables and answers are those of the program', { timeout: 280_000 }, async () => {
  assert.deepEqual(await staleness(), [], 'node docs/make/manual.mjs renews them')
})

test('its drawings are those of their script', () => {
  const { stdout } = spawnSync(process.execPath, [join(source, 'docs/make/drawings.mjs'), '--check'], { encoding: 'utf8' })
  assert.equal(stdout, '', 'node docs/make/drawings.mjs draws them anew')
})

test('every command has a section', () => {
  const { commands } = JSON.parse(run(`${binary} describe`).stdout)
  for (const { name } of commands) assert.ok(anchors('docs/cli.md').includes(`nunmul-${name}`), name)
})

test('the code that it names is there', () => {
  const named = ['docs/how-it-works.md', 'docs/CONTRIBUTING.md', 'src/README.md', 'tests/README.md'].flatMap((page) =>
    [...read(page).matchAll(/`((?:src|tests|docs|index|base|text|import|engine|eval|http|web|cli|search)\/[\w./-]+)`/g)].map(([, path]) => ({ page, path })))
  assert.ok(named.length > 40)
  for (const { page, path } of named.filter(({ path: name }) => !/[A-Z]{3}|xx/.test(name)))
    assert.ok([path, `src/${path}`, `src/${path}.h`, `src/${path}.cpp`, `tests/${path}`, `tests/${path}.test.mjs`].some((file) => existsSync(join(source, file))), `${page}: ${path}`)
})

// As GitHub makes them of headings.
const anchors = (page) => [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'))

test('every link between the pages leads somewhere', () => {
  for (const page of pages)
    for (const [, link] of read(page).matchAll(/(?:\]\(|src="|srcset=")(?!https?:)([^)\s"]+)/g)) {
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
