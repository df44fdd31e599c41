// SPDX-License-Identifier: GPL-2.0-or-later
// A real server on a free port for one test file, and a client that sends exactly what is written:
//   const server = await startServer()
//   const answer = await server.call('POST', '/indexes', { uid: 'songs' })
//   await server.saw(/listening/)   // in its log
// NUNMUL_BINARY names the binary. The data folder and the process go with stop().
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// A test that fails before it stops its server must not wait for it.
const running = new Set()
process.on('exit', () => { for (const child of running) child.kill('SIGKILL') })

export const masterKey = 'a master key of the tests'

// Waits for the line that names the address. A server that ends before it is stopped says why.
function addressOf(process, isStopping) {
  return new Promise((resolve, reject) => {
    let text = ''
    process.stderr.on('data', (piece) => {
      text += piece
      const found = /listening on (http:\S+)/.exec(text)
      if (found) resolve(found[1])
    })
    process.on('exit', (status, signal) => {
      const message = `the server ended with ${signal ?? status}: ${text.slice(-5000)}`
      if (!isStopping()) console.error(message)
      reject(new Error(message))
    })
  })
}

export async function startServer({ key = masterKey, flags = [], dataDir } = {}) {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'nunmul-http-'))
  const listen = flags.includes('--listen') ? [] : ['--listen', '127.0.0.1:0']
  const args = ['serve', '--data-dir', folder, ...listen, ...flags]
  const child = spawn(process.env.NUNMUL_BINARY, args, {
    env: { NUNMUL_DICTIONARIES: join(folder, 'none'), ...process.env, NUNMUL_MASTER_KEY: key ?? '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stopping = false
  running.add(child)
  child.on('exit', () => running.delete(child))
  const url = await addressOf(child, () => stopping)
  const ended = new Promise((resolve) => child.on('exit', resolve))
  child.unref()
  child.stderr.unref()

  let log = ''
  const readers = new Set()
  child.stderr.on('data', (piece) => {
    log += piece
    for (const look of readers) look()
  })
  // Resolves when the log has what the pattern matches.
  const saw = (pattern) =>
    new Promise((resolve) => {
      const look = () => pattern.test(log) && (readers.delete(look), resolve())
      readers.add(look)
      look()
    })

  function raw(method, path, { headers = {}, body, key: token = key } = {}) {
    return new Promise((resolve, reject) => {
      const all = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers }
      const request = http.request(url + path, { method, headers: all }, (response) => {
        const pieces = []
        response.on('data', (piece) => pieces.push(piece))
        response.on('end', () => {
          const text = Buffer.concat(pieces).toString()
          let json
          try {
            json = JSON.parse(text)
          } catch {
            json = undefined
          }
          resolve({ status: response.statusCode, headers: response.headers, text, json })
        })
      })
      request.on('error', reject)
      request.setTimeout(20000, () => request.destroy(new Error(`no answer to ${method} ${path}`)))
      if (body !== undefined) request.write(body)
      request.end()
    })
  }

  function call(method, path, value, options = {}) {
    if (value === undefined) return raw(method, path, options)
    const headers = { 'content-type': 'application/json', ...options.headers }
    return raw(method, path, { ...options, headers, body: JSON.stringify(value) })
  }

  // The task that an answer names, when it is finished.
  async function finished(answer) {
    const uid = answer.json?.taskUid
    if (uid === undefined) throw new Error(`no task: ${answer.status} ${answer.text}`)
    for (;;) {
      const task = (await call('GET', `/tasks/${uid}`)).json
      if (task.status !== 'enqueued' && task.status !== 'processing') return task
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  return {
    url,
    pid: child.pid,
    folder,
    raw,
    call,
    finished,
    saw,
    log: () => log,
    write: async (...request) => finished(await call(...request)),
    // `keep` leaves the data folder to the next server.
    async stop({ keep = false } = {}) {
      stopping = true
      child.ref()
      child.kill('SIGTERM')
      const status = await ended
      if (!keep) rmSync(folder, { recursive: true, force: true })
      return status
    },
  }
}
