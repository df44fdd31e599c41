// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a query of any words is answered at all. Some document always has one of
// the words; where that is an accident, no answer is the better one.
#pragma once

#include <vector>

#include "index/snapshot.h"
#include "search/match/matches.h"
#include "search/plan/query_plan.h"

namespace nunmul {

// By the documents that weigh most.
bool is_answered(const Snapshot& snapshot, const QueryPlan& plan,
                 const std::vector<MatchedDocument>& documents);

}  // namespace nunmul
