// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/kana_spelling.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/japanese.h"

namespace nunmul {
namespace {

constexpr char32_t kVu = U'ゔ';
constexpr std::u32string_view kSmall = U"ぁぃぅぇぉっゃゅょゎゕゖぢづゐゑ";
constexpr std::u32string_view kLarge = U"あいうえおつやゆよわかけじずいえ";
constexpr std::u32string_view kSmallVowels = U"ぁぃぅぇぉ";
constexpr std::u32string_view kBehindVu = U"ばびぶべぼ";
constexpr std::string_view kVowelLetters = "aiueo";

// The vowel that a long mark or a letter makes of a syllable with that vowel.
constexpr std::u32string_view kUsual = U"あいういう";
constexpr std::u32string_view kDoubled = U"あいうえお";

char32_t large(char32_t hiragana) {
  const std::size_t at = kSmall.find(hiragana);
  return at == std::u32string_view::npos ? hiragana : kLarge[at];
}

std::u32string spelled(std::u32string_view text, std::u32string_view long_vowels) {
  std::u32string out;
  out.reserve(text.size());
  char32_t before = 0;  // as it was written, in hiragana
  for (const char32_t code : text) {
    const char32_t kana = hiragana_of(code);
    const std::size_t vowel = out.empty() ? std::string_view::npos : kVowelLetters.find(vowel_of(out.back()));
    const std::size_t small_vowel = kSmallVowels.find(kana);
    if (kana == kLongMark && vowel != std::string_view::npos)
      out.push_back(long_vowels[vowel]);
    else if (before == kVu && small_vowel != std::u32string_view::npos)
      out.back() = kBehindVu[small_vowel];
    else
      out.push_back(kana == kVu ? U'ぶ' : large(kana));
    before = kana;
  }
  return out;
}

// ねえ as ねい, おお as おう: how a text's long mark is spelled.
std::u32string with_usual_long_vowels(std::u32string text) {
  for (std::size_t at = 1; at < text.size(); ++at) {
    const char before = vowel_of(text[at - 1]);
    if (text[at] == U'え' && before == 'e') text[at] = U'い';
    if (text[at] == U'お' && before == 'o') text[at] = U'う';
  }
  return text;
}

}  // namespace

std::u32string spelled_in_hiragana(std::u32string_view text) { return spelled(text, kUsual); }

std::string spelled_in_hiragana(std::string_view text) { return to_utf8(spelled(to_utf32(text), kUsual)); }

std::vector<std::string> kana_spellings(std::string_view word) {
  const std::u32string letters = to_utf32(word);
  const std::u32string usual = spelled(letters, kUsual);
  std::vector<std::string> spellings{to_utf8(usual)};
  for (const std::u32string& other : {spelled(letters, kDoubled), with_usual_long_vowels(usual)}) {
    std::string spelling = to_utf8(other);
    if (std::find(spellings.begin(), spellings.end(), spelling) == spellings.end())
      spellings.push_back(std::move(spelling));
  }
  return spellings;
}

std::string_view without_unsure_kana(std::string_view text) {
  const DecodedChar first = decode_utf8(text, 0);
  if (first.code == kLongMark || kSmallVowels.find(hiragana_of(first.code)) != std::u32string_view::npos)
    text.remove_prefix(first.length);
  if (text.ends_with("ヴ") || text.ends_with("ゔ")) text.remove_suffix(std::string_view("ヴ").size());
  return text;
}

std::string without_okurigana(std::string_view word) {
  constexpr std::u32string_view kBetweenWords = U"のをがはへ";
  constexpr std::size_t kMinHan = 2;
  std::string han;
  std::size_t count = 0;
  for (std::size_t at = 0; at < word.size();) {
    const DecodedChar next = decode_utf8(word, at);
    const bool kana = is_hiragana(next.code);
    if (at == 0 && kana) return "";
    if (is_katakana(next.code) || next.code == kLongMark) return "";
    if (kana && kBetweenWords.find(next.code) != std::u32string_view::npos) return "";
    at += next.length;
    if (kana) continue;
    append_utf8(han, next.code);
    ++count;
  }
  return count < kMinHan ? "" : han;
}

std::string han_characters_of(std::string_view word) {
  std::string han;
  for (std::size_t at = 0; at < word.size();) {
    const DecodedChar next = decode_utf8(word, at);
    if (!is_hiragana(next.code)) append_utf8(han, next.code);
    at += next.length;
  }
  return han;
}

// Kana are the blocks U+3040 to U+30FF: E3 81 80 to E3 83 BF.
bool has_kana(std::string_view text) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at)
    if (text[at] == '\xE3' && text[at + 1] >= '\x81' && text[at + 1] <= '\x83') return true;
  return false;
}

}  // namespace nunmul
