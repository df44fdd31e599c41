// SPDX-License-Identifier: GPL-2.0-or-later
// From documents in order to the page that the request wants to see: their fields, marks, scores, and facets.
#pragma once

#include "search/present/search_result.h"
#include "search/rank/ranking.h"

namespace nunmul {

SearchResult present(const Strategy& strategy, const Scope& scope, const QueryPlan& plan,
                     const Ranking& ranking);

}  // namespace nunmul
