// SPDX-License-Identifier: GPL-2.0-or-later
// The terms by which documents with given words are found, in every language that the query may be in, and
// how rare they are.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "index/generation.h"
#include "search/plan/query_languages.h"
#include "search/postings/planned_term.h"
#include "text/token.h"

namespace nunmul {

// The terms of a text taken as any of its words.
struct AnyWordTerms {
  std::vector<PlannedTerm> terms;
  // The weight of a document of average length with each word once.
  double full_weight = 0;
};

// Refers to both, which must outlive it.
class WordTerms {
 public:
  WordTerms(const Generation& generation, const QueryLanguages& languages)
      : generation_(generation), languages_(languages) {}

  // The term or terms by which documents with just this word are found.
  std::vector<PlannedTerm> of_word(const Token& token) const;

  // Documents that have all of these words: their terms once for each language, since words that belong
  // together stand in one field.
  std::vector<std::vector<PlannedTerm>> of_words_together(const std::vector<Token>& tokens) const;

  // The terms of every document in which these Han characters and kana stand in a row.
  std::vector<PlannedTerm> of_letters(std::string_view letters) const;

  // As a document with the text would have them, each once; stop words only if there is nothing else. A word
  // that stands for others, since it is unfinished or misspelt, is as rare as these: `meant` says by its
  // place how many documents have them. The words at the places `left_out` are no part of it.
  AnyWordTerms of_text(std::string_view text, const std::map<std::uint32_t, std::uint64_t>& meant,
                       const std::set<std::uint32_t>& left_out) const;

 private:
  std::vector<PlannedTerm> of_hangul(const Token& token) const;
  std::vector<PlannedTerm> in_languages(const Token& token) const;
  double rarity(const PlannedTerm& term) const;
  double rarity(std::uint64_t documents) const;

  const Generation& generation_;
  const QueryLanguages& languages_;
};

}  // namespace nunmul
