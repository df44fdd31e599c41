// SPDX-License-Identifier: GPL-2.0-or-later
// How an answer came about, as lines for people to read.
#pragma once

#include <string>
#include <vector>

#include "search/curate/curated.h"
#include "search/plan/query_plan.h"
#include "search/rank/ranking.h"
#include "search/rank/score_row.h"

namespace nunmul {

// The plan: a unit of the query with what stands for it, each with family and weight; and what was retrieved.
std::string explain_plan(const QueryPlan& plan, const Ranking& ranking);

// The owner's rules that apply, on a line; "" for none.
std::string explain_rules(const Curated& curated);

// "closeness: 0.2000 * 0.5000 = 0.1000", or of a rule "typo: 2 of 3", a line each.
std::string explain_score(const std::vector<ScoreRow>& rows);

}  // namespace nunmul
