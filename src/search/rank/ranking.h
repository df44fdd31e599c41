// SPDX-License-Identifier: GPL-2.0-or-later
// The documents found, in order.
#pragma once

#include <cstdint>
#include <vector>

#include "search/match/matches.h"
#include "search/rank/strategy.h"

namespace nunmul {

struct Ranking {
  std::vector<MatchedDocument> documents;  // the best first; enough of them for the request's window
  std::uint64_t total = 0;                 // how many fit; exact up to maxTotalHits
  DocumentSets all;                        // all that fit; only if the request asks for facets
  std::size_t retrieved = 0;               // how many were there to be ordered
  bool degraded = false;                   // the deadline ended the search
};

// Drops what scores below the request's threshold, orders the rest, keeps the best of each distinct value,
// and puts in what rules pin.
Ranking rank(const Strategy& strategy, const Scope& scope, const QueryPlan& plan, Matches matches);

}  // namespace nunmul
