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
#include "index/letter_set.h"
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
    return of_script_[static_cast<std::size_t>(script)] || (script == Script::Hangul && may_be_begun(word));
  }

 private:
  void add(const WordPattern& pattern);
  void add_beginnings(const WordPattern& pattern);
  void add(std::string_view word, bool as_stem);
  bool may_be_begun(WordId word) const {
    const LetterSet letters = vocabulary_.letters(word);
    if (verb_firsts_[letters.first()]) return true;
    for (const LetterSet& inside : inside_)
      if (letters.may_have_all_of(inside)) return true;
    return false;
  }

  const Vocabulary& vocabulary_;
  RoughSet words_, stems_;
  std::vector<std::pair<WordId, WordId>> ranges_;
  std::array<bool, 3> of_script_{};  // scripts of which every word may begin one
  // Of Hangul: the letters of patterns that may stand inside words, and first ones of forms of verbs.
  std::vector<LetterSet> inside_;
  std::array<bool, LetterSet::kFirsts> verb_firsts_{};
};

}  // namespace nunmul
