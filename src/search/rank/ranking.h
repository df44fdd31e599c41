// SPDX-License-Identifier: GPL-2.0-or-later
// The order of candidates. With a strategy of the API its ranking rules decide, one after the other;
// with MatchingStrategy::Any one number that blends retrieval weight and features does, so that a
// sentence of moods and an exact title both find what they mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "search/match/features.h"
#include "search/match/retrieval.h"
#include "search/plan/query_plan.h"

namespace nunmul {

struct RankedDocument {
  DocumentRef document;
  std::uint64_t ordinal = 0;
  double weight = 0;  // of retrieval
  double blend = 0;   // for MatchingStrategy::Any
  Features features;
};

// The blended score of a candidate: retrieval weight as a share of the plan's full weight, plus what
// the features add. Unbounded above; an exact name stands above everything else.
double blended_score(const Features& features, double weight_share);
// The same between 0 and 1, in the same order.
double ranking_score_of_blend(double blend);

// A rank of 1 to `of` under a rule; more is better.
struct RuleRank {
  std::string_view rule;  // a literal
  std::uint64_t rank = 1;
  std::uint64_t of = 1;
};

// What the built-in rules among `rules` make of a document, in their order; "words" comes first even
// if not listed. Rules "exactness" give two ranks. Sorts and custom rules are not among them.
std::vector<RuleRank> rule_ranks(const std::vector<std::string>& rules, const Features& features,
                                 std::uint32_t typos_allowed, std::uint32_t attributes);

// The score of the API: start with (R, M) = (1, 1); for each rank R = (R - 1) of + rank, M = M of; R / M.
double ranking_score(const std::vector<RuleRank>& ranks);

// `_rankingScoreDetails` of the built-in rules; `order` runs on from `first_order`.
Json ranking_details(const std::vector<std::string>& rules, const Features& features,
                     std::uint32_t typos_allowed, std::uint32_t attributes);
// The same for a blended score.
Json blend_details(const Features& features, double weight_share, double blend);

}  // namespace nunmul
