// SPDX-License-Identifier: GPL-2.0-or-later
// A server under load while nunmul index publishes one generation after the other: no request fails, no
// answer mixes two generations, and none goes back to an earlier one.
// NUNMUL_SWAPS says how many (default 15), NUNMUL_CONNECTIONS how many clients (default 16).
import assert from 'node:assert/strict'
import http from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { masterKey } from '../http/server.mjs'
import { given, start, tempFolder, withServer, writeEntries } from './nunmul.mjs'

const swaps = Number(given.NUNMUL_SWAPS ?? 15)
const connections = Number(given.NUNMUL_CONNECTIONS ?? 16)
const entries = 50

const folder = tempFolder()
const data = join(folder, 'data')
const writeRun = (run) =>
  writeEntries(
    join(folder, 'songs.ndjson'),
    Array.from({ length: entries }, (_, i) => ({ id: i % 2 ? `s${i}` : `s${i}r${run}`, title: `Song number ${i}`, run })),
  )

async function publish(run) {
  assert.equal(await start(['index', '--data-dir', data, writeRun(run)]).ended, 0)
}

function ask(agent, target) {
  return new Promise((resolve, reject) => {
    const request = http.get({ ...target, agent }, (response) => {
      let text = ''
      response.on('data', (piece) => (text += piece))
      response.on('end', () => resolve({ status: response.statusCode, text }))
      response.on('error', reject)
    })
    request.on('error', reject)
  })
}

// Asks again and again; what it finds wrong ends up in `wrong`, latencies in `latencies`.
async function client(url, isOver, wrong, latencies) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  for (let newest = 0; !isOver(); ) {
    const started = performance.now()
    try {
      const { status, text } = await ask(agent, url)
      latencies.push(performance.now() - started)
      const runs = new Set(JSON.parse(text).hits.map((hit) => hit.run))
      const ids = new Set(JSON.parse(text).hits.map((hit) => hit.id))
      if (status !== 200) wrong.push(`status ${status}`)
      if (runs.size !== 1 || ids.size !== entries) wrong.push(`runs ${[...runs]} with ${ids.size} entries`)
      if ([...runs][0] < newest) wrong.push(`run ${[...runs][0]} after ${newest}`)
      newest = [...runs][0]
    } catch (error) {
      wrong.push(error.message)
    }
  }
  agent.destroy()
}

const p99 = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length * 0.99)]

test(`${swaps} swaps under ${connections} clients: none fails, none mixes`, { timeout: 280000 }, async () => {
  await publish(1)
  await withServer(data, async (server) => {
    const key = { headers: { authorization: `Bearer ${masterKey}` } }
    const address = new URL('/indexes/entries/search?limit=1000&q=song', server.url)
    const url = Object.assign({ hostname: address.hostname, port: address.port, path: address.pathname + address.search }, key)
    let over = false
    const wrong = []
    const latencies = []
    const clients = Array.from({ length: connections }, () => client(url, () => over, wrong, latencies))
    for (let run = 2; run < swaps + 2; ++run) await publish(run)
    over = true
    await Promise.all(clients)
    assert.deepEqual(wrong.slice(0, 10), [])
    assert.ok(latencies.length > swaps)
    console.log(`${latencies.length} requests, p99 ${p99(latencies).toFixed(1)} ms`)
  })
})
