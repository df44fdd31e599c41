// SPDX-License-Identifier: GPL-2.0-or-later
// A field's words as a segment keeps them, for patterns to be held against (search/plan/alternative_match.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "index/forward.h"
#include "index/vocabulary.h"
#include "search/plan/word_pattern.h"

namespace nunmul {

inline TextWordView stored_word(const Vocabulary& vocabulary, std::uint32_t number) {
  return {vocabulary.word(number), vocabulary.stem(number), vocabulary.script(number)};
}

// Both must outlive it.
class StoredWords {
 public:
  StoredWords(const Vocabulary& vocabulary, std::span<const std::uint32_t> words)
      : vocabulary_(vocabulary), words_(words) {}

  // Nothing behind the last word and between two items of an array, since their border parts phrases.
  std::optional<TextWordView> operator()(std::size_t at) const {
    if (at >= words_.size() || words_[at] == kItemBreak) return std::nullopt;
    return stored_word(vocabulary_, words_[at]);
  }

 private:
  const Vocabulary& vocabulary_;
  std::span<const std::uint32_t> words_;
};

}  // namespace nunmul
