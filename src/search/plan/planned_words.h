// SPDX-License-Identifier: GPL-2.0-or-later
// One typed word as a unit of the plan: the word itself and its forms, words that it begins or is a
// misspelling of, and names.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "index/generation.h"
#include "search/plan/expanded_terms.h"
#include "search/plan/han_words.h"
#include "search/plan/joined_words.h"
#include "search/plan/other_layout.h"
#include "search/plan/plan_style.h"
#include "search/plan/planned_names.h"
#include "search/plan/query_languages.h"
#include "search/plan/query_plan.h"
#include "search/plan/query_text.h"
#include "search/plan/word_terms.h"
#include "text/token.h"

namespace nunmul {

// What became known of a query's words. The maps go by a word's place among the tokens of QueryText::words.
struct KnownWords {
  std::map<std::uint32_t, std::string> corrections;  // of unknown words, the nearest word
  std::map<std::uint32_t, std::uint64_t> meant;      // documents with what an unfinished word stands for
  std::uint64_t units = 0;                           // bits of those of which documents have the very word
};

// Adds to the plan. Refers to all, which must outlive it; what the query, the plan and `known` hold may
// change between its calls.
class WordPlanner {
 public:
  WordPlanner(const Generation& generation, const QueryLanguages& languages, const WordTerms& word_terms,
              const HanWords& han_words, const QueryText& query, const PlanStyle& style, NamePlanner& names,
              JoinedWordPlanner& joined_words, KnownWords& known, QueryPlan& plan)
      : generation_(generation),
        languages_(languages),
        word_terms_(word_terms),
        han_words_(han_words),
        query_(query),
        style_(style),
        names_(names),
        joined_words_(joined_words),
        known_(known),
        plan_(plan) {}

  // The unit `number` of the query, which is one word, not quoted. `is_loan`: it says an English word of the
  // index in another script.
  void add(std::uint32_t number, bool is_loan, PlannedUnit& unit);

 private:
  bool is_all_kana_query() const;
  void add_han(const QueryUnit& word, WordPattern& pattern, PlannedUnit& unit);
  void add_parts(const Token& token, PlannedUnit& unit) const;
  std::uint32_t typos_of(const Token& token) const;
  bool wants_typos(const Token& token, bool known) const;
  std::vector<ExpandedWord> misspelt(const QueryUnit& word, std::uint32_t typos, bool known,
                                     WordPattern& pattern);

  const Generation& generation_;
  const QueryLanguages& languages_;
  const WordTerms& word_terms_;
  const HanWords& han_words_;
  const QueryText& query_;
  const PlanStyle& style_;
  NamePlanner& names_;
  JoinedWordPlanner& joined_words_;
  KnownWords& known_;
  QueryPlan& plan_;
  OtherLayoutPlanner other_layout_{generation_, languages_, word_terms_, plan_};
};

}  // namespace nunmul
