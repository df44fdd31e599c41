// SPDX-License-Identifier: GPL-2.0-or-later
// Kana under one spelling: what hiragana, katakana, small letters, long marks and ヴ write otherwise is the
// same (れもん and レモン, おかーさん and おかあさん, ヴァイオリン and バイオリン).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

// Folded text with its kana as large hiragana; ゔぁ is ば, ぢ is じ, a long mark the vowel that it most often
// stands for (う behind お). A long mark with no kana before it stays. Other characters are left as they are.
std::u32string spelled_in_hiragana(std::u32string_view text);
std::string spelled_in_hiragana(std::string_view text);

// The spellings under which a text may have a word, as spelled_in_hiragana makes them: the word's own first,
// and others where a long お or え is written in several ways (ねー: ねい, ねえ).
std::vector<std::string> kana_spellings(std::string_view word);

// Without what is spelled otherwise by a letter that may stand before or behind: a long mark or small vowel
// at the beginning, ヴ at the end.
std::string_view without_unsure_kana(std::string_view text);

// The Han characters of a word that begins with one and has two at least, without the kana between and behind
// them (申し込み: 申込); "" for other words, and for those in which の or the like stands between words.
std::string without_okurigana(std::string_view word);
// The word without its hiragana.
std::string han_characters_of(std::string_view word);

// Whether some character is kana or a long mark.
bool has_kana(std::string_view text);

}  // namespace nunmul
