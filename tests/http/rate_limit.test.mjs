// SPDX-License-Identifier: GPL-2.0-or-later
// --rate-limit: what a client may ask for is counted by address or by key, and what is beyond it is refused with the
// time to wait.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { masterKey, startServer } from './server.mjs'

let server, searchKey, siteKey
before(async () => {
  server = await startServer({ flags: ['--trusted-proxy', '127.0.0.1', '--rate-limit', '0.01:3', '--rate-limit', 'site=0.01:5', '--page-key', 'Default Search API Key'] })
  await server.write('POST', '/indexes/entries/documents', [{ id: 1, title: '비' }])
  searchKey = (await server.call('GET', '/keys')).json.results.find(({ name }) => name === 'Default Search API Key').key
  siteKey = (await server.call('POST', '/keys', { name: 'site', actions: ['search'], indexes: ['*'], expiresAt: null })).json.key
})
after(() => server.stop())

// An address of its own for each test.
const from = (address, key = searchKey) => ({ key, headers: { 'x-forwarded-for': address } })
const search = (options) => server.call('POST', '/indexes/entries/search', { q: '비' }, options)
const statuses = async (count, ask) => {
  const list = []
  for (let i = 0; i < count; ++i) list.push((await ask()).status)
  return list
}

test('an address has its burst of searches, and is then told when to ask again', async () => {
  assert.deepEqual(await statuses(4, () => search(from('192.0.2.1'))), [200, 200, 200, 429])
  const refused = await search(from('192.0.2.1'))
  assert.equal(refused.json.code, 'too_many_search_requests')
  assert.ok(Number(refused.headers['retry-after']) >= 1 && Number(refused.headers['retry-after']) <= 100)
  assert.equal((await search(from('192.0.2.2'))).status, 200)
})

test('an IPv6 client is its /64', async () => {
  assert.deepEqual([(await search(from('2001:db8::1'))).status, (await search(from('2001:db8::2'))).status, (await search(from('2001:db8::3'))).status,
    (await search(from('2001:db8::4'))).status, (await search(from('2001:db8:0:1::4'))).status], [200, 200, 200, 429, 200])
})

test('each query of a multi-search counts; one with more than a burst is answered to who has not asked yet', async () => {
  const many = (count, options) => server.call('POST', '/multi-search', { queries: Array(count).fill({ indexUid: 'entries', q: '비' }) }, options)
  assert.equal((await many(2, from('192.0.2.3'))).status, 200)
  assert.equal((await many(2, from('192.0.2.3'))).status, 429)
  assert.equal((await many(10, from('192.0.2.4'))).status, 200)
})

test('a key with a limit of its own has it for all its clients', async () => {
  let i = 0
  assert.deepEqual(await statuses(6, () => search(from(`192.0.2.${100 + i++}`, siteKey))), [200, 200, 200, 200, 200, 429])
  assert.equal((await search(from('192.0.2.100'))).status, 200)
})

test('the master key and all that is no search are not limited', async () => {
  assert.deepEqual(await statuses(5, () => search(from('192.0.2.5', masterKey))), Array(5).fill(200))
  await statuses(4, () => search(from('192.0.2.6')))
  assert.equal((await server.call('GET', '/health', undefined, from('192.0.2.6'))).status, 200)
  assert.equal((await server.call('GET', '/nunmul-search.js', undefined, from('192.0.2.6'))).status, 200)
})

test('the pages are limited, whatever key they send', async () => {
  const page = () => server.call('GET', '/?q=비', undefined, { key: undefined, headers: { 'x-forwarded-for': '192.0.2.7', authorization: `Bearer ${searchKey}` } })
  assert.deepEqual(await statuses(4, page), [200, 200, 200, 429])
})

test('refusals are counted', async () => {
  const { text } = await server.call('GET', '/metrics')
  assert.match(text, /^nunmul_rate_limited_total [1-9]/m)
})

test('a limit that is none is refused before anything is made', () => {
  for (const limit of ['', 'x', '0', '-1', '5:', '5:0', '1e9', 'key=', '=5', 'nan']) {
    const { status, stderr } = spawnSync(process.env.NUNMUL_BINARY, ['serve', '--data-dir', '/nonexistent/data', `--rate-limit=${limit}`], { encoding: 'utf8' })
    assert.equal(status, 2, limit)
    assert.match(stderr, /--rate-limit/)
  }
})
