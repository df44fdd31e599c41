// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/inflected_translations.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/inflection.h"

namespace nunmul {
namespace {

constexpr std::size_t kMinHangul = 2;  // one syllable means too much

// 泣い, 泣かない → 泣く: the word of the dictionary that has such a stem.
std::vector<std::string_view> english_of_inflected(const WordTranslations& dictionary,
                                                   std::string_view word) {
  constexpr std::u32string_view kLastKana = U"うくぐすつぬぶむるい";
  const std::u32string letters = to_utf32(word);
  for (std::size_t length = letters.size(); length > 0; --length) {
    for (const char32_t kana : kLastKana) {
      std::u32string base = letters.substr(0, length);
      base.push_back(kana);
      const auto stems = japanese_stems(base);
      const bool fits = std::any_of(stems.begin(), stems.end(),
                                    [&](const std::u32string& stem) { return letters.starts_with(stem); });
      if (!fits) continue;
      if (auto english = dictionary.english_of(to_utf8(base)); !english.empty()) return english;
    }
  }
  return {};
}

// 발명되었나, 발명한 → 발명; 특수부대 → 특수 and 부대. The beginning counts if a verb or another word follows
// it.
std::vector<std::string_view> english_of_beginning(const WordTranslations& dictionary,
                                                   std::string_view word) {
  constexpr std::u32string_view kVerbBeginnings = U"하한할함해했되된될됨돼됐적인";
  const std::u32string letters = to_utf32(word);
  for (std::size_t length = letters.size() - 1; length >= kMinHangul; --length) {
    const std::u32string_view rest = std::u32string_view(letters).substr(length);
    auto english = dictionary.english_of(to_utf8(std::u32string_view(letters).substr(0, length)));
    if (english.empty()) continue;
    const auto other =
        rest.size() < kMinHangul ? std::vector<std::string_view>{} : dictionary.english_of(to_utf8(rest));
    if (other.empty() && kVerbBeginnings.find(rest.front()) == std::u32string_view::npos) continue;
    english.insert(english.end(), other.begin(), other.end());
    return english;
  }
  return {};
}

}  // namespace

std::vector<std::string_view> english_of_hangul(const WordTranslations& dictionary, const Token& token) {
  for (const std::string* word : {&token.word, &token.stem}) {
    if (count_chars(*word) < kMinHangul) continue;
    if (auto english = dictionary.english_of(*word); !english.empty()) return english;
  }
  return count_chars(token.stem) > kMinHangul ? english_of_beginning(dictionary, token.stem)
                                              : std::vector<std::string_view>{};
}

std::vector<std::string_view> english_of_japanese(const WordTranslations& dictionary,
                                                  const std::string& word) {
  auto english = dictionary.english_of(word);
  return english.empty() ? english_of_inflected(dictionary, word) : english;
}

}  // namespace nunmul
