// SPDX-License-Identifier: GPL-2.0-or-later
// Webhooks: what they may be given, whom they tell of what, and when they end.
import assert from 'node:assert/strict'
import http from 'node:http'
import { after, before, test } from 'node:test'
import { rmSync } from 'node:fs'
import { masterKey, startServer } from './server.mjs'

// Takes posts; `saw(n)` resolves when n lines have come.
function startReceiver() {
  const posts = []
  const waiting = []
  const lines = () => posts.flatMap((post) => post.body.trim().split('\n').map((line) => JSON.parse(line)))
  const receiver = http.createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => (body += piece))
    request.on('end', () => {
      posts.push({ headers: request.headers, body })
      response.end()
      for (const look of waiting) look()
    })
  })
  const saw = (count) =>
    new Promise((resolve) => {
      const look = () => lines().length >= count && resolve(lines())
      waiting.push(look)
      look()
    })
  return new Promise((resolve) =>
    receiver.listen(0, '127.0.0.1', () =>
      resolve({ url: `http://127.0.0.1:${receiver.address().port}/`, posts, lines, saw, stop: () => receiver.close() })))
}

let server
let receiver
before(async () => {
  server = await startServer()
  receiver = await startReceiver()
})
after(async () => {
  receiver.stop()
  await server.stop()
})

const makeKey = async (indexes, more = {}) =>
  (await server.call('POST', '/keys', { actions: ['webhooks.*', 'tasks.get'], indexes, expiresAt: null, ...more })).json

test('a header that the sender sets itself cannot be given', async () => {
  for (const name of ['Host', 'content-length', 'Transfer-Encoding', 'CONNECTION', 'Content-Type', 'Content-Encoding', 'Expect',
    'Upgrade', 'TE', 'Trailer', 'Keep-Alive', 'Proxy-Connection']) {
    const refused = await server.call('POST', '/webhooks', { url: receiver.url, headers: { [name]: 'x' } })
    assert.deepEqual([refused.status, refused.json.code], [400, 'invalid_webhook_headers'], name)
    assert.match(refused.json.message, /sets this header itself/)
  }
  const hook = (await server.call('POST', '/webhooks', { url: receiver.url })).json
  const patched = await server.call('PATCH', `/webhooks/${hook.uuid}`, { headers: { Host: 'elsewhere' } })
  assert.equal(patched.json.code, 'invalid_webhook_headers')
  assert.equal((await server.call('PATCH', `/webhooks/${hook.uuid}`, { headers: { Host: null } })).status, 200)
  assert.equal((await server.call('POST', '/webhooks', { url: receiver.url, headers: { X: 'x'.repeat(8001) } })).json.code, 'invalid_webhook_headers')
  await server.call('DELETE', `/webhooks/${hook.uuid}`)
})

test('an address that cannot be posted to is refused', async () => {
  for (const url of ['http://', 'http://user:word@host/', 'http://host:0/', 'http://host:65536/', 'http://host:x/', 'http://[::1/',
    'http://a b/', 'gopher://host/', `http://host/${'x'.repeat(2000)}`])
    assert.equal((await server.call('POST', '/webhooks', { url })).json.code, 'invalid_webhook_url', url)
})

test('a webhook of a key for one index is told of that index alone, survives a restart and ends with its key', async () => {
  const key = await makeKey(['songs'])
  const made = await server.call('POST', '/webhooks', { url: receiver.url }, { key: key.key })
  assert.equal(made.status, 201)
  const all = (await server.call('POST', '/webhooks', { url: `${receiver.url}all` })).json

  // It sees and changes what it made, and nothing else.
  assert.deepEqual((await server.call('GET', '/webhooks', undefined, { key: key.key })).json.results.map((hook) => hook.uuid), [made.json.uuid])
  for (const [method, body] of [['GET'], ['PATCH', { url: receiver.url }], ['DELETE']])
    assert.equal((await server.call(method, `/webhooks/${all.uuid}`, body, { key: key.key })).json.code, 'webhook_not_found', method)
  await server.call('DELETE', `/webhooks/${all.uuid}`)

  await server.write('POST', '/indexes', { uid: 'films' })
  await server.write('POST', '/dumps')
  await server.write('POST', '/indexes', { uid: 'songs' })
  assert.deepEqual((await receiver.saw(1)).map((task) => task.indexUid), ['songs'])

  await server.stop({ keep: true })
  server = await startServer({ dataDir: server.folder })
  await server.write('POST', '/indexes/films/documents', [{ id: 1 }])
  await server.write('POST', '/indexes/songs/documents', [{ id: 1 }])
  assert.deepEqual((await receiver.saw(2)).map((task) => task.indexUid), ['songs', 'songs'])

  assert.equal((await server.call('DELETE', `/keys/${key.uid}`)).status, 204)
  assert.deepEqual((await server.call('GET', '/webhooks')).json.results, [])
  // Another key of the same uid does not inherit it. The last webhook tells when the others would have been told.
  await makeKey(['songs'], { uid: key.uid })
  await server.call('POST', '/webhooks', { url: receiver.url, headers: { last: 'yes' } })
  await server.write('POST', '/indexes/songs/documents', [{ id: 2 }])
  assert.equal((await receiver.saw(3)).length, 3)
  assert.equal(receiver.posts.at(-1).headers.last, 'yes')
})

test('a dump brings webhooks back with their keys, and the page key is found by its name', async () => {
  const key = await makeKey(['songs'])
  await server.call('POST', '/webhooks', { url: receiver.url, headers: { of: 'key' } }, { key: key.key })
  const uids = async (from) => (await from.call('GET', '/keys')).json.results.map((each) => each.uid)
  const before = await uids(server)
  const dump = `${server.folder}/dumps/${(await server.write('POST', '/dumps')).details.dumpUid}.dump`

  const first = await startServer()  // its own default keys are replaced
  await first.stop({ keep: true })
  const flags = ['--import-dump', dump, '--page-key', 'Default Search API Key']
  const restored = await startServer({ flags, dataDir: first.folder })
  try {
    assert.deepEqual(await uids(restored), before)
    assert.deepEqual((await restored.call('GET', '/webhooks', undefined, { key: key.key })).json.results.map((hook) => hook.headers), [{ of: 'key' }])
    await restored.call('DELETE', `/keys/${key.uid}`)
    assert.equal((await restored.call('GET', '/webhooks')).json.results.some((hook) => hook.headers.of === 'key'), false)
    const twin = { name: 'Default Search API Key', actions: ['search'], indexes: ['*'], expiresAt: null }
    assert.equal((await restored.call('POST', '/keys', twin)).status, 201)
  } finally {
    await restored.stop({ keep: true })
  }
  await assert.rejects(startServer({ flags: flags.slice(2), dataDir: first.folder }), /2 keys have the name/)
  rmSync(first.folder, { recursive: true, force: true })
})

test('no private address is told where that is forbidden', async () => {
  const told = receiver.posts.length
  const guarded = await startServer({ flags: ['--no-private-webhooks'] })
  try {
    await guarded.call('POST', '/webhooks', { url: receiver.url.replace('127.0.0.1', 'localhost') })
    await guarded.write('POST', '/indexes', { uid: 'songs' })
    await guarded.saw(/was not told: its address is internal/)
  } finally {
    await guarded.stop()
  }
  assert.equal(receiver.posts.length, told)
})

test('no key of a path stands in the log, and what shows keys is kept by nobody', async () => {
  const talking = await startServer({ flags: ['--log-requests'] })
  try {
    const [search, admin] = (await talking.call('GET', '/keys')).json.results.map((key) => key.key)
    const hidden = encodeURIComponent(search).replace(/^./, (c) => `%${c.charCodeAt(0).toString(16)}`)
    for (const [method, path] of [['GET', `/keys/${search}`], ['GET', `/keys/${hidden}`], ['PUT', `/keys/${admin}`],
      ['GET', `/keys/${masterKey.replaceAll(' ', '%20')}`], ['GET', `/key/${admin}`], ['GET', `/keys/${admin}/more`]])
      await talking.call(method, path)
    await talking.call('GET', '/health')
    await talking.saw(/method="GET" path="\/health"/)
    for (const secret of [search, admin, search.slice(1), masterKey]) assert.equal(talking.log().includes(secret), false)
    assert.match(talking.log(), /method="GET" path="\/keys\/…" status=200/)
  } finally {
    await talking.stop()
  }
  for (const path of ['/keys', '/keys/none', '/webhooks', '/webhooks/none'])
    assert.equal((await server.call('GET', path)).headers['cache-control'], 'no-store', path)
  assert.equal((await server.call('GET', '/stats')).headers['cache-control'], undefined)
})

test('every answer says that its type is to be believed, and one Vary names all that it depends on', async () => {
  for (const path of ['/', '/health', '/none', '/indexes/none', '/nunmul-search.js', '/opensearch.xml', '/%zz'])
    assert.equal((await server.raw('GET', path)).headers['x-content-type-options'], 'nosniff', path)
  const sent = await server.raw('GET', '/opensearch.xml', { headers: { 'accept-encoding': 'gzip' } })
  assert.match(sent.headers.vary, /^Host, X-Forwarded-Host, X-Forwarded-Proto/)
  const named = await startServer({ flags: ['--cors-origin', 'https://a.example'] })
  try {
    const answer = await named.raw('GET', '/opensearch.xml')
    assert.equal(answer.headers.vary, 'Host, X-Forwarded-Host, X-Forwarded-Proto, Origin')
  } finally {
    await named.stop()
  }
})
