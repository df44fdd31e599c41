// SPDX-License-Identifier: GPL-2.0-or-later
// Kana and romaji of a query for the reading of names in Han characters (namida, なみだ: 涙).
#pragma once

#include <vector>

#include "search/plan/query_plan.h"
#include "search/plan/query_text.h"
#include "search/postings/planned_term.h"
#include "text/analyzer.h"
#include "text/token.h"

namespace nunmul {

struct PlannedReading {
  std::vector<PlannedTerm> together;  // a document must have all of them
  std::vector<PlannedTerm> any;       // or may have any
  bool is_whole = false;              // all that was typed is read so: letters that no document has, too
};

// `tokens` are those of the query's words, which are units of the plan already. Nothing for a query that has
// Han characters itself.
PlannedReading plan_reading(const Analyzer& analyzer, const QueryText& query, const QueryPlan& plan,
                            const std::vector<Token>& tokens);

}  // namespace nunmul
