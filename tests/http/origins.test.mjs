// SPDX-License-Identifier: GPL-2.0-or-later
// The power of a web page over a server that it reaches through a browser. Without a master key: ask,
// and change nothing, whatever it says in its headers; and nothing at all under a name of its own. With a
// key both headers count for nothing.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startServer } from './server.mjs'

const evil = 'http://evil.example'
const json = { 'content-type': 'application/json' }
let open, named, guarded

before(async () => {
  open = await startServer({ key: null })
  named = await startServer({
    key: null,
    flags: ['--allowed-host', 'Search.Example.Org', '--allowed-host', 'inside', '--cors-origin', 'https://shop.example', '--trusted-proxy', '127.0.0.0/8'],
  })
  guarded = await startServer()
  for (const server of [open, named]) await server.write('POST', '/indexes/songs/documents', [{ id: 1, title: 'Rain' }])
})
after(() => Promise.all([open, named, guarded].map((server) => server.stop())))

// A path and method of every route that the server describes.
async function describedRoutes() {
  const { paths } = (await open.call('GET', '/openapi.json')).json
  const names = { uid: 'songs', id: '1', language: 'en', key: 'k', uuid: 'u' }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => /^(get|post|put|patch|delete)$/.test(method))
      .map((method) => [method.toUpperCase(), path.replace(/\{(\w+)\}/g, (_, name) => names[name] ?? 'x')]))
}

// What a page may say of its own searches belongs to them.
const questions = new Set(['/multi-search', '/indexes/songs/search', '/indexes/songs/facet-search',
  '/indexes/songs/nunmul-suggestions', '/indexes/songs/nunmul-events', '/indexes/songs/documents/fetch', '/indexes/songs/fields'].map((path) => `POST ${path}`))

test('a foreign page can use no route that changes something, and is let through to each that does not', async () => {
  const routes = await describedRoutes()
  assert.ok(routes.length > 80)
  for (const [method, path] of routes) {
    const answer = await open.raw(method, path, { headers: { origin: evil, ...json }, body: /^P/.test(method) ? '{}' : undefined })
    const isChange = method !== 'GET' && !questions.has(`${method} ${path}`)
    assert.equal(answer.json?.code === 'forbidden_origin', isChange, `${method} ${path}: ${answer.text}`)
    if (isChange) assert.equal(answer.status, 403)
    assert.equal(answer.headers['access-control-allow-origin'], '*')
  }
  assert.deepEqual((await open.call('GET', '/tasks')).json.results.map((task) => task.type), ['documentAdditionOrUpdate'])
})

test('nor by forms, which browsers send without asking', async () => {
  const plain = (path, headers, body) => open.raw('POST', path, { headers: { 'content-type': 'text/plain', ...headers }, body })
  for (const headers of [{ origin: evil }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }])
    for (const [path, body] of [['/snapshots'], ['/dumps'], ['/indexes', '{"uid":"x"}'], ['/tasks/cancel?uids=*'], ['/indexes/songs/documents', 'x'.repeat(300_000)]])
      assert.equal((await plain(path, headers, body)).json?.code, 'forbidden_origin', `${path} ${JSON.stringify(headers)}`)
})

test('a preflight offers a foreign page what it may do there', async () => {
  const methods = async (server, origin, path) =>
    (await server.raw('OPTIONS', path, { headers: { origin, 'access-control-request-method': 'DELETE' } })).headers['access-control-allow-methods']
  assert.equal(await methods(open, evil, '/indexes/songs'), 'GET, OPTIONS, HEAD')
  assert.equal(await methods(open, evil, '/snapshots'), 'GET, OPTIONS, HEAD')
  assert.equal(await methods(open, evil, '/indexes/songs/documents'), 'GET, OPTIONS, HEAD')
  assert.equal(await methods(open, 'null', '/indexes/songs/search'), 'GET, POST, OPTIONS, HEAD')
  const all = 'GET, POST, PUT, PATCH, DELETE, OPTIONS, HEAD'
  for (const [server, origin] of [[open, open.url], [named, 'https://shop.example'], [guarded, evil]])
    assert.equal(await methods(server, origin, '/indexes/songs'), all)
})

const change = (server, headers) => server.raw('PATCH', '/experimental-features', { headers: { ...json, ...headers }, body: '{}' })
const codeOf = (answer) => answer.json?.code ?? answer.status

test('own pages, named ones and programs may change everything', async () => {
  const port = new URL(open.url).port
  for (const host of ['127.0.0.1', 'localhost', '[::1]', 'LocalHost'])
    assert.equal(codeOf(await change(open, { host: `${host}:${port}`, origin: `http://${host.toLowerCase()}:${port}` })), 200, host)
  assert.equal(codeOf(await change(open, {})), 200)
  assert.equal(codeOf(await change(open, { 'sec-fetch-site': 'same-origin' })), 200)
  assert.equal(codeOf(await change(named, { origin: 'https://shop.example' })), 200)
  // A forwarded port is the one that the browser knows.
  assert.equal(codeOf(await change(open, { host: 'localhost:8080', origin: 'http://localhost:8080' })), 200)
})

test('another port, scheme or spelling is another site', async () => {
  const { host } = new URL(open.url)
  for (const origin of ['http://127.0.0.1', 'http://127.0.0.1:1', `https://${host}`, `http://${host}.evil.example`, 'http://localhost.evil.example', `${evil}#http://${host}`, ''])
    assert.equal(codeOf(await change(open, { origin })), 'forbidden_origin', origin)
  assert.equal(codeOf(await change(named, { origin: 'http://shop.example' })), 'forbidden_origin')
})

test('a page under a name of its own passes for nobody by the headers of a proxy', async () => {
  const headers = { host: 'evil.example', 'x-forwarded-host': 'localhost' }
  assert.equal((await named.raw('GET', '/indexes', { headers })).json.code, 'forbidden_host')
})

test('behind a trusted proxy the address that visitors use is the own one', async () => {
  const proxied = { host: 'inside:1', 'x-forwarded-host': 'search.example.org', 'x-forwarded-proto': 'https' }
  assert.equal(codeOf(await change(named, { ...proxied, origin: 'https://search.example.org' })), 200)
  assert.equal(codeOf(await change(named, { ...proxied, origin: 'http://search.example.org' })), 'forbidden_origin')
  assert.equal(codeOf(await change(named, { ...proxied, 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' })), 'forbidden_host')
  // Anybody else may write what he likes.
  assert.equal(codeOf(await change(open, { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', origin: 'https://evil.example' })), 'forbidden_origin')
})

test('under a foreign name a server without a key answers nothing', async () => {
  const hosts = ['evil.example', 'evil.example:7700', 'localhost.evil.example', '127.0.0.1.evil.example', 'localhost:evil', '10.0.0.1', '[2001:db8::1]', '[::1']
  for (const host of hosts)
    for (const [method, path] of [['GET', '/indexes'], ['GET', '/'], ['GET', '/nunmul-search.js'], ['POST', '/multi-search'], ['DELETE', '/indexes/songs'], ['OPTIONS', '/indexes/songs'], ['GET', '/health'], ['GET', '/nowhere']]) {
      const answer = await open.raw(method, path, { headers: { host, origin: `http://${host}` } })
      assert.deepEqual([answer.status, answer.json?.code], [403, 'forbidden_host'], `${method} ${path} at ${host}: ${answer.text}`)
      assert.equal(answer.headers['access-control-allow-methods'], undefined)
    }
  const upload = await open.raw('POST', '/indexes/songs/documents', { headers: { ...json, host: 'evil.example', origin: 'http://evil.example' }, body: JSON.stringify([{ text: 'x'.repeat(300_000) }]) })
  assert.equal(upload.json.code, 'forbidden_host')
  for (const host of ['localhost', 'localhost:1', 'LOCALHOST', 'localhost.', '127.0.0.1', '[::1]:80', '[0:0:0:0:0:0:0:1]'])
    assert.equal((await open.raw('GET', '/indexes', { headers: { host } })).status, 200, host)
  for (const host of ['search.example.org', 'SEARCH.example.org:443'])
    assert.equal((await named.raw('GET', '/indexes', { headers: { host } })).status, 200, host)
})

test('where all addresses are listened on, each may be the host, and a name may not', async () => {
  const everywhere = await startServer({ key: null, flags: ['--listen', '0.0.0.0:0', '--allow-public-without-key'] })
  const status = async (host) => (await everywhere.raw('GET', '/indexes', { headers: { host } })).status
  for (const host of ['10.0.0.1', '192.0.2.7:7700', '[2001:db8::1]', 'localhost']) assert.equal(await status(host), 200, host)
  for (const host of ['evil.example', '10.0.0.1.evil.example', '10.0.0']) assert.equal(await status(host), 403, host)
  await everywhere.stop()
})

test('with a key nothing of this matters', async () => {
  for (const host of ['evil.example', '127.0.0.1']) {
    const answer = await change(guarded, { host, origin: evil })
    assert.equal(codeOf(answer), 200)
    assert.equal(answer.headers['access-control-allow-origin'], '*')
    assert.equal((await guarded.raw('PATCH', '/experimental-features', { key: null, headers: { host, origin: evil } })).status, 401)
  }
})

test('own pages and their script come under every own name', async () => {
  const { port } = new URL(open.url)
  for (const host of ['localhost', '127.0.0.1', '[::1]'])
    for (const path of ['/', '/try', '/nunmul-search.js', '/errors']) {
      const answer = await open.raw('GET', path, { headers: { host: `${host}:${port}`, 'sec-fetch-site': 'none' } })
      assert.equal(answer.status, 200, `${host} ${path}`)
    }
})
