// SPDX-License-Identifier: GPL-2.0-or-later
// What an input method shows after each key of a word, and a browser that is typed into so.

// ---- Korean: a syllable grows letter by letter.

const CHO = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'

export function hangulStates(word) {
  const states = []
  let done = ''
  for (const letter of word) {
    const code = letter.codePointAt(0) - 0xac00
    if (code < 0 || code > 11171) { done += letter; states.push(done); continue }
    const final = code % 28
    states.push(done + CHO[Math.floor(code / 588)])
    states.push(done + String.fromCodePoint(0xac00 + code - final))
    if (final) states.push(done + letter)
    done += letter
  }
  return states
}

// ---- Japanese: letters become kana, and at the end kana become what is meant.

const kana = { nn: 'ん', shi: 'し', chi: 'ち', tsu: 'つ', fu: 'ふ', ji: 'じ', je: 'じぇ', che: 'ちぇ', thi: 'てぃ', dhi: 'でぃ', ya: 'や', yu: 'ゆ', yo: 'よ', wa: 'わ', wo: 'を', '-': 'ー' }
const rows = { '': 'あいうえお', k: 'かきくけこ', s: 'さしすせそ', t: 'たちつてと', n: 'なにぬねの', h: 'はひふへほ', m: 'まみむめも', r: 'らりるれろ', g: 'がぎぐげご', z: 'ざじずぜぞ', d: 'だぢづでど', b: 'ばびぶべぼ', p: 'ぱぴぷぺぽ' }
for (const [consonant, row] of Object.entries(rows)) [...'aiueo'].forEach((vowel, i) => { kana[consonant + vowel] ??= row[i] })
const small = { a: 'ゃ', u: 'ゅ', o: 'ょ' }
const beforeSmall = { ky: 'き', sh: 'し', ch: 'ち', ny: 'に', hy: 'ひ', my: 'み', ry: 'り', gy: 'ぎ', j: 'じ', by: 'び', py: 'ぴ' }
for (const [consonants, first] of Object.entries(beforeSmall)) for (const vowel of 'auo') kana[consonants + vowel] = first + small[vowel]

// `keys` in romaji, as they are pressed; letters that are no kana yet are shown wide, as most input methods
// do, or narrow.
export function kanaStates(keys, width = 'wide') {
  const shown = (letters) => (width === 'wide' ? [...letters].map((one) => String.fromCodePoint(one.codePointAt(0) + 0xfee0)).join('') : letters)
  let done = '', pending = ''
  return [...keys].map((key) => {
    pending += key
    const [first, second] = pending
    if (second === first && second !== 'n' && !'aiueo'.includes(second)) { done += 'っ'; pending = second }
    if (first === 'n' && second && !'aiueony'.includes(second)) { done += 'ん'; pending = second }
    if (kana[pending]) { done += kana[pending]; pending = '' }
    return done + shown(pending)
  })
}

// ---- The browser.

export const chromiumArguments = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

// The rows of the list once it has answered exactly this query. To be asked for before it is typed.
export const answered = (page, query, selector = 'nunmul-search') => page.evaluate(([wanted, which]) => new Promise((resolve, reject) => {
  const box = document.querySelector(which)
  const timer = setTimeout(() => reject(new Error(`no answer to ${wanted}`)), 10000)
  box.addEventListener('nunmul-results', function listen({ detail }) {
    if (detail.query !== wanted) return
    clearTimeout(timer)
    box.removeEventListener('nunmul-results', listen)
    resolve([...box.shadowRoot.querySelectorAll('li')].map((row) => row.textContent))
  })
}), [query, selector])

// Types the states of a composition into the search box and commits the last. Gives what the list showed at each.
export async function compose(page, states, eachAnswer) {
  const input = page.locator('nunmul-search input')
  await input.fill('')
  await input.focus()
  const session = await page.context().newCDPSession(page)
  let shown = ''
  for (const [i, state] of states.entries()) {
    // A key may change nothing (the second n of ん); then nothing is asked.
    const waiting = state === shown ? null : answered(page, state)
    await session.send('Input.imeSetComposition', { text: state, selectionStart: state.length, selectionEnd: state.length })
    shown = state
    if (waiting) eachAnswer(i + 1, state, await waiting, await input.inputValue())
  }
  await session.send('Input.insertText', { text: states.at(-1) })
  await session.detach()
}
