// SPDX-License-Identifier: GPL-2.0-or-later
// English meanings of a query's Japanese and Korean words, by the dictionaries that are installed, as
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

// Takes the longest row of words that a dictionary has; leaves out those that no document has.
std::vector<TranslatedWords> translate_words(const Generation& generation, const WordTerms& word_terms,
                                             const std::vector<Token>& tokens);

}  // namespace nunmul
