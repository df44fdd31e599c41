// SPDX-License-Identifier: GPL-2.0-or-later
// Which words of a segment may begin an alternative of a plan, by their numbers. Of the thousand words in the
// documents that a search looks at hardly any does, and comparing letters took half the time of a Korean
// query.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "index/bitmap.h"
#include "index/vocabulary.h"
#include "search/plan/query_plan.h"

namespace nunmul {

// Everything passed outlives it.
class WordFilter {
 public:
  WordFilter(const Vocabulary& vocabulary, const std::vector<Alternative>& alternatives);

  // False only if none begins with the word.
  bool may_begin(WordId word) const {
    if (words_.test(word) || stems_.test(vocabulary_.stem_id(word))) return true;
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
  Bitmap words_, stems_;
  std::array<bool, 3> of_script_{};         // scripts of which every word may begin one
  std::vector<const WordPattern*> inside_;  // of Hangul, that may stand inside words, or be forms of verbs
};

}  // namespace nunmul
