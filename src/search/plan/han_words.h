// SPDX-License-Identifier: GPL-2.0-or-later
// The ways in which a text may write a word of Han characters and kana: in other kana (れもん, レモン), in
// another form (歩く, 歩いた), with other okurigana (申し込み, 申込), with or without a sign of repetition
// (佐々木, 佐佐木), in the simplified or traditional characters of Chinese (眼泪, 眼淚). The index holds none
// of these but pairs of kana under one spelling; the search looks for the rest.
#pragma once

#include <string>
#include <vector>

#include "search/plan/han_pattern.h"
#include "search/plan/query_languages.h"
#include "search/plan/query_plan.h"
#include "search/plan/query_text.h"
#include "search/plan/word_terms.h"
#include "search/postings/planned_term.h"

namespace nunmul {

struct HanSpelling {
  HanPattern::Spelling kind;
  std::string letters;
};

struct HanWordForms {
  std::vector<HanSpelling> spellings;
  std::vector<PlannedTerm> any;               // documents with one of these may have the word
  std::vector<std::vector<PlannedTerm>> all;  // or with all of one of these
};

// Refers to both, which must outlive it.
class HanWords {
 public:
  HanWords(const Generation& generation, const WordTerms& terms) : generation_(generation), terms_(terms) {}

  HanWordForms forms_of(const QueryUnit& word) const;

  // Units of Han characters and kana that stand together, as one word: a dictionary may have cut what is none
  // to it.
  void add_runs(const std::vector<QueryUnit>& units, const QueryLanguages& languages, QueryPlan& plan) const;

 private:
  void add_kana(const std::string& word, HanWordForms& forms) const;
  void add_inflected(const QueryUnit& word, HanWordForms& forms) const;
  void add_characters(const std::string& word, HanWordForms& forms) const;
  void add_written(const std::string& word, const std::string& other, HanWordForms& forms) const;

  const Generation& generation_;
  const WordTerms& terms_;
};

}  // namespace nunmul
