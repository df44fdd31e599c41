// SPDX-License-Identifier: GPL-2.0-or-later
// How Koreans read Han characters, by a table of characters: 少女時代 → 소녀시대. At the beginning of a
// word ㄹ and ㄴ change (두음법칙): 女 is 녀 in 少女 and 여 in 女子.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace nunmul {

class HanjaReadings {
 public:
  // The readings of a character, the most common first.
  void add(char32_t character, std::u32string readings);

  // The readings of a word of Han characters, or "" if a character has none.
  std::u32string read(std::u32string_view word) const;

  std::size_t size() const { return readings_.size(); }

 private:
  std::unordered_map<char32_t, std::u32string> readings_;
};

// The syllable as it is at the beginning of a word: 녀 → 여, 로 → 노, 리 → 이.
char32_t at_word_start(char32_t syllable);

}  // namespace nunmul
