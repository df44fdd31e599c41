// SPDX-License-Identifier: GPL-2.0-or-later
// Kana, and Latin letters for them. Texts are folded already.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

constexpr bool is_hiragana(char32_t code) { return code >= 0x3041 && code <= 0x3096; }
constexpr bool is_katakana(char32_t code) { return code >= 0x30A1 && code <= 0x30F6; }
constexpr char32_t hiragana_of(char32_t code) { return is_katakana(code) ? code - 0x60 : code; }
constexpr char32_t kLongMark = U'ー';

// The vowel of a hiragana (a, i, u, e, o), or - for ん, っ and what is no hiragana.
char vowel_of(char32_t hiragana);

// Katakana as hiragana, anything else as it is.
std::string to_hiragana(std::string_view text);

// Whether the text is nothing but kana and long marks.
bool is_all_kana(std::string_view text);

// Hiragana without the letters that only make a vowel longer (とうきょう → ときょ, こーひー → こひ):
// romaji is often written without them.
std::string without_long_vowels(std::string_view hiragana);

// Romaji as hiragana: Hepburn, and what else input methods take (shi si, tsu tu, fu hu, nn, tch). Nothing
// if the word is no romaji throughout.
std::optional<std::string> romaji_to_hiragana(std::string_view latin);

// The kana that an input method may yet make of consonants typed behind other kana: k is か to こ, or っ
// when it is doubled. All hiragana for no consonants, none if no syllable begins with these.
std::vector<std::string> kana_begun_by(std::string_view consonants);

// Kana in Hepburn letters without marks on long vowels (ゆんな → yunna); what is no kana is passed over.
std::string kana_to_romaji(std::string_view kana);

}  // namespace nunmul
