// SPDX-License-Identifier: GPL-2.0-or-later
// nunmul index: what is in the files is what is found; the report says what changed; nothing changes when
// something is wrong, in a dry run, or when the relevance gate says no; documents sent over HTTP stay
// (edits.test.mjs says more of those, shrink.test.mjs of runs that would remove too much).
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { found, nunmul, nunmulJson, realLanguages, song, start, tempFolder, withServer, writeEntries } from './nunmul.mjs'

// A data folder and a file of entries, and how to index it.
function library(entries) {
  const folder = tempFolder()
  const file = join(folder, 'songs.ndjson')
  const data = join(folder, 'data')
  const write = (all) => writeEntries(file, all)
  write(entries)
  return {
    folder,
    file,
    data,
    write,
    index: (...flags) => nunmulJson(['index', '--data-dir', data, ...flags, file]),
    tryIndex: (...flags) => nunmul(['index', '--data-dir', data, ...flags, file]),
    found: (query, ...flags) => found(data, query, ...flags),
  }
}

const counts = ({ added, changed, unchanged, removed }) => ({ added, changed, unchanged, removed })

test('the report counts what was added, changed, unchanged and removed', () => {
  const songs = library([song('a'), song('b'), song('c')])
  assert.deepEqual(counts(songs.index()), { added: 3, changed: 0, unchanged: 0, removed: 0 })
  songs.write([song('a'), song('b', { title: 'Other words' }), song('d')])
  const report = songs.index('--verbose')
  assert.deepEqual(counts(report), { added: 1, changed: 1, unchanged: 1, removed: 1 })
  assert.deepEqual([report.addedTitles, report.changedTitles, report.removedTitles], [['Title d'], ['Other words'], ['Title c']])
  assert.equal(report.documents, 3)
  assert.equal(report.outcome, 'published')
  assert.deepEqual(songs.found('title'), ['a', 'd'])
  assert.deepEqual(songs.found('other words'), ['b'])
})

test('a second run over the same files changes nothing and publishes nothing', () => {
  const songs = library([song('a'), song('b')])
  const first = songs.index()
  const second = songs.index()
  assert.deepEqual(counts(second), { added: 0, changed: 0, unchanged: 2, removed: 0 })
  assert.equal(second.outcome, 'unchanged')
  assert.equal(second.generation, first.generation)
  assert.equal(songs.index('--rebuild').outcome, 'published')
})

test('the same files are read again when something else has changed what they gave', async () => {
  const songs = library([song('a'), song('b')])
  songs.index()
  await withServer(songs.data, async (server) => {
    await server.write('DELETE', '/indexes/entries/documents/a')
  })
  assert.deepEqual(counts(songs.index('--overwrite-edits')), { added: 1, changed: 0, unchanged: 1, removed: 0 })
  assert.deepEqual(counts(songs.index()), { added: 0, changed: 0, unchanged: 2, removed: 0 })
  writeFileSync(join(songs.folder, 'more.ndjson'), JSON.stringify(song('c')) + '\n')
  const both = nunmulJson(['index', '--data-dir', songs.data, songs.file, join(songs.folder, 'more.ndjson')])
  assert.deepEqual(counts(both), { added: 1, changed: 0, unchanged: 2, removed: 0 })
  assert.deepEqual(counts(songs.index()), { added: 0, changed: 0, unchanged: 2, removed: 1 })
})

test('a document is the same whatever blanks stand between its tokens', () => {
  const songs = library([song('a')])
  songs.index()
  writeFileSync(songs.file, JSON.stringify(song('a')).replaceAll('","', '" ,\t"') + '\n')
  assert.equal(songs.index().unchanged, 1)
})

test('few changes leave the rest as it was analyzed', () => {
  const entries = Array.from({ length: 100 }, (_, i) => song(`s${i}`))
  const songs = library(entries)
  assert.equal(songs.index().full, true)
  songs.write([...entries.slice(1), song('new')])
  const report = songs.index()
  assert.equal(report.full, false)
  assert.deepEqual(counts(report), { added: 1, changed: 0, unchanged: 99, removed: 1 })
})

test('the report for people names the figures', () => {
  const songs = library([song('a')])
  const { stdout, stderr } = songs.tryIndex('--verbose')
  assert.match(stdout, /^ {2}\+ Title a\nentries: 1 added, 0 changed, 0 unchanged, 0 removed; published\n1 entry in \d+\.\d\d s \(\d+ a second\), 1 document, .*B/)
  assert.match(stderr, /^language resources in .*absent: /)
})

test('a dry run says what would change and writes nothing', () => {
  const songs = library([song('a'), song('b')])
  const first = songs.index('--dry-run')
  assert.deepEqual(counts(first), { added: 2, changed: 0, unchanged: 0, removed: 0 })
  assert.equal(first.outcome, 'dryRun')
  assert.ok(!existsSync(songs.data))
  songs.index()
  songs.write([song('b', { title: 'Other' })])
  assert.deepEqual(counts(songs.index('--dry-run')), { added: 0, changed: 1, unchanged: 0, removed: 1 })
  assert.deepEqual(songs.found('title'), ['a', 'b'])
  assert.deepEqual(counts(songs.index()), { added: 0, changed: 1, unchanged: 0, removed: 1 })
})

test('a broken file changes nothing, and with --keep-going only adds', () => {
  const songs = library([song('a'), song('b')])
  songs.index()
  writeFileSync(songs.file, JSON.stringify(song('c')) + '\n{"id":"d",\n')
  const { status, stdout, stderr } = songs.tryIndex()
  assert.equal(status, 1)
  assert.match(stderr, /^error: .*songs\.ndjson:2: broken JSON/m)
  assert.match(stderr, /^hint: --keep-going/m)
  assert.match(stdout, /not published/)
  assert.deepEqual(songs.found('title'), ['a', 'b'])
  assert.equal(songs.tryIndex('--keep-going').status, 1)
  assert.deepEqual(songs.found('title'), ['a', 'b', 'c'])
})

test('an identifier that no document may have is a problem with file and line', () => {
  const songs = library([song('a'), song('b c')])
  const { status, stderr } = songs.tryIndex()
  assert.equal(status, 1)
  assert.match(stderr, /songs\.ndjson:2: .*b c/)
})

test('a document larger than one may be is a problem with file and line', () => {
  const folder = tempFolder()
  const file = writeEntries(join(folder, 'big.ndjson'), [song('a'), song('b', { description: 'x'.repeat(5_000_000) })])
  const { status, stderr } = nunmul(['index', '--data-dir', `${folder}/data`, file])
  assert.equal(status, 1)
  assert.match(stderr, /big\.ndjson:2: the document has more than 5,000,000 bytes/)
})

test('settings of a file are taken over, with our own, and others stay', () => {
  const songs = library([song('a', { year: 1999 }), song('b', { year: 2001 })])
  const settings = join(songs.folder, 'settings.json')
  songs.index()
  assert.equal(nunmul(['search', '--data-dir', songs.data, '--filter', 'year > 2000', 'title']).status, 1)
  writeFileSync(settings, JSON.stringify({ filterableAttributes: ['year'], nunmul: { defaultMatchingStrategy: 'all' } }))
  const report = songs.index('--settings', settings)
  assert.equal(report.settingsChanged, true)
  assert.deepEqual(songs.found('title', '--filter', 'year > 2000'), ['b'])
  assert.deepEqual(songs.found('title b'), ['b'])
  assert.equal(songs.index('--settings', settings).outcome, 'unchanged')
  assert.equal(songs.index().outcome, 'unchanged')
})

test('wrong settings are named with their file and change nothing', () => {
  const songs = library([song('a')])
  const settings = join(songs.folder, 'settings.json')
  for (const wrong of ['{"colour":1}', '{"filterableAttributes":3}', '{', '{"nunmul":{"speed":1}}']) {
    writeFileSync(settings, wrong)
    const { status, stderr } = songs.tryIndex('--settings', settings)
    assert.equal(status, 1)
    assert.match(stderr, /^error: .*settings\.json: /m)
    assert.ok(!existsSync(songs.data))
  }
})

test('without files the content of the source tree goes into the index entries', () => {
  const folder = tempFolder()
  const report = nunmulJson(['index', '--data-dir', folder], { env: realLanguages })
  assert.equal(report.index, 'entries')
  assert.equal(report.added, 45)
  const { hits } = nunmulJson(['search', '--data-dir', folder, 'breakup', 'rain', 'ballad'], { env: realLanguages })
  assert.equal(hits[0].title, 'On A Rainy Day')
})

test('several indexes live in one folder, each with its own files', () => {
  const folder = tempFolder()
  const songs = writeEntries(join(folder, 'songs.ndjson'), [song('a')])
  const films = writeEntries(join(folder, 'films.ndjson'), [song('b')])
  nunmulJson(['index', '--data-dir', join(folder, 'data'), '--index', 'songs', songs])
  nunmulJson(['index', '--data-dir', join(folder, 'data'), '--index', 'films', films])
  assert.deepEqual(found(join(folder, 'data'), 'title', '--index', 'songs'), ['a'])
  assert.deepEqual(found(join(folder, 'data'), 'title', '--index', 'films'), ['b'])
})

test('a running server answers from the new files', async () => {
  const songs = library([song('a')])
  songs.index()
  await withServer(songs.data, async (_, waitFor) => {
    await waitFor('title', ['a'])
    songs.write([song('b'), song('c')])
    songs.index()
    await waitFor('title', ['b', 'c'])
  })
})

test('a running server knows the names and themes that a run has indexed with', async () => {
  const songs = library([song('a', { artist: 'GUMMY' }), song('b', { description: 'Long applause.' })])
  const languages = process.env.NUNMUL_LANGUAGES
  const files = ['names.json', 'concepts.json'].map((name) => join(languages, name))
  try {
    songs.index()
    await withServer(songs.data, async (server, finds) => {
      await finds(encodeURIComponent('박지연'), [])
      writeFileSync(files[0], '[{"id":"gummy","kind":"artist","names":["GUMMY","박지연"]}]')
      writeFileSync(files[1], '[{"id":"applause","en":["applause"],"ko":["박수"],"ja":["拍手"]}]')
      songs.index()
      await finds(encodeURIComponent('박지연'), ['a'])
      await finds(encodeURIComponent('拍手'), ['b'])
      await server.write('POST', '/indexes/entries/documents', [song('c', { description: 'Applause!' })])
      await finds(encodeURIComponent('拍手'), ['b', 'c'])
      await finds(encodeURIComponent('박지연'), ['a'])
    })
  } finally {
    for (const file of files) rmSync(file, { force: true })
  }
})

test('documents sent over HTTP stay, also those whose id is in the files', async () => {
  const songs = library([song('a'), song('b')])
  songs.index()
  await withServer(songs.data, async (server) => {
    const sent = await server.write('POST', '/indexes/entries/documents', [song('b', { title: 'Title sent' }), song('x')])
    assert.equal(sent.status, 'succeeded')
  })
  songs.write([song('b')])
  assert.deepEqual(counts(songs.index()), { added: 0, changed: 0, unchanged: 0, removed: 1 })
  assert.deepEqual(songs.found('title'), ['b', 'x'])
  assert.deepEqual(songs.found('sent'), ['b'])
})

// ---- The relevance gate.

function judged(folder, queries) {
  return writeEntries(join(folder, 'judged.jsonl'), queries.map(([query, judgments], i) => ({ qid: `q${i}`, query, judgments })))
}

test('a state that judged queries find worse is refused, and the old state stays in service', () => {
  const songs = library([song('a', { title: 'Autumn rain' }), song('b', { title: 'Winter snow' })])
  const queries = judged(songs.folder, [['autumn rain', { a: 3 }], ['winter snow', { b: 3 }]])
  const gate = ['--judged', queries, '--min-ndcg', '0.9', '--max-drop', '0.02']
  const first = songs.index(...gate)
  assert.equal(first.gate.passed, true)
  assert.equal(first.gate.metrics['ndcg@10'], 1)
  songs.write([song('a', { title: 'Spring' , description: 'Flowers' }), song('b', { title: 'Winter snow' }), song('c', { title: 'Autumn rain' })])
  const { status, stdout } = songs.tryIndex(...gate)
  assert.equal(status, 1)
  assert.match(stdout, /nDCG@10 1\.0000 -> 0\.5000/)
  assert.match(stdout, /worse .*q0 "autumn rain"\n.*before: a\n.*after: +c/)
  assert.match(stdout, /^refused: nDCG@10 is 0\.5000/m)
  assert.deepEqual(songs.found('autumn rain'), ['a'])
  assert.equal(nunmulJson(['generations', '--data-dir', songs.data]).generations.length, 1)
  assert.deepEqual(readdirSync(join(songs.data, 'indexes/1/segments')).length, 1)
  const drop = songs.tryIndex('--judged', queries, '--max-drop', '0.3')
  assert.match(drop.stdout, /^refused: nDCG@10 drops by 0\.5000/m)
  const allowed = songs.index('--judged', queries, '--max-drop', '0.6')
  assert.equal(allowed.gate.difference.worse[0].qid, 'q0')
  assert.deepEqual(songs.found('autumn rain'), ['c'])
})

test('judged queries alone refuse what answers them worse', () => {
  const songs = library([song('a', { title: 'Autumn rain' }), song('b', { title: 'Winter snow' })])
  const queries = judged(songs.folder, [['autumn rain', { a: 3 }], ['winter snow', { b: 3 }]])
  assert.equal(songs.index('--judged', queries).outcome, 'published')
  songs.write([song('a', { title: 'Autumn rain' })])
  const { status, stdout } = songs.tryIndex('--judged', queries)
  assert.equal(status, 1)
  assert.match(stdout, /^refused: nDCG@10 drops by 0\.5000, more than the 0\.0200 allowed/m)
  assert.deepEqual(songs.found('winter snow'), ['b'])
})

test('the metrics of the gate are kept in the history', () => {
  const songs = library([song('a', { title: 'Autumn rain' })])
  songs.index('--judged', judged(songs.folder, [['autumn', { a: 3 }]]))
  const [generation] = nunmulJson(['generations', '--data-dir', songs.data]).generations
  assert.equal(generation.metrics['ndcg@10'], 1)
})

test('a dry run with judged queries says what the gate would, and publishes nothing', () => {
  const songs = library([song('a', { title: 'Autumn rain' })])
  const queries = judged(songs.folder, [['autumn', { a: 3 }]])
  songs.index()
  songs.write([song('a', { title: 'Spring', description: '' })])
  const { status, stdout } = songs.tryIndex('--dry-run', '--judged', queries, '--min-ndcg', '0.9')
  assert.equal(status, 1)
  assert.match(stdout, /^refused/m)
  assert.deepEqual(songs.found('autumn'), ['a'])
})

test('judged queries that cannot be read are named with file and line', () => {
  const songs = library([song('a')])
  const queries = join(songs.folder, 'judged.jsonl')
  writeFileSync(queries, '{"qid":"q","query":"x","judgments":{}}\n{"qid":1}\n')
  const { status, stderr } = songs.tryIndex('--judged', queries)
  assert.equal(status, 1)
  assert.match(stderr, /judged\.jsonl:2: /)
  assert.equal(nunmulJson(['check', '--data-dir', songs.data]).indexes, 0)
})

test('two runs at once wait for each other and say for whom', async () => {
  const songs = library([song('a')])
  songs.index()
  const other = join(songs.folder, 'other')
  mkdirSync(other)

  const all = Array.from({ length: 4 }, (_, i) => {
    const file = writeEntries(join(other, `${i}.ndjson`), Array.from({ length: 300 }, (__, n) => song(`r${i}-${n}`)))
    return start(['index', '--data-dir', songs.data, '--allow-shrink', file])
  })
  assert.deepEqual(await Promise.all(all.map((run) => run.ended)), [0, 0, 0, 0])
  assert.equal(songs.found('title').length, 300)
  assert.deepEqual(nunmulJson(['check', '--data-dir', songs.data]).problems, [])
})

test('a first run that fails leaves no index behind', () => {
  const songs = library([song('a')])
  const broken = join(songs.folder, 'broken.ndjson')
  writeFileSync(broken, '{"id":\n')
  const judged = join(songs.folder, 'judged.jsonl')
  writeFileSync(judged, '{"qid":"q","query":"nothing like it","judgments":{"a":3}}\n')
  const failing = [[join(songs.folder, 'missing')], [broken], ['--judged', judged, '--min-ndcg', '1', songs.file]]
  for (const args of failing) {
    assert.equal(nunmul(['index', '--data-dir', songs.data, ...args]).status, 1)
    assert.equal(nunmulJson(['check', '--data-dir', songs.data]).indexes, 0)
    assert.match(nunmul(['search', '--data-dir', songs.data, 'title']).stderr, /^error: Index `entries` not found\.\nhint: /)
  }
  songs.index()
  for (const args of failing) {
    assert.equal(nunmul(['index', '--data-dir', songs.data, '--index', 'other', ...args]).status, 1)
    assert.equal(nunmulJson(['check', '--data-dir', songs.data]).indexes, 1)
    assert.equal(nunmul(['search', '--data-dir', songs.data, '--index', 'other', 'title']).status, 1)
  }
  assert.equal(nunmul(['index', '--data-dir', songs.data, broken]).status, 1)
  assert.deepEqual(songs.found('title'), ['a'])
})

test('a name that is not there is looked up from where the command runs', () => {
  const songs = library([song('a')])
  const { stderr } = nunmul(['index', '--data-dir', songs.data, 'no-such-folder'], { cwd: songs.folder })
  assert.match(stderr, /^error: no-such-folder: there is no such file or folder\n(?:.*\n)*hint: names are taken from .*, where the command runs\n$/)
})

test('a text without a list is passed over with a warning beside others', () => {
  const songs = library([song('a')])
  const note = join(songs.folder, 'note.txt')
  writeFileSync(note, 'Just one sentence that lists nothing at all.\n')
  const beside = songs.tryIndex(note)
  assert.equal(beside.status, 0)
  assert.match(beside.stderr, /^warning: .*note\.txt: no list of songs, films or dramas was found in it$/m)
  assert.deepEqual(nunmulJson(['index', '--data-dir', songs.data, songs.file, note]).warnings.map((each) => each.file), [note])
  assert.equal(nunmul(['index', '--data-dir', songs.data, note]).status, 1)
})

test('the language data in use is named only when asked for', () => {
  const songs = library([song('a')])
  assert.doesNotMatch(songs.tryIndex().stderr, /language/)
})

test('rules of a file are set with the index, and a wrong one makes none', () => {
  const folder = tempFolder(), data = join(folder, 'data'), songs = writeEntries(join(folder, 'songs.ndjson'), [song('a'), song('b', { title: 'Title of another' })])
  const rules = (value) => (writeFileSync(join(folder, 'rules.json'), JSON.stringify(value)), join(folder, 'rules.json'))
  const index = (value) => nunmul(['index', '--data-dir', data, '--rules', rules(value), songs])
  for (const [value, message] of [[{}, /rules\.json: .*`rules`/], [{ rules: [], more: 1 }, /rules\.json: .*`more`/], [{ rules: [{ name: 'a', then: { boost: [{ filter: 'mood = sad', weight: 2 }] } }] }, /rules\.json: rule `a`: .*`mood`/]]) {
    const { status, stderr } = index(value)
    assert.equal(status, 1)
    assert.match(stderr, message)
    assert.ok(!existsSync(data))
  }
  assert.equal(index({ rules: [{ name: 'a', when: { query: { is: 'another' } }, then: { pin: [{ id: 'a' }] } }] }).status, 0)
  assert.deepEqual(nunmulJson(['search', '--data-dir', data, 'another']).hits.map(({ id }) => id), ['a', 'b'])
  assert.match(nunmul(['search', '--explain', '--data-dir', data, 'another']).stdout, /^rules: a: 1 pinned/m)
})
