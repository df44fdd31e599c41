// SPDX-License-Identifier: GPL-2.0-or-later
// Other queries for someone who found nothing: the nearest spelling that documents have, the same keys on
// the other keyboard layout, fewer words, no filters. Each is tried before it is offered.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/request_budget.h"
#include "search/search_request.h"

namespace nunmul {

class Snapshot;

struct QuerySuggestion {
  enum class Way { Correction, OtherLayout, FewerWords, WithoutFilters } way = Way::Correction;
  std::string q;
  std::uint64_t total = 0;  // that it finds, more than 0
};

// The way's name in the API: "otherLayout".
std::string_view name_of(QuerySuggestion::Way way);

// For a request that finds nothing, at most one of each way in the order of Way; all but the last keep its
// filters. Throws as Searcher::search.
std::vector<QuerySuggestion> suggest_queries(const Snapshot& snapshot, const SearchRequest& request,
                                             RequestBudget& budget);

}  // namespace nunmul
