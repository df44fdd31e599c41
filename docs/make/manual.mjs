#!/usr/bin/env node
// SPDX-License-Identifier: GPL-2.0-or-later
// Writes into the manual what the program itself knows: tables of options and settings, and the answers of examples.
//   node docs/make/manual.mjs           renews the pages
//   node docs/make/manual.mjs --check   names the places that are out of date, with exit status 1 if there are any
// NUNMUL_BINARY names the program; build/release/nunmul otherwise.
//
// A table stands between <!-- table: NAME --> and <!-- end -->. An example is a ```console block: `$ ` begins a
// command, `> ` continues it, and the lines below are its answer. The blocks of a page run in order in a folder of
// their own, which holds index/, queries/ and build/release/nunmul as the source tree does; `localhost:7700` is a
// server on its data.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('../..', import.meta.url))
const binary = process.env.NUNMUL_BINARY ?? join(source, 'build/release/nunmul')
const markdownIn = (folder) => readdirSync(join(source, folder)).filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`)
export const pages = ['README.md', 'index/README.md', 'index/languages/README.md', 'queries/README.md', 'src/README.md', 'tests/README.md', ...markdownIn('docs')]

// Tables.

const shared = ['--data-dir', '--index', '--languages', '--dictionaries']
const cell = (text) => text.replaceAll('|', '\\|')
const code = (text) => (text === '' ? '' : `\`${cell(text)}\``)
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`.replaceAll('  ', ' ')).join('\n')

function optionRow({ name, positional, takes, default: standard, description }) {
  const choice = takes.match(/\{(.*)\}/)
  const value = choice ? choice[1].replaceAll(',', '|') : takes.replace(/^([A-Z]+):(?!PORT).*/, '$1')
  return [code(positional ? value : `${name} ${value}`.trim()), code(standard.replace(source, '')), cell(description)]
}

function tables() {
  const described = JSON.parse(spawnSync(binary, ['describe'], { encoding: 'utf8' }).stdout)
  const of = (name) => described.commands.find((command) => command.name === name)
  const options = (rows) => table(['option', 'default', ''], rows.map(optionRow))
  const settings = (rows) => table(['setting', 'default', '', 'takes effect'],
    rows.map((row) => [code(row.name), code(JSON.stringify(row.default)), cell(row.description), row.needsReindex ? 'once indexed again' : 'at once']))
  const made = new Map(described.commands.map(({ name, options: all }) => [`options of ${name}`, options(all.filter((option) => !shared.includes(option.name)))]))
  made.set('shared options', options(shared.map((name) => of('search').options.find((option) => option.name === name))))
  made.set('commands', table(['command', ''], described.commands.map(({ name, description }) => [`[\`nunmul ${name}\`](#nunmul-${name})`, description])))
  const routes = described.routes.filter((route) => !route.setting)
    .concat({ method: 'GET, PUT or PATCH, DELETE', pattern: '/indexes/:uid/settings/SETTING', action: 'settings.get, settings.update', description: 'One setting' })
  made.set('routes', table(['route', 'needs action', ''],
    routes.map(({ method, pattern, action, description }) => [code(`${method} ${pattern.replace(/:(\w+)/g, '{$1}')}`), code(action), description])))
  made.set('settings', settings(described.settings))
  made.set('own settings', settings(described.ownSettings))
  return made
}

const renewTables = (text, made, page) => text.replace(/(<!-- table: (.*?) -->\n)[^]*?(<!-- end -->)/g, (_, begin, name, end) => {
  if (!made.has(name)) throw new Error(`${page}: there is no table ${name}`)
  return `${begin}${made.get(name)}\n${end}`
})

// Examples.

function exampleFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'nunmul-manual-'))
  mkdirSync(join(folder, 'build/release'), { recursive: true })
  symlinkSync(binary, join(folder, 'build/release/nunmul'))
  for (const name of ['index', 'queries']) cpSync(join(source, name), join(folder, name), { recursive: true })
  return folder
}

// As `./run serve` does: index/content, and a server that says on stderr where it listens.
async function serve(folder) {
  spawnSync(binary, ['index', '--settings', 'index/settings/entries.json', 'index/content'], { cwd: folder })
  const server = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--languages', 'index/languages'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const address = await new Promise((resolve, reject) => {
    let said = ''
    server.stderr.on('data', (bytes) => { said += bytes; const found = said.match(/listening on http:\/\/([^\s/]+)/); if (found) resolve(found[1]) })
    server.on('exit', () => reject(new Error(said)))
  })
  server.removeAllListeners('exit')
  return { address, stop: () => new Promise((resolve) => { server.on('exit', resolve); server.kill('SIGTERM') }) }
}

function answer(command, folder, address) {
  const line = command.replaceAll('localhost:7700', address).replace(/\bcurl /g, 'curl -sS ')
  const { stdout } = spawnSync('/bin/sh', ['-c', `{ ${line}\n} 2>&1`], { cwd: folder, encoding: 'utf8', timeout: 120_000, env: { ...process.env, NUNMUL_LANGUAGES: 'index/languages', LANG: 'C.UTF-8' } })
  return stdout.replaceAll(address, 'localhost:7700').replace(/ +$/gm, '').trimEnd()
}

// Two runs differ in these; and how many hits there are behind those shown is a matter of ranking.
const steady = (text) => text.replace(/\d+ hits? in/g, 'hits in').replace(/"estimatedTotalHits":\d+/g, '"estimatedTotalHits":0').replace(/"processingTimeMs":\d+/g, '"processingTimeMs":0').replace(/\d+ ms\b/g, '0 ms').replace(/\d+\.\d+ s \(\d+ a second\)/g, '0 s')
  .replace(/\d+(\.\d+)? [kM]B\b/g, '1 kB').replace(/20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?Z?/g, 'TIME').replace(/g\d{8}T\d+-[0-9a-f]+/g, 'GENERATION')
  .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID').replace(/ +/g, ' ')

async function renewExamples(text) {
  const block = /^```console\n([^]*?)^```$/gm
  if (!text.match(block)) return text
  const folder = exampleFolder(), { address, stop } = await serve(folder)
  const renewed = text.replace(block, (_, lines) => {
    const steps = [...lines.matchAll(/^\$ .*\n(?:>(?: .*)?\n)*/gm)].map(([step], i, all) => {
      const from = lines.indexOf(step, all[i].index) + step.length
      return { step, old: lines.slice(from, all[i + 1]?.index).trimEnd() }
    })
    const answered = steps.map(({ step, old }) => {
      const made = answer(step.replace(/^[$>] ?/gm, ''), folder, address)
      return step + (steady(made) === steady(old) ? old : made)
    })
    return '```console\n' + answered.map((part) => part.trimEnd()).join('\n') + '\n```'
  })
  await stop()
  rmSync(folder, { recursive: true })
  return renewed
}

// The first lines in which they differ.
function difference(old, renewed) {
  const olds = old.split('\n'), news = renewed.split('\n')
  const at = olds.findIndex((line, i) => line !== news[i])
  return `${at + 1}: ${olds[at]}\n  is now: ${news[at]}`
}

export async function staleness({ write = false } = {}) {
  const made = tables(), stale = []
  for (const page of pages) {
    const old = readFileSync(join(source, page), 'utf8')
    const renewed = await renewExamples(renewTables(old, made, page))
    if (renewed === old) continue
    stale.push(`${page}:${difference(old, renewed)}`)
    if (write) writeFileSync(join(source, page), renewed)
  }
  return stale
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check')
  const stale = await staleness({ write: !check })
  for (const place of stale) console.log(place)
  if (check && stale.length) process.exitCode = 1
}
