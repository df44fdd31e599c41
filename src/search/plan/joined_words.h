// SPDX-License-Identifier: GPL-2.0-or-later
// Words that documents have otherwise put together or apart: bat man and batman, love story and lovestory,
// Rock'n'Roll and Rock and Roll.
#pragma once

#include <cstdint>
#include <vector>

#include "index/generation.h"
#include "search/plan/plan_style.h"
#include "search/plan/query_languages.h"
#include "search/plan/query_plan.h"
#include "search/plan/query_text.h"
#include "search/plan/word_terms.h"
#include "text/token.h"

namespace nunmul {

// Adds to the plan. Refers to all, which must outlive it; what the query and the plan hold may change between
// its calls.
class JoinedWordPlanner {
 public:
  JoinedWordPlanner(const Generation& generation, const QueryLanguages& languages,
                    const WordTerms& word_terms, const QueryText& query, const PlanStyle& style,
                    QueryPlan& plan)
      : generation_(generation),
        languages_(languages),
        word_terms_(word_terms),
        query_(query),
        style_(style),
        plan_(plan) {}

  // Neighbouring words that documents have as one, when all units have been added.
  void add_joined(const std::vector<Token>& tokens);

  // One word that documents have as several, side by side. `known`: they have it as one, too.
  void add_splits(std::uint32_t number, const Token& token, bool known, PlannedUnit& unit);

  // The other way to write "and" between words.
  void add_and(std::uint32_t number, const Token& token, PlannedUnit& unit);

 private:
  void add_joined(const std::vector<Token>& tokens, std::uint32_t first, std::uint32_t count);

  const Generation& generation_;
  const QueryLanguages& languages_;
  const WordTerms& word_terms_;
  const QueryText& query_;
  const PlanStyle& style_;
  QueryPlan& plan_;
};

}  // namespace nunmul
