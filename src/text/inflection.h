// SPDX-License-Identifier: GPL-2.0-or-later
// Inflected forms of the words by which themes are given, so that 헤어지다, 泣く and cry are found in
// 헤어졌다, 泣いた and cried.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

// For a Korean word that ends in 다, of three syllables at least: 헤어지, 헤어진, 헤어질, 헤어져, 헤어졌 …
// None for any other word.
std::vector<std::u32string> korean_stems(std::u32string_view word);

// For a Japanese verb or adjective of Han characters and kana: 泣き, 泣か, 泣い …; 悲しく, 悲しさ …
// None for any other word.
std::vector<std::u32string> japanese_stems(std::u32string_view word);

// The beginnings of all forms of a Japanese verb or adjective, the word itself left out (歩か, 歩き, 歩い …;
// 食べ), by its class as ipadic names it (五段・カ行イ音便, 一段, 形容詞・イ段 …). None for irregular words.
std::vector<std::u32string> japanese_forms(std::u32string_view base, std::string_view inflection);

// Whether what follows such a Korean stem in a word may be an ending (고 in 아프고, but not 리카 in
// 아프리카).
bool may_be_korean_ending(std::u32string_view rest);

// Whether an English word is a form of another: heart, hearts; city, cities; stop, stopped; tears, tear;
// sad, sadness. A stemmer finds more, but also part in parting and universe in university.
bool is_english_form(std::string_view word, std::string_view lemma);

}  // namespace nunmul
