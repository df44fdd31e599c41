// SPDX-License-Identifier: GPL-2.0-or-later
// What the keys of a typed word give on the other layout of a Korean keyboard: dkdldb for 아이유, ㅠㅁㅅ for
// bat.
#pragma once

#include <cstdint>

#include "index/generation.h"
#include "search/plan/query_languages.h"
#include "search/plan/query_plan.h"
#include "search/plan/word_terms.h"
#include "text/token.h"

namespace nunmul {

// Adds to the plan. Refers to all four, which must outlive it.
class OtherLayoutPlanner {
 public:
  OtherLayoutPlanner(const Generation& generation, const QueryLanguages& languages,
                     const WordTerms& word_terms, QueryPlan& plan)
      : generation_(generation), languages_(languages), word_terms_(word_terms), plan_(plan) {}

  // `known`: documents have the word as it was typed; then only names are looked for, and count little.
  void add(std::uint32_t number, const Token& token, bool prefix, bool known, PlannedUnit& unit);

 private:
  void add_as_hangul(std::uint32_t number, const Token& token, bool prefix, bool known, PlannedUnit& unit);
  void add_as_latin(std::uint32_t number, const Token& token, bool prefix, bool known, PlannedUnit& unit);
  void add_word(std::uint32_t number, const Token& token, bool prefix, PlannedUnit& unit);

  const Generation& generation_;
  const QueryLanguages& languages_;
  const WordTerms& word_terms_;
  QueryPlan& plan_;
};

}  // namespace nunmul
