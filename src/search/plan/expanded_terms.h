// SPDX-License-Identifier: GPL-2.0-or-later
// The terms of the words that one typed word may stand for: unfinished, misspelt, on the other layout, or
// said in another script.
#pragma once

#include <vector>

#include "index/generation.h"
#include "search/plan/query_languages.h"
#include "search/plan/word_expansion.h"
#include "search/postings/planned_term.h"

namespace nunmul {

// What a misspelt word counts against the word itself, for each typo.
constexpr double kTypoWeight = 0.5;

// Each stem once. The words share the rarity of all of them together; otherwise the rarest, most likely not
// meant, would count most.
std::vector<PlannedTerm> terms_of_expanded(const Generation& generation, const QueryLanguages& languages,
                                           const std::vector<ExpandedWord>& words);

}  // namespace nunmul
