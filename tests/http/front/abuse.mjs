// SPDX-License-Identifier: GPL-2.0-or-later
// Abuse from outside against the front alone (front_server): hidden requests, bombs, floods, clients
// that break off. After each the server must answer others, and its memory must stay bounded.
//   FRONT_SERVER=path/to/front_server node --test abuse.mjs
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';

const HOST = 'Host: h\r\n';
const HIDDEN = `GET /hidden HTTP/1.1\r\n${HOST}\r\n`;
let server, port, spool;

before(async () => {
  spool = mkdtempSync(join(tmpdir(), 'front-'));
  server = spawn(process.env.FRONT_SERVER, ['--spool', spool], { stdio: ['ignore', 'pipe', 'inherit'] });
  port = Number(await once(server.stdout, 'data'));
});

after(async () => {
  server.kill('SIGTERM');
  const [code] = await once(server, 'exit');
  assert.equal(code, 0);
  assert.deepEqual(readdirSync(spool), []);
  rmSync(spool, { recursive: true });
});

// Sends the bytes and gives all that comes back until the server closes, or until `enough` answers.
function talk(bytes, { enough = Infinity, patience = 8000 } = {}) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let text = '';
    const finish = () => { socket.destroy(); clearTimeout(timer); resolve({ text, statuses: statusesOf(text), closed: socket.readableEnded }); };
    const timer = setTimeout(finish, patience);
    socket.on('data', (data) => { text += data.toString('latin1'); if (statusesOf(text).length >= enough) finish(); });
    socket.on('end', finish);
    socket.on('error', () => {});
    socket.on('close', finish);
    socket.write(bytes);
  });
}

const statusesOf = (text) => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((found) => Number(found[1]));
const rssMegabytes = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024;
const get = async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;

const post = (headers, body = '') => `POST /a HTTP/1.1\r\n${HOST}${headers}\r\n${body}`;
const chunked = (body) => post('Transfer-Encoding: chunked\r\n', body);

// Each holds a request that a laxer reader would find in it.
const smuggling = {
  'two lengths': post('Content-Length: 0\r\nContent-Length: 60\r\n'),
  'two equal lengths': post('Content-Length: 0\r\nContent-Length: 0\r\n'),
  'a list of lengths': post('Content-Length: 0, 60\r\n'),
  'a signed length': post('Content-Length: +0\r\n'),
  'a negative length': post('Content-Length: -1\r\n'),
  'a hexadecimal length': post('Content-Length: 0x10\r\n'),
  'a length with a letter': post('Content-Length: 5x\r\n', 'abcde'),
  'an empty length': post('Content-Length:\r\n'),
  'a length with a blank before the colon': post('Content-Length : 60\r\n'),
  'a folded length': post('X: y\r\n Content-Length: 60\r\n'),
  'a length after a bare LF': post('X: y\nContent-Length: 60\r\n'),
  'a length after a bare CR': post('X: y\rContent-Length: 60\r\n'),
  'a length after a NUL': post('X: \0\r\nContent-Length: 0\r\n'),
  'length and chunks': post('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
  'chunks and length': post('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n', '0\r\n\r\n'),
  'two codings': post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n', '0\r\n\r\n'),
  'a list of codings': post('Transfer-Encoding: identity, chunked\r\n', '0\r\n\r\n'),
  'chunked twice': post('Transfer-Encoding: chunked, chunked\r\n', '0\r\n\r\n'),
  'an unknown coding': post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'),
  'a coding after a vertical tab': post('Transfer-Encoding: \x0bchunked\r\n', '0\r\n\r\n'),
  'a coding with a blank before the colon': post('Transfer-Encoding : chunked\r\n', '0\r\n\r\n'),
  'a folded coding': post('Transfer-Encoding:\r\n chunked\r\n', '0\r\n\r\n'),
  'a coding in HTTP/1.0': `POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  'a negative chunk': chunked('-2\r\nab\r\n0\r\n\r\n'),
  'a signed chunk': chunked('+2\r\nab\r\n0\r\n\r\n'),
  'a chunk of 0x2': chunked('0x2\r\nab\r\n0\r\n\r\n'),
  'a chunk beyond 64 bits': chunked('10000000000000002\r\nab\r\n0\r\n\r\n'),
  'a chunk beyond 32 bits': chunked('100000002\r\nab\r\n0\r\n\r\n'),
  'a chunk with a blank': chunked('2 \r\nab\r\n0\r\n\r\n'),
  'a chunk line with a bare LF': chunked('2\nab\r\n0\r\n\r\n'),
  'a chunk extension with a bare LF': chunked('2;\n\r\nab\r\n0\r\n\r\n'),
  'a chunk longer than its size': chunked('2\r\nabc\r\n0\r\n\r\n'),
  'a chunk without its end': chunked('2\r\nab0\r\n\r\n'),
  'a chunk that ends in LF': chunked('2\r\nab\n0\r\n\r\n'),
  'a request among the trailers': chunked('0\r\n'),
  'bare LF line ends': 'GET /a HTTP/1.1\nHost: h\n\n',
  'no Host': 'GET /a HTTP/1.1\r\n\r\n',
  'two Hosts': `GET /a HTTP/1.1\r\n${HOST}Host: other\r\n\r\n`,
  'a Host with a blank before the colon': 'GET /a HTTP/1.1\r\nHost : h\r\n\r\n',
  'a NUL in the target': `GET /a\0 HTTP/1.1\r\n${HOST}\r\n`,
  'a blank in the target': `GET /a b HTTP/1.1\r\n${HOST}\r\n`,
  'no version': 'GET /a\r\n\r\n',
  'HTTP/2.0': `GET /a HTTP/2.0\r\n${HOST}\r\n`,
  'CONNECT': `CONNECT h:1 HTTP/1.1\r\n${HOST}\r\n`,
};

test('a request that two readers could understand differently is refused, and nothing after it is answered', async () => {
  await Promise.all(Object.entries(smuggling).map(async ([name, bytes]) => {
    const { statuses, text, closed } = await talk(Buffer.from(bytes + HIDDEN, 'latin1'));
    assert.equal(statuses.length, 1, `${name}: ${text}`);
    assert.ok(statuses[0] >= 400, `${name}: ${text}`);
    assert.ok(closed, `${name}: the connection stays`);
    assert.ok(!text.includes('/hidden'), `${name}: ${text}`);
    assert.match(text, /"code":"bad_request"/, name);
  }));
});

test('a body that looks like a request is a body', async () => {
  for (const bytes of [post(`Content-Length: ${HIDDEN.length}\r\n`, HIDDEN), chunked(`${HIDDEN.length.toString(16)}\r\n${HIDDEN}\r\n0\r\n\r\n`),
                       `GET /a HTTP/1.1\r\n${HOST}Content-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`]) {
    const { statuses, text } = await talk(bytes + `GET /next HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`);
    assert.deepEqual(statuses, [200, 200]);
    assert.ok(!text.includes('"/hidden"'));
    assert.ok(text.includes('"/next"'));
  }
});

test('lines without end, headers without number and long targets are cut off', async () => {
  const big = 'x'.repeat(30_000_000);
  const [line, headers, target, trailers] = await Promise.all([
    talk(`GET /a HTTP/1.1\r\n${HOST}X: ${big}`), talk(`GET /a HTTP/1.1\r\n${HOST}${'X: y\r\n'.repeat(100_000)}\r\n`),
    talk(`GET /${big} HTTP/1.1\r\n`), talk(chunked(`0\r\n${'X: y\r\n'.repeat(100_000)}`)),
  ]);
  assert.deepEqual([line, headers, target, trailers].map((answer) => answer.statuses), [[431], [431], [414], [431]]);
});

test('Range does not multiply an answer', async () => {
  const { text, statuses } = await talk(`GET /two-kilobytes HTTP/1.1\r\n${HOST}Connection: close\r\nRange: bytes=${Array(1000).fill('0-').join(',')}\r\n\r\n`);
  assert.deepEqual(statuses, [200]);
  assert.ok(text.length < 3000);
});

test('bodies beyond the limit are refused however they are sent, and memory stays', async () => {
  const start = rssMegabytes();
  const bomb = gzipSync(Buffer.alloc(200_000_000, '0'));
  const send = (path, body, headers = {}) => fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body, headers, duplex: 'half' });
  // Gives others their turn between pieces: fetch may go on pulling after the server has closed.
  const endless = () => new ReadableStream({
    async pull(stream) {
      await new Promise(setImmediate);
      stream.enqueue(new Uint8Array(1 << 20));
    },
  });
  const answers = await Promise.all([
    ...Array.from({ length: 8 }, () => send('/x/documents', bomb, { 'content-encoding': 'gzip' })),
    ...Array.from({ length: 8 }, () => send('/search', bomb, { 'content-encoding': 'gzip' })),
    send('/search', Buffer.alloc(5_000_000)), send('/x/documents', Buffer.alloc(101_000_000)),
  ]);
  assert.deepEqual(answers.map((answer) => answer.status), Array(18).fill(413));
  for (const path of ['/search', '/x/documents']) {
    const answer = await send(path, endless()).catch(() => null);  // some clients report the broken upload instead
    assert.ok(answer === null || answer.status === 413);
  }
  assert.equal(await get('/a'), 200);
  assert.ok(rssMegabytes() - start < 128, `grew by ${rssMegabytes() - start} MB`);
});

test('ten pipelined requests are answered ten times', async () => {
  const { statuses, text } = await talk(Array.from({ length: 10 }, (_, i) => `GET /${i} HTTP/1.1\r\n${HOST}\r\n`).join(''), { enough: 10 });
  assert.deepEqual(statuses, Array(10).fill(200));
  assert.deepEqual([...text.matchAll(/"path":"\/(\d)"/g)].map((found) => found[1]).join(''), '0123456789'.slice(0, 10));
});

test('clients that break off are no loss', async () => {
  await Promise.all(Array.from({ length: 300 }, (_, i) => new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write(i % 2 ? `GET /two-kilobytes HTTP/1.1\r\n${HOST}\r\n` : `POST /x/documents HTTP/1.1\r\n${HOST}Content-Length: 1000000\r\n\r\n${'x'.repeat(200_000)}`);
      setTimeout(() => { socket.resetAndDestroy(); resolve(); }, i % 7);
    });
    socket.on('error', () => {});
  })));
  assert.equal(await get('/a'), 200);
});

test('a thousand requests at once are all answered', async () => {
  const answers = await Promise.all(Array.from({ length: 1000 }, (_, i) =>
    fetch(`http://127.0.0.1:${port}/x/documents`, { method: 'POST', body: JSON.stringify({ id: i }) })));
  assert.ok(answers.every((answer) => answer.status === 200));
});

test('a server that is stopped under load cuts off no answer', async () => {
  const other = spawn(process.env.FRONT_SERVER, ['--spin', '1000'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const otherPort = Number(await once(other.stdout, 'data'));
  let cut = 0, answered = 0, stopping = false;
  const client = () => new Promise((resolve) => {
    const socket = net.connect(otherPort, '127.0.0.1');
    let text = '';
    const ask = () => { text = ''; socket.write(`GET /two-kilobytes HTTP/1.1\r\n${HOST}\r\n`); };
    socket.on('connect', ask);
    socket.on('data', (data) => {
      text += data;
      if (!text.endsWith('"}')) return;
      ++answered;
      if (/Connection: close/.test(text)) return;
      ask();
    });
    socket.on('error', () => {});
    socket.on('close', () => { if (text !== '' && !text.endsWith('"}')) ++cut; if (!stopping) ++cut; resolve(); });
  });
  const clients = Array.from({ length: 50 }, client);
  await new Promise((resolve) => setTimeout(resolve, 300));
  stopping = true;
  other.kill('SIGTERM');
  await Promise.all(clients);
  const [code] = await once(other, 'exit');
  assert.equal(code, 0);
  assert.equal(cut, 0);
  assert.ok(answered > 50);
});
