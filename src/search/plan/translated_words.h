// SPDX-License-Identifier: GPL-2.0-or-later
// What Japanese and Korean words of a query mean in English, by the dictionaries that are installed, as
// terms: a text in English then answers a query in another language, if only a little.
#pragma once

#include <cstddef>
#include <vector>

#include "index/generation.h"
#include "search/plan/word_terms.h"
#include "search/postings/planned_term.h"
#include "text/token.h"

namespace nunmul {

struct TranslatedWords {
  std::size_t first = 0;  // tokens [first, first + count)
  std::size_t count = 0;
  std::vector<PlannedTerm> terms;  // any of them
};

// Of words next to each other the longest that a dictionary has; those that no document has are left out.
std::vector<TranslatedWords> translate_words(const Generation& generation, const WordTerms& word_terms,
                                             const std::vector<Token>& tokens);

}  // namespace nunmul
