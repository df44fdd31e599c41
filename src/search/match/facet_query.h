// SPDX-License-Identifier: GPL-2.0-or-later
// The text that a facet's values are searched with: its words must be found in a value, the last one as
// a prefix, with the typos that a search would allow.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "search/plan/word_pattern.h"
#include "text/token.h"

namespace nunmul {

class FacetQuery {
 public:
  // Tokens of the facet's query; `allowed_typos` says how many a word of it may have.
  FacetQuery(const std::vector<Token>& query,
             const std::function<std::uint32_t(const Token&)>& allowed_typos);

  // Whether a value with these tokens fits. A query without words fits every value.
  bool fits(const std::vector<Token>& value) const;

  // A quick look at the value itself: if false, its tokens do not fit. Most values need not be tokenized.
  bool may_fit(std::string_view value) const;

 private:
  struct Word {
    WordPattern pattern;
    std::u32string letters;  // Hangul as keys
    std::uint32_t typos = 0;
    std::uint64_t signs = 0;  // a value that fits shows one of them; 0 if that cannot be said
  };
  static bool fits(const Word& word, const Token& token);

  std::vector<Word> words_;
};

// Whether `text`, or with `as_prefix` a beginning of it, is at most `typos` away from `word`:
// insertions, deletions, substitutions and swaps of neighbours, in the first letter counted twice.
bool within_typos(std::u32string_view word, std::u32string_view text, std::uint32_t typos, bool as_prefix);

}  // namespace nunmul
