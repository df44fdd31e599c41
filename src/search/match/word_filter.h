// SPDX-License-Identifier: GPL-2.0-or-later
// Which words of a segment may begin an alternative of a plan, by their numbers. Of the thousand words in the
// documents that a search looks at hardly any does, and comparing letters took half the time of a Korean
// query.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "index/bitmap.h"
#include "index/vocabulary.h"
#include "search/plan/query_plan.h"

namespace nunmul {

// A set of numbers that may say of others, too, that they are in it.
class RoughSet {
 public:
  void add(std::uint32_t number) { bits_.set(number % kBits); }
  bool may_have(std::uint32_t number) const { return bits_.test(number % kBits); }

 private:
  // A set for all words of a large segment would leave the cache.
  static constexpr std::size_t kBits = 1 << 16;
  Bitmap bits_{kBits};
};

// Everything passed outlives it.
class WordFilter {
 public:
  WordFilter(const Vocabulary& vocabulary, const std::vector<Alternative>& alternatives);

  // False only if none begins with the word.
  bool may_begin(WordId word) const {
    if (words_.may_have(word) || stems_.may_have(vocabulary_.stem_id(word))) return true;
    for (const auto& [first, last] : ranges_)
      if (word >= first && word < last) return true;
    const Script script = vocabulary_.script(word);
    return of_script_[static_cast<std::size_t>(script)] ||
           (script == Script::Hangul && may_be_begun(vocabulary_.word(word)));
  }

 private:
  void add(const WordPattern& pattern);
  void add_beginnings(const WordPattern& pattern);
  void add(std::string_view word, bool as_stem);
  bool may_be_begun(std::string_view word) const;

  const Vocabulary& vocabulary_;
  RoughSet words_, stems_;
  std::vector<std::pair<WordId, WordId>> ranges_;
  std::array<bool, 3> of_script_{};         // scripts of which every word may begin one
  std::vector<const WordPattern*> inside_;  // of Hangul, that may stand inside words, or be forms of verbs
};

}  // namespace nunmul
