// SPDX-License-Identifier: GPL-2.0-or-later
// The binary and folders of its own for one test file:
//   const folder = tempFolder()
//   const { status, stdout, stderr } = nunmul(['index', '--data-dir', `${folder}/data`, file])
//   const child = start(['serve', …]); await child.saw(/listening on (\S+)/); await child.end('SIGTERM')
// NUNMUL_BINARY names the binary. Folders and processes go when the test file ends.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startServer } from '../http/server.mjs'

export const given = { ...process.env }  // before it is cleaned below
export const binary = given.NUNMUL_BINARY
export const source = fileURLToPath(new URL('../..', import.meta.url))

const folders = []
const children = []
after(() => {
  for (const child of children) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

export function tempFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'nunmul-cli-'))
  folders.push(folder)
  return folder
}

// Settings of the machine's owner must not change a test. Most tests need no language resources but the words
// of articles, and are quicker without; a server has those of the commands beside it, else it would build its indexes anew.
for (const name of Object.keys(process.env)) if (name.startsWith('NUNMUL_')) delete process.env[name]
process.env.NUNMUL_BINARY = binary
process.env.NUNMUL_LANGUAGES = tempFolder()
cpSync(join(source, 'index/languages/articles'), join(process.env.NUNMUL_LANGUAGES, 'articles'), { recursive: true })
process.env.NUNMUL_DICTIONARIES = tempFolder()
export const realLanguages = { NUNMUL_LANGUAGES: join(source, 'index/languages') }

export function nunmul(args, { env = {}, cwd, input } = {}) {
  return spawnSync(binary, args, { encoding: 'utf8', env: { ...process.env, ...env }, cwd, input, timeout: 120000, maxBuffer: 1 << 28 })
}

// The same, and its output as JSON; a status other than 0 is an error.
export function nunmulJson(args, options) {
  const done = nunmul([...args, '--json'], options)
  if (done.status !== 0) throw new Error(`nunmul ${args.join(' ')} ended with ${done.status}: ${done.stderr}`)
  return JSON.parse(done.stdout)
}

// A process that goes on. `saw` resolves with the match of a pattern in its output, once there is one
// beyond what earlier calls have seen.
export function start(args, { env = {} } = {}) {
  const child = spawn(binary, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let text = ''
  let seen = 0
  let status
  const waiting = new Set()
  const look = () => waiting.forEach((attempt) => attempt())
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => ((text += bytes), look()))
  const ended = new Promise((resolve) => child.on('close', (code, signal) => ((status = signal ?? code), look(), resolve(status))))

  function saw(pattern, milliseconds = 60000) {
    return new Promise((resolve, reject) => {
      const fail = (why) => finish(() => reject(new Error(`${why} before ${pattern} was seen in: ${text}`)))
      const timer = setTimeout(() => fail('time ran out'), milliseconds)
      const finish = (settle) => (clearTimeout(timer), waiting.delete(attempt), settle())
      const attempt = () => {
        const found = pattern.exec(text.slice(seen))
        if (found) {
          seen += found.index + found[0].length
          finish(() => resolve(found))
        } else if (status !== undefined) fail(`it ended with ${status}`)
      }
      waiting.add(attempt)
      attempt()
    })
  }

  return {
    pid: child.pid,
    saw,
    ended,
    output: () => text,
    kill: (signal) => child.kill(signal),
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}

// Every file and folder below a folder, and the folder itself.
export function below(folder) {
  const inside = readdirSync(folder, { withFileTypes: true })
  return [folder, ...inside.flatMap((each) => (each.isDirectory() ? below(join(folder, each.name)) : [join(folder, each.name)]))]
}

// Lines of NDJSON in a file.
export function writeEntries(file, entries) {
  writeFileSync(file, entries.map((entry) => JSON.stringify(entry) + '\n').join(''))
  return file
}

export const song = (id, fields = {}) => ({ id, kind: 'song', title: `Title ${id}`, description: `About ${id}`, ...fields })

// Identifiers of the hits of a search, in the order of the alphabet.
export const found = (dataDir, query, ...flags) =>
  nunmulJson(['search', '--data-dir', dataDir, '--limit', '1000', ...flags, query]).hits.map((hit) => hit.id).sort()

// Runs `use` with a server on the folder, and a way to wait until a search of it finds these identifiers; meanwhile it
// may say that the index is being rebuilt.
export async function withServer(dataDir, use, flags = []) {
  const server = await startServer({ dataDir, flags })
  const ids = async (query) => {
    const { status, json } = await server.call('GET', `/indexes/entries/search?limit=1000&q=${query}`)
    return status === 503 ? json.code : json.hits.map((hit) => hit.id).sort().join()
  }
  try {
    return await use(server, async (query, expected) => {
      const deadline = Date.now() + 5000
      while ((await ids(query)) !== expected.join()) assert.ok(Date.now() < deadline, `${await ids(query)} instead of ${expected}`)
    })
  } finally {
    await server.stop({ keep: true })
  }
}
