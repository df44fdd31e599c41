// SPDX-License-Identifier: GPL-2.0-or-later
// One request against one snapshot. The stages stand in order: scope, plan, match, rank, present.
#pragma once

#include <vector>

#include "base/request_budget.h"
#include "search/columns/facets.h"
#include "search/present/search_result.h"
#include "search/search_request.h"

namespace nunmul {

class Snapshot;

class Searcher {
 public:
  // The snapshot and the budget outlive the searcher. Without a budget there are no bounds.
  explicit Searcher(const Snapshot& snapshot) : Searcher(snapshot, no_bounds_) {}
  Searcher(const Snapshot& snapshot, RequestBudget& budget) : snapshot_(snapshot), budget_(budget) {}

  // Throws Error(InvalidSearch…) for what only the index's settings can judge: filters, sorts, facets,
  // distinct, attributes to search on.
  // Throws what the budget refuses, and leaves the memory of the hits charged to it.
  SearchResult search(const SearchRequest& request) const;

  // The values of a facet that fit the query, in the facet's order, at most maxValuesPerFacet.
  std::vector<FacetHit> search_facet(const FacetSearchRequest& request) const;

 private:
  const Snapshot& snapshot_;
  RequestBudget no_bounds_;
  RequestBudget& budget_;
};

}  // namespace nunmul
