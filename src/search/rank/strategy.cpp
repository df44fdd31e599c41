// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/rank/strategy.h"

#include <array>

#include "search/rank/confidence.h"
#include "search/rank/rules.h"
#include "search/rank/score.h"

namespace nunmul {
namespace {

// Some document always has one of the words; where that is an accident, no answer is the better one.
Matches match_if_answered(const Scope& scope, const QueryPlan& plan) {
  Matches matches = match_by_weight(scope, plan);
  if (is_answered(scope.snapshot, plan, matches.documents)) return matches;
  const bool are_the_best = scope.request.filter.is_null() && scope.values.expressions().empty();
  if (!are_the_best && is_answered(scope.snapshot, plan, best_without_filter(scope, plan))) return matches;
  Matches none;
  none.complete = true;
  none.expired = matches.expired;
  return none;
}

double same_for_all(const Scope&, const QueryPlan&, const MatchedDocument&) { return 1; }

std::vector<ScoreRow> no_rows(const Scope&, const QueryPlan&, const MatchedDocument&) { return {}; }

constexpr Strategy all_words(PlanStyle::Drops drops) {
  return {.style = {.max_words = 10, .max_joined = 3, .drops = drops},
          .match = match_word_by_word,
          .order = order_by_rules,
          .score = score_by_rules,
          .score_before_sort = score_before_sort,
          .details = rule_details,
          .rows = rule_rows};
}

constexpr PlanStyle kAnyWord{.max_words = 40,
                             .max_joined = 3,
                             .as_sentence = true,
                             .by_weight = true,
                             .weighs_typos = true,
                             .guesses_sounds = true};

constexpr Strategy kAnyWordByRules{.style = kAnyWord,
                                   .match = match_if_answered,
                                   .order = order_by_rules,
                                   .score = score_by_rules,
                                   .score_before_sort = score_before_sort,
                                   .details = rule_details,
                                   .rows = rule_rows};

// In the order of MatchingStrategy.
constexpr std::array<Strategy, 4> kStrategies{{
    all_words(PlanStyle::Drops::Last),
    all_words(PlanStyle::Drops::None),
    all_words(PlanStyle::Drops::Commonest),
    {.style = kAnyWord,
     .match = match_if_answered,
     .order = order_by_score,
     .score = score_by_weight,
     .score_before_sort = same_for_all,
     .details = rule_details,
     .rows = rows_of_score},
}};

constexpr Strategy kWithoutWords{.style = {},
                                 .match = match_without_words,
                                 .order = nullptr,
                                 .score = same_for_all,
                                 .score_before_sort = same_for_all,
                                 .details = value_details,
                                 .rows = no_rows};

}  // namespace

const Strategy& strategy_of(MatchingStrategy asked) { return kStrategies[static_cast<std::size_t>(asked)]; }

const Strategy& strategy_of(MatchingStrategy asked, const Settings& settings) {
  const Strategy& strategy = strategy_of(asked);
  return strategy.style.by_weight && has_own_rules(settings) ? kAnyWordByRules : strategy;
}

const Strategy& strategy_for(const Scope& scope, const QueryPlan& plan, const Strategy& asked) {
  return plan.empty() || scope.generation.documents() == 0 ? kWithoutWords : asked;
}

}  // namespace nunmul
