// SPDX-License-Identifier: GPL-2.0-or-later
// Requests made up from the description of the API, right ones and wrong ones mixed: whatever is sent,
// the answer is in time, is no 5xx, and every refusal is a JSON error object or empty.
// FUZZ_SECONDS and FUZZ_SEED change how long and what; the seed is printed.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startServer } from './server.mjs'

const seconds = Number(process.env.FUZZ_SECONDS ?? 5)
const seed = Number(process.env.FUZZ_SEED ?? 20260722)

// mulberry32
let state = seed
function random() {
  state = (state + 0x6d2b79f5) | 0
  let x = Math.imul(state ^ (state >>> 15), 1 | state)
  x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
  return ((x ^ (x >>> 14)) >>> 0) / 4294967296
}
const below = (n) => Math.floor(random() * n)
const pick = (list) => list[below(list.length)]
const chance = (p) => random() < p

const words = [
  'id', 'title', 'year', 'kind', 'songs', 'films', '*', '', ' ', 'a.b', 'year:desc', 'title:asc', 'kind = song', 'year > 2000', '(((',
  'NOT kind = "a" AND year 1 TO 2', 'kind IN [a, b]', 'kind IS EMPTY', '"', '\\', '\0', '밤편지', '눈물', '東京', 'ﾀﾜｰ', 'ㅂ', '😭', 'e\u0301', '-x', '"a b"',
  'last', 'all', 'frequency', 'ko', 'jpn', 'xx', '2026-01-01', '2026-01-01T00:00:00Z', '-1', '0', '1', '1e999', '18446744073709551616', 'null',
  'true', 'a'.repeat(600), '한'.repeat(300), 'year:desc:asc', '_geoRadius(1,2,3)', '_geoPoint(1,2):asc', 'search', '*.get', 'http://x', 'application/json',
  'processing', 'documentAdditionOrUpdate', '/', '..', '%', '%00', '+', '&', '=', '#', '\u202e', '\ud7ff', '\ufeff',
]
const numbers = [0, 1, 2, 20, -1, 0.5, 1.5, 1e3, 4294967295, 4294967296, 9007199254740993, 1e308, -0]
const anything = (depth = 0) =>
  pick([
    () => pick(words), () => pick(words), () => pick(numbers), () => chance(0.5), () => null,
    () => (depth > 3 ? [] : Array.from({ length: below(4) }, () => anything(depth + 1))),
    () => (depth > 3 ? {} : Object.fromEntries(Array.from({ length: below(4) }, () => [pick(words), anything(depth + 1)]))),
  ])()

function made(schema = {}, depth = 0) {
  if (chance(0.06)) return anything(depth)
  if (schema.anyOf) return made(pick(schema.anyOf), depth)
  const type = Array.isArray(schema.type) ? pick(schema.type) : schema.type
  if (type === 'string') return pick(words)
  if (type === 'integer') return pick([0, 1, 2, 3, 10, 100, pick(numbers)])
  if (type === 'number') return random()
  if (type === 'boolean') return chance(0.5)
  if (type === 'null') return null
  if (type === 'array') return Array.from({ length: below(4) }, () => made(schema.items, depth + 1))
  if (type !== 'object') return anything(depth)
  const object = {}
  for (const [name, part] of Object.entries(schema.properties ?? {}))
    if (schema.required?.includes(name) ? chance(0.97) : chance(0.2)) object[name] = made(part, depth + 1)
  if (!schema.properties || chance(0.03)) object[pick(words)] = anything(depth)
  return object
}

const settingNames = []

function bodyFor(path, schema) {
  if (path.endsWith('/documents')) return Array.from({ length: below(3) }, () => ({ id: pick([1, 2, 'x', pick(words)]), ...anything(), title: pick(words), year: pick(numbers) }))
  if (path.endsWith('/settings')) return Object.fromEntries(Array.from({ length: 1 + below(3) }, () => [pick(settingNames), anything()]))
  if (path === '/multi-search') {
    const queries = Array.from({ length: below(4) }, () => ({ indexUid: pick(['songs', 'films', pick(words)]), ...made(searchSchema) }))
    return chance(0.5) ? { queries } : { queries, federation: pick([{}, { limit: 3 }, { page: 1 }, { facetsByIndex: { songs: ['kind'] }, mergeFacets: {} }, anything()]) }
  }
  return made(schema)
}

let server
let description
let searchSchema

before(async () => {
  server = await startServer()
  description = (await server.raw('GET', '/openapi.json')).json
  searchSchema = description.paths['/indexes/{uid}/search'].post.requestBody.content['application/json'].schema
  settingNames.push(...Object.keys((await server.write('POST', '/indexes', { uid: 'songs', primaryKey: 'id' })) && (await server.call('GET', '/indexes/songs/settings')).json))
  await server.write('PATCH', '/indexes/songs/settings', { filterableAttributes: ['kind', 'year'], sortableAttributes: ['year', 'title'] })
  await server.write('POST', '/indexes/songs/documents', [{ id: 1, title: '밤편지', kind: 'song', year: 2017 }, { id: 2, title: 'First Love', kind: 'song', year: 1999 }])
})
after(() => server.stop())

function madeRequest() {
  const path = pick(Object.keys(description.paths))
  const method = pick(Object.keys(description.paths[path]))
  const operation = description.paths[path][method]
  let target = path.replace(/\{(\w+)\}/g, () => encodeURIComponent(pick(['songs', 'songs', 'films', '0', '1', pick(words)]) || 'x'))
  const query = []
  for (const parameter of operation.parameters ?? [])
    if (parameter.in === 'query' && chance(0.25)) query.push(`${parameter.name}=${encodeURIComponent([made(parameter.schema)].flat().map(String).join(','))}`)
  if (chance(0.02)) query.push(pick(['x=1', '%zz', '=', '&&', 'q=%FF']))
  if (query.length > 0) target += `?${query.join('&')}`
  const options = { headers: {} }
  if (operation.requestBody) {
    const type = chance(0.95) ? 'application/json' : pick(['text/csv', 'application/x-ndjson', 'text/plain', '', 'application/json;charset=x'])
    if (type) options.headers['content-type'] = type
    const schema = operation.requestBody.content['application/json'].schema
    let body = JSON.stringify(bodyFor(path, schema))
    if (chance(0.05)) body = body.slice(0, below(body.length))
    if (chance(0.02)) body = '['.repeat(below(3000))
    options.body = chance(0.98) ? body : undefined
  }
  if (chance(0.05)) options.headers['meili-include-metadata'] = 'true'
  return [method.toUpperCase(), target, options]
}

test(`nothing that is sent breaks the server (seed ${seed})`, async () => {
  const end = Date.now() + seconds * 1000
  const statuses = {}
  let last = ''
  for (let i = 0; Date.now() < end; i++) {
    const [method, target, options] = madeRequest()
    // A dump or a snapshot takes longer than a request, and one of each has been enough.
    if ((target.startsWith('/dumps') || target.startsWith('/snapshots')) && i > 200) continue
    const answer = await server.raw(method, target, options).catch((error) => {
      throw new Error(`${error.message} after ${last} and ${method} ${target} ${String(options.body).slice(0, 3000)}`)
    })
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    const shown = `${method} ${target} ${String(options.body).slice(0, 2000)} → ${answer.status} ${answer.text.slice(0, 500)}`
    assert.ok(answer.status < 500, shown)
    last = `${shown} ${JSON.stringify(answer.headers)}`
    if (answer.status >= 400 && answer.text !== '') assert.deepEqual(Object.keys(answer.json ?? {}), ['message', 'code', 'type', 'link'], shown)
  }
  console.log(JSON.stringify(statuses))
  assert.equal((await server.raw('GET', '/health')).status, 200)
})
