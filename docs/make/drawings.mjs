#!/usr/bin/env node
// SPDX-License-Identifier: GPL-2.0-or-later
// Draws the SVGs of the manual into docs/pictures/.
//   node docs/make/drawings.mjs           draws them
//   node docs/make/drawings.mjs --check   names those that it would draw otherwise, with exit status 1 if there are any
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SIZE = 15, PAD = 12, HEIGHT = 34
const STYLE = `text{font:${SIZE}px system-ui,"Noto Sans CJK KR","Noto Sans KR","Noto Sans JP",sans-serif;fill:#1b2733}.small{font-size:12.5px;fill:#55636f}.strong{font-weight:600}
rect{fill:#fff;stroke:#cfd8df}.page{fill:#f6f8fa;stroke:none}.a{fill:#e3f0f8;stroke:#2a6187}.b{fill:#fbeee6;stroke:#a4552a}.c{fill:#eaf4ea;stroke:#3d7a3d}path{fill:none;stroke:#55636f;stroke-width:1.5}
@media(prefers-color-scheme:dark){text{fill:#e8eef3}.small{fill:#a5b3be}rect{fill:#17212a;stroke:#33424f}.page{fill:#0f161c}.a{fill:#1d3646;stroke:#8cc4ec}.b{fill:#42301f;stroke:#e0a070}.c{fill:#203a24;stroke:#8cc98c}path{stroke:#a5b3be}}`

const wide = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uffef\u3130-\u318f]/
const widthOf = (text, size = SIZE) => [...text].reduce((sum, c) => sum + (wide.test(c) ? 1 : 0.58), 0) * size
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const round = (n) => Math.round(n * 10) / 10

const words = (x, y, text, kind = '', anchor = 'start') => `<text x="${round(x)}" y="${round(y)}"${kind ? ` class="${kind}"` : ''}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}>${escaped(text)}</text>`
const box = (x, y, width, kind = '', height = HEIGHT) => `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${height}" rx="8"${kind ? ` class="${kind}"` : ''}/>`
const labelled = (x, y, text, kind = '', width = widthOf(text) + 2 * PAD) => box(x, y, width, kind) + words(x + width / 2, y + 22.5, text, '', 'middle')
const arrow = (x1, y1, x2, y2) => `<path d="M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}" marker-end="url(#tip)"/>`
const drawing = (width, height, title, parts) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title><style>${STYLE}</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M1 1L7 4L1 7"/></marker></defs>
<rect class="page" width="${width}" height="${height}" rx="12"/>
${parts.join('\n')}
</svg>
`

// A text in three scripts, its runs, and the terms of each.
function runs() {
  const parts = [words(24, 36, 'one text', 'small'), words(24, 112, 'its runs', 'small'), words(24, 196, 'the terms of each', 'small')]
  const cut = [
    { text: '윤하가 부른', script: 'Hangul', kind: 'a', terms: ['윤하', 'without the particle 가', '부르다', 'the verb, met by 불렀다 too', '윤하 하가 부른', 'pairs of syllables'] },
    { text: '涙の歌', script: 'Han and kana', kind: 'b', terms: ['涙 歌', 'words and characters', 'namida', 'its reading, in names', '涙の の歌', 'pairs of characters'] },
    { text: 'raining live', script: 'Latin', kind: 'c', terms: ['raining live', 'as they are written', 'rain live', 'their stems'] },
  ]
  parts.push(labelled(170, 14, cut.map((run) => run.text).join(' '), '', 600))
  cut.forEach(({ text, script, kind, terms }, i) => {
    const x = 170 + i * 206
    parts.push(arrow(x + 94, 50, x + 94, 84), labelled(x, 90, text, kind, 188), words(x + 94, 142, script, 'small', 'middle'), arrow(x + 94, 150, x + 94, 168))
    for (let j = 0; j < terms.length; j += 2)
      parts.push(words(x + 94, 196 + j * 24, terms[j], 'strong', 'middle'), words(x + 94, 214 + j * 24, terms[j + 1], 'small', 'middle'))
  })
  return drawing(800, 330, 'A text is cut into runs of one script, and each run becomes terms by its own rules', parts)
}

// Each state of a name on its way from the keyboard, as keys.
function keys() {
  const parts = [words(24, 36, 'typed', 'small'), words(24, 96, 'its keys', 'small'), words(24, 156, 'the name', 'small')]
  const states = [['ㅇ', 'd'], ['유', 'db'], ['윤', 'dbs'], ['윤ㅎ', 'dbsg'], ['윤하', 'dbsgk']]
  states.forEach(([typed, pressed], i) => {
    const x = 130 + i * 130
    parts.push(labelled(x, 14, typed, 'a', 106), arrow(x + 53, 50, x + 53, 70), labelled(x, 74, pressed, '', 106), arrow(x + 53, 110, x + 53, 130))
  })
  parts.push(box(130, 134, 626, 'c'), words(443, 156.5, '윤하 = dbsgk begins with each of them, and with dbsg typed as Latin', '', 'middle'))
  return drawing(780, 190, 'A half-typed syllable is compared as the keys that were pressed', parts)
}

// How a query and a text that share no word meet.
function meeting() {
  const parts = [words(120, 32, 'typed', 'small', 'middle'), words(400, 32, 'meets in a term', 'small', 'middle'), words(680, 32, 'stands in the text', 'small', 'middle')]
  const rows = [['비가', '비', 'without its particle', '비는', 'a'], ['れもん', 'レモン', 'other kana', 'レモン', 'b'], ['younha', 'sound of 윤하', 'a name, by ear', '윤하', 'c'], ['ユンナ', 'names.json', 'one person, all names', 'Younha', 'c'], ['이별', 'breakup', 'a theme of concepts.json', 'breakup', 'c']]
  rows.forEach(([typed, term, how, text, kind], i) => {
    const y = 46 + i * 58
    parts.push(labelled(40, y, typed, '', 160), arrow(204, y + 17, 290, y + 17), labelled(296, y, term, kind, 208), words(400, y + 49, how, 'small', 'middle'), arrow(596, y + 17, 510, y + 17), labelled(600, y, text, '', 160))
  })
  return drawing(800, 346, 'A query and a text meet in terms that both have', parts)
}

const steps = (title, rows) => {
  const parts = []
  rows.forEach(([folder, what, result], i) => {
    const y = 18 + i * 62
    parts.push(labelled(24, y, folder, ['a', 'b', 'c'][i % 3], 190), words(236, y + 15, what), words(236, y + 33, result, 'small'))
    if (i + 1 < rows.length) parts.push(arrow(119, y + 37, 119, y + 59))
  })
  return drawing(760, 18 + rows.length * 62, title, parts)
}

const query = () => steps('A query passes the folders from http to search/present', [
  ['http', 'reads the request and checks it against its key', 'SearchRequest, with a budget of time and memory'],
  ['search/match scope', 'which documents may be found: filters, tenant, deadline', 'Scope'],
  ['search/plan', 'what the words ask for: forms, sounds, names, themes', 'QueryPlan: units, with their terms and weights'],
  ['search/postings', 'goes over the lists of documents behind the terms', 'candidates with their weights'],
  ['search/match', 'looks where the words stand in each candidate', 'Features: words, phrases, nearness, fields'],
  ['search/rank', 'orders them, and decides whether the query is answered', 'hits in their order'],
  ['search/present', 'cuts and marks the texts of one page', 'the JSON of the answer'],
])

const documentWay = () => steps('A document passes the folders from import to index', [
  ['import', 'turns articles and tables into entries', 'JSON objects, one an entry; over HTTP they come as such'],
  ['engine', 'queues the task on disk, then answers 202', 'a task that survives a crash'],
  ['index store', 'keeps the text of each document with a checksum', 'documents.db, the source of truth'],
  ['text', 'cuts texts into tokens and terms, by script', 'words, forms, pairs, readings, sounds'],
  ['index segment', 'writes postings, vocabulary, word order and columns', 'a folder that never changes again'],
  ['index generation', 'names the segments and replaces CURRENT', 'the state that searches see from now on'],
])

const drawings = { 'runs.svg': runs, 'keys.svg': keys, 'meeting.svg': meeting, 'query.svg': query, 'document.svg': documentWay }
const check = process.argv.includes('--check')
for (const [name, draw] of Object.entries(drawings)) {
  const file = fileURLToPath(new URL(`../pictures/${name}`, import.meta.url))
  const old = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (old === draw()) continue
  console.log(`docs/pictures/${name}`)
  if (check) process.exitCode = 1
  else writeFileSync(file, draw())
}
