// SPDX-License-Identifier: GPL-2.0-or-later
// Queries as long as they get: what of them counts is bounded, and what counts is right.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startServer } from './server.mjs'

const strategies = ['last', 'all', 'frequency', 'any']
const made = Array.from({ length: 800 }, (_, i) => `zq${i.toString(36)}`)  // words that no document has
const theirs = Array.from({ length: 39 }, (_, i) => `xk${i.toString(36)}`)
let server

before(async () => {
  server = await startServer()
  await server.write('PATCH', '/indexes/songs/settings', { searchableAttributes: ['title', 'names'] })
  await server.write('POST', '/indexes/songs/documents', [
    { id: 1, title: 'Spring Rain', names: ['first snow', 'late day'], note: 'winter' },
    { id: 2, title: 'Spring Snow', names: ['rain on ice'], note: '' },
    { id: 3, title: '봄비 오는 Spring', names: ['비'], note: '' },
    { id: 4, title: theirs.join(' '), names: [], note: '' },
  ])
})
after(() => server.stop())

const found = async (q, matchingStrategy) => {
  const answer = await server.call('POST', '/indexes/songs/search', { q, matchingStrategy })
  assert.equal(answer.status, 200, answer.text)
  return answer.json.hits.map((hit) => hit.id).sort()
}

test('of a text forty words count for any of them', async () => {
  assert.deepEqual(await found(theirs.join(' '), 'any'), [4])
  assert.deepEqual(await found([...made.slice(0, 39), ...theirs].join(' ').slice(0, 4096), 'any'), [])
  assert.deepEqual(await found([...made.slice(0, 40), ...theirs].join(' '), 'any'), [])
})

test('what is excluded is left out, however much is', async () => {
  const many = made.map((word) => `-${word}`).join(' ').slice(0, 4000)
  for (const strategy of strategies) {
    assert.deepEqual(await found(`spring ${many}`, strategy), [1, 2, 3])
    assert.deepEqual(await found(`spring ${many} -ice`, strategy), [1, 3])
    assert.deepEqual(await found(`spring ${many} -봄비`, strategy), [1, 2])
    assert.deepEqual(await found(`spring -"spring snow" ${many}`, strategy), [1, 3])
    assert.deepEqual(await found(`-"rain zq1" -"rain on" -rain`, strategy), [3, 4])
  }
})

test('what is excluded must stand in an attribute that is searched, and in one item of an array', async () => {
  for (const strategy of strategies) {
    assert.deepEqual(await found('spring -winter -"snow late" -"rain first" -"first snow late"', strategy), [1, 2, 3])
    assert.deepEqual(await found('spring -"late day"', strategy), [2, 3])
  }
})

test('a word of four thousand letters is answered, with whatever finds it', async () => {
  const words = ['a', 'é', '가', 'ㅂ', 'か', 'カ', '雨', '1', 'ba', 'spring', '봄비'].map((part) => part.repeat(1000))
  for (const strategy of strategies)
    for (const word of words) assert.ok(Array.isArray(await found(word, strategy)), word.slice(0, 10))
})
