// SPDX-License-Identifier: GPL-2.0-or-later
// The two ways of answering: all words, in the order of the API's rules; or any word, by score, or by the
// rules of an index that has its own. A request chooses one, once; what is done differently is a member here.
#pragma once

#include <span>
#include <vector>

#include "search/match/matches.h"
#include "search/plan/plan_style.h"
#include "search/rank/score_row.h"

namespace nunmul {

struct Strategy {
  PlanStyle style;
  Matches (*match)(const Scope&, const QueryPlan&);
  // The best `count` of them first, and behind those the others in any order; null where matches come in
  // their order.
  void (*order)(const Scope&, const QueryPlan&, std::span<MatchedDocument>, std::size_t count);
  // `_rankingScore`, 0 to 1; the same of the rules that stand before the request's sort; and
  // `_rankingScoreDetails`.
  double (*score)(const Scope&, const QueryPlan&, const MatchedDocument&);
  double (*score_before_sort)(const Scope&, const QueryPlan&, const MatchedDocument&);
  Json (*details)(const Scope&, const QueryPlan&, const MatchedDocument&);
  // How the document came to its score.
  std::vector<ScoreRow> (*rows)(const Scope&, const QueryPlan&, const MatchedDocument&);
};

const Strategy& strategy_of(MatchingStrategy asked);
// The same by the rules of the index, where it has some of its own.
const Strategy& strategy_of(MatchingStrategy asked, const Settings& settings);

// The one that was asked for, unless there are no words or no documents: all then match alike.
const Strategy& strategy_for(const Scope& scope, const QueryPlan& plan, const Strategy& asked);

}  // namespace nunmul
