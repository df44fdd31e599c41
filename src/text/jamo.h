// SPDX-License-Identifier: GPL-2.0-or-later
// Hangul as it is typed on the common Korean keyboard (dubeolsik): a syllable is the keys of its
// letters (윤 = dbs), and what an input method shows on the way to a word (ㅇ, 유, 윤, 윤ㅎ) has the keys
// typed so far. So a prefix is compared by keys, and no keystroke on the way to a match loses it.
//
//   letter  ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅅ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ  ㅏ ㅑ ㅓ ㅕ ㅗ ㅛ ㅜ ㅠ ㅡ ㅣ ㅐ ㅔ
//   key     r  s  e  f  a  q  t  d  w  c  z  x  v  g   k  i  j  u  h  y  n  b  m  l  o  p
//   ㄲ ㄸ ㅃ ㅆ ㅉ ㅒ ㅖ are the capitals of ㄱ ㄷ ㅂ ㅅ ㅈ ㅐ ㅔ; other letters are typed as their parts
//   (ㅘ = hk, ㄳ = rt).
#pragma once

#include <string>
#include <string_view>

namespace nunmul {

// Whether the character is a jamo by itself (U+3131 to U+3163), a consonant of that kind, a vowel.
constexpr bool is_jamo(char32_t code) { return code >= 0x3131 && code <= 0x3163; }
constexpr bool is_consonant_jamo(char32_t code) { return code >= 0x3131 && code <= 0x314E; }
constexpr bool is_vowel_jamo(char32_t code) { return code >= 0x314F && code <= 0x3163; }

// The keys of a folded text: syllables and jamo as keys, anything else as it is.
std::string dubeolsik_keys(std::string_view text);

// The same without capitals: what is compared, since fast typing loses shift (Family::KeySequence).
std::string key_sequence(std::string_view text);

// Whether keys (dubeolsik_keys) begin others. Fast typing loses shift but adds none: 바 begins 빠르다, and 빠
// does not begin 바다.
bool keys_begin(std::string_view typed, std::string_view keys);

// The same of two texts (윤ㅎ and 유 fit 윤하, 앙 and 아ㅇ fit 아이유).
bool is_key_prefix(std::string_view typed, std::string_view word);

// Whether a letter needs shift (ㄲ, ㅖ).
bool has_shifted_keys(std::string_view text);

// The text that an input method shows after these keys. A capital that has no letter of its own counts as the
// small one; a character that is no key is kept.
std::string compose_keys(std::string_view keys);

// Syllables as their first consonant (윤하 → ㅇㅎ), anything else as it is (Family::Initials).
std::string initials(std::string_view text);

// Whether the text is nothing but lone consonants (ㅇㅎ), as one types for a name by its initials.
bool is_all_initials(std::string_view text);

}  // namespace nunmul
