// SPDX-License-Identifier: GPL-2.0-or-later
// The lines that docs/search-box.md gives to builders, with the addresses and keys of a test.
import { readFileSync } from 'node:fs'

export const manual = readFileSync(new URL('../../docs/search-box.md', import.meta.url), 'utf8')

// The blocks of code of the section with that heading, in order, that are of one language.
export function snippets(heading, language, { url, search, admin }) {
  const at = manual.indexOf(`\n## ${heading}\n`)
  if (at < 0) throw new Error(`docs/search-box.md has no section ${heading}`)
  const end = manual.indexOf('\n## ', at + 1)
  const section = manual.slice(at + 1, end < 0 ? undefined : end)
  const blocks = [...section.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter((block) => block[1] === language)
  if (!blocks.length) throw new Error(`the section ${heading} has no ${language}`)
  return blocks.map((block) => block[2].replaceAll('https://search.example.org', url).replaceAll('SEARCH_KEY', search).replaceAll('ADMIN_KEY', admin))
}
