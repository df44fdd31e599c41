// SPDX-License-Identifier: GPL-2.0-or-later
// Words and whole names of English letters in an index that a word in Hangul or katakana says (포토샵 for
// photoshop, リメンバーミー for "Remember Me"), and names in these scripts that English letters say
// (primrose, 프림로즈).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "index/generation.h"
#include "search/plan/word_expansion.h"

namespace nunmul {

// Tokens that say a word together (katakana are cut finely), and the likeliest words; few.
struct Loan {
  std::size_t first = 0;
  std::size_t count = 1;
  std::vector<ExpandedWord> words;
};

// The loans among words that no document has.
std::vector<Loan> find_loans(const Generation& generation, const std::vector<Token>& tokens);

// The KeySequence spellings of names (whole_name), likewise. `letters` are those of all words in a row.
std::vector<std::string> names_said(const Generation& generation, std::string_view letters);

}  // namespace nunmul
