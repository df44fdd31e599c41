// SPDX-License-Identifier: GPL-2.0-or-later
// The states of an input method after each key of a word, and a browser that is typed into so.

// ---- Korean: a syllable grows key by key, and takes the next one's consonant in for a moment (윦 on the way to 윤하).

const FIRST = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ']
const MIDDLE = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ')
const LAST = ' ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(' ')
const isVowel = (key) => key >= 'ㅏ' && key <= 'ㅣ'

// The keys of a keyboard that type a word, as their letters.
export function hangulKeys(word) {
  return [...word].flatMap((letter) => {
    const code = letter.codePointAt(0) - 0xac00
    if (code < 0 || code > 11171) return [letter]
    return [FIRST[Math.floor(code / 588)], ...MIDDLE[Math.floor(code / 28) % 21], ...LAST[code % 28]]
  })
}

// The text that an input method shows for these keys.
function composed(keys) {
  let done = '', first = '', middle = '', last = ''
  const shown = () => (first && middle ? String.fromCodePoint(0xac00 + FIRST.indexOf(first) * 588 + MIDDLE.indexOf(middle) * 28 + LAST.indexOf(last)) : first || middle)
  const end = () => { done += shown(); first = middle = last = '' }
  for (const key of keys) {
    if (isVowel(key)) {
      if (last) { const moved = last.at(-1); last = last.slice(0, -1); end(); first = moved; middle = key }
      else if (MIDDLE.includes(middle + key) && (first || !middle)) middle += key
      else { end(); middle = key }
    } else if (FIRST.includes(key)) {
      if (first && middle && LAST.includes(last + key)) last += key
      else { end(); first = key }
    } else { end(); done += key }
  }
  return done + shown()
}

export function hangulStates(word) {
  const keys = hangulKeys(word)
  return keys.map((_, i) => composed(keys.slice(0, i + 1)))
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
