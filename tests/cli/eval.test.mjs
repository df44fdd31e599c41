// SPDX-License-Identifier: GPL-2.0-or-later
// nunmul eval: the metrics of judged queries in both forms, and the golden file of the judged queries over
// the content of the source tree. A change of ranking is a change of that file.
import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { nunmul, nunmulJson, realLanguages as env, source, tempFolder } from './nunmul.mjs'

const folder = tempFolder()
const data = join(folder, 'data')
const judged = join(source, 'queries/judged/entries.jsonl')
before(() => nunmulJson(['index', '--data-dir', data], { env }))
const evaluate = (...args) => nunmul(['eval', '--data-dir', data, ...args], { env })
const measured = (...args) => nunmulJson(['eval', '--data-dir', data, ...args], { env })

test('the judged queries are answered as the golden file says', () => {
  const { status, stderr } = evaluate('--judged', judged, '--check')
  assert.equal(status, 0, stderr)
})

test('the judged queries are answered well', () => {
  const { overall, groups } = measured('--judged', judged)
  assert.ok(overall.queries >= 80)
  assert.ok(groups.en['ndcg@10'] >= 0.85, `nDCG@10 of the English queries is ${groups.en['ndcg@10']}`)
})

test('tables of queries and grades measure the same as JSON lines', () => {
  const rows = readFileSync(judged, 'utf8').trim().split('\n').map(JSON.parse)
  const [queries, qrels, trec] = ['queries.tsv', 'qrels.tsv', 'trec.tsv'].map((name) => join(folder, name))
  const grades = rows.flatMap(({ qid, judgments }) => Object.entries(judgments).map(([id, grade]) => [qid, id, grade]))
  writeFileSync(queries, 'qid\tquery\tgroup\n' + rows.map(({ qid, query, lang }) => `${qid}\t${query}\t${lang}\n`).join(''))
  writeFileSync(qrels, 'qid\tdocid\tgrade\n' + grades.map((row) => row.join('\t') + '\n').join(''))
  writeFileSync(trec, grades.map(([qid, id, grade]) => `${qid} 0 ${id} ${grade}\n`).join(''))
  const expected = measured('--judged', judged)
  for (const grading of [qrels, trec]) {
    const { overall, groups } = measured('--queries', queries, '--qrels', grading)
    assert.deepEqual(overall, expected.overall)
    assert.deepEqual(groups.ko, expected.groups.ko)
  }
})

test('the table for people has a line for each group', () => {
  const { stdout } = evaluate('--judged', judged)
  assert.match(stdout, /^group +nDCG@10 +MRR@10 +Recall@10 +Recall@100 +success@1 +queries$/m)
  for (const group of ['en', 'ja', 'ko', 'overall']) assert.match(stdout, new RegExp(`^${group} +[01]\\.\\d{4} `, 'm'))
})

test('--check names each query and metric that moved, and --update-golden takes them over', () => {
  const own = join(folder, 'entries.jsonl')
  copyFileSync(judged, own)
  const absent = evaluate('--judged', own, '--check')
  assert.equal(absent.status, 1)
  assert.match(absent.stderr, /entries\.golden\.json/)
  assert.equal(evaluate('--judged', own, '--update-golden').status, 0)
  const golden = join(folder, 'entries.golden.json')
  assert.ok(existsSync(golden))
  assert.equal(evaluate('--judged', own, '--check').status, 0)
  const moved = JSON.parse(readFileSync(golden, 'utf8'))
  moved.queries['en-mood-01'] = ['hope']
  moved.metrics.overall['ndcg@10'] = 0.5
  writeFileSync(golden, JSON.stringify(moved))
  const { status, stderr } = evaluate('--judged', own, '--check')
  assert.equal(status, 1)
  assert.match(stderr, /^en-mood-01 "breakup rain ballad": \["hope"\] -> \["younha-on-a-rainy-day"/m)
  assert.match(stderr, /^overall ndcg@10: 0\.5 -> 0\.\d+$/m)
  assert.match(stderr, /^hint: .*--update-golden/m)
})

test('--compare goes with a generation that is there, and without a golden file', () => {
  const unknown = evaluate('--judged', judged, '--compare', 'g0')
  assert.equal(unknown.status, 1)
  assert.match(unknown.stderr, /^error: There is no generation g0\.\nhint: /)
  assert.equal(evaluate('--judged', judged, '--compare', 'g0', '--check').status, 2)
})

test('judged queries of no line, and lines that are none, are errors with their place', () => {
  const file = join(folder, 'wrong.jsonl')
  writeFileSync(file, '\n')
  assert.equal(evaluate('--judged', file).status, 1)
  writeFileSync(file, '{"qid":"a","query":"b","judgments":{"x":"high"}}\n')
  assert.match(evaluate('--judged', file).stderr, /wrong\.jsonl:1: /)
})

test('judged documents that the index lacks are told, and measure nothing when none is there', () => {
  const file = join(folder, 'elsewhere.jsonl')
  writeFileSync(file, '{"qid":"a","query":"rain","judgments":{"no-such-1":3,"no-such-2":0}}\n')
  const none = evaluate('--judged', file)
  assert.equal(none.status, 1)
  assert.match(none.stderr, /^error: Index `entries`: None of the 1 judged documents is in this index; the first is `no-such-1`\.\nhint: .*--index/)
  assert.equal(none.stdout, '')
  writeFileSync(file, '{"qid":"a","query":"rain","judgments":{"no-such-1":3,"younha-on-a-rainy-day":3}}\n')
  const some = evaluate('--judged', file)
  assert.equal(some.status, 0)
  assert.match(some.stderr, /^warning: 1 of the 2 judged documents are not in this index; `no-such-1` is one of them\./)
})

test('dictionaries let other languages find English texts, in searches and in what is measured', () => {
  const share = join(folder, 'share')
  mkdirSync(join(share, 'edict'), { recursive: true })
  // 時代 [じだい] in EUC-JP
  writeFileSync(join(share, 'edict/edict'), Buffer.from('\xbb\xfe\xc2\xe5 [\xa4\xb8\xa4\xc0\xa4\xa4] /(n) era/(P)/\n', 'latin1'))
  const entries = join(folder, 'era.ndjson')
  writeFileSync(entries, '{"id":"steam","title":"Steam","description":"An era of iron."}\n{"id":"sea","title":"Sea","description":"Waves."}\n')
  const settings = join(folder, 'era.json')
  writeFileSync(settings, '{"nunmul":{"defaultMatchingStrategy":"any"}}')
  const era = ['--data-dir', join(folder, 'era')]
  nunmulJson(['index', ...era, '--settings', settings, entries], { env })
  const queries = join(folder, 'era.jsonl')
  writeFileSync(queries, '{"qid":"ja","query":"時代","judgments":{"steam":3}}\n{"qid":"ko","query":"시대","judgments":{"steam":3}}\n')
  const success = (...more) => nunmulJson(['eval', ...era, '--judged', queries, ...more], { env }).overall['success@1']
  assert.equal(success(), 0)
  assert.equal(success('--dictionaries', share), 1)
  const found = (...more) => nunmulJson(['search', ...era, '시대', ...more], { env }).hits.map((hit) => hit.id)
  assert.deepEqual(found(), [])
  assert.deepEqual(found('--dictionaries', share), ['steam'])
})
