// SPDX-License-Identifier: GPL-2.0-or-later
// How names sound, across scripts and ways of writing: 윤하, Younha, Yunha and Yoonha have a key in
// common, and so have 발라드 and ballad. A key keeps what romanisations agree on:
//   consonants  k (ㄱㄲㅋ g k c q)  t (ㄷㄸㅌ d t)  p (ㅂㅃㅍ b p v f)  j (ㅈㅉㅊ j ch z)  s (ㅅㅆ s sh)
//               l (ㄹ l r)  m  n  h  N (final ㅇ, ng)
//   vowels      a   e (ㅐㅔㅚ ae e)   i (ㅣㅢㅟ i ee ui wi)   o (ㅓㅗㅜㅡ eo o u eu oo); glides are dropped
// Where a spelling may be read in several ways there are several keys. Texts are folded already; letters
// of Latin, Hangul and kana count, anything else parts words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

// The fine keys of a name, each once, the plainest reading first; none if nothing in it sounds. Bounded:
// the first hundred letters and at most 16 keys.
std::vector<std::string> fine_keys(std::string_view name);

// The same of a name that is asked for: of one in katakana also what it may be in Korean, which kana cannot
// tell apart (ジョン is 정 or 전). At most 80 keys.
std::vector<std::string> asked_fine_keys(std::string_view name);

// The same of the name as it is, with its first word last and with its last word first, since family
// names stand on either side (Han Jieun, Jieun Han). Fewer of each: at most 4, and 2 of each turn.
std::vector<std::string> turned_fine_keys(std::string_view name);

// A fine key without its vowels, N as n; "" if less than three consonants are left, which would fit too much.
std::string skeleton(std::string_view fine_key);

// The skeletons of all fine keys, each once.
std::vector<std::string> skeletons(const std::vector<std::string>& keys);

}  // namespace nunmul
