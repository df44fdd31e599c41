// SPDX-License-Identifier: GPL-2.0-or-later
// The order and the score of documents by the ranking rules of the API: one rule decides after the other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/json.h"
#include "index/ranking_rule.h"
#include "search/match/matches.h"
#include "search/rank/score_row.h"

namespace nunmul {

// A rank of 1 to `of` under a rule; more is better.
struct RuleRank {
  RankingRule::Kind rule = RankingRule::Kind::Words;
  std::uint64_t rank = 1;
  std::uint64_t of = 1;
};

// The bounds of ranks that come from the query and the settings.
struct RuleBounds {
  std::uint32_t typos = 0;       // that the words of the query may have together
  std::uint32_t attributes = 1;  // that are searched
};
RuleBounds rule_bounds(const Settings& settings, const QueryPlan& plan);

// The ranks that the rules give a document, in their order; Words comes first even if not listed. Exactness
// and Attribute give two ranks, Sort and Custom none.
std::vector<RuleRank> rule_ranks(std::span<const RankingRule> rules, const Features& features,
                                 const RuleBounds& bounds);

// The score of the API: start with (R, M) = (1, 1); for each rank R = (R - 1) of + rank, M = M of; R / M.
double ranking_score(std::span<const RuleRank> ranks);

// The same of all rules, and of those that stand before the sort.
double score_by_rules(const Scope& scope, const QueryPlan& plan, const MatchedDocument& document);
double score_before_sort(const Scope& scope, const QueryPlan& plan, const MatchedDocument& document);

// Strategy::order.
void order_by_rules(const Scope& scope, const QueryPlan& plan, std::span<MatchedDocument> documents,
                    std::size_t count);

// `_rankingScoreDetails`: the rules in their order, sorts and custom rules where they stand. Without words
// only those.
Json rule_details(const Scope& scope, const QueryPlan& plan, const MatchedDocument& document);
Json value_details(const Scope& scope, const QueryPlan& plan, const MatchedDocument& document);

std::vector<ScoreRow> rule_rows(const Scope& scope, const QueryPlan& plan, const MatchedDocument& document);

}  // namespace nunmul
