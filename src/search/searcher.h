// SPDX-License-Identifier: GPL-2.0-or-later
// One request against one snapshot. The stages stand in order: plan, filter, match, rank, fetch, dress.
#pragma once

#include <vector>

#include "search/search_request.h"
#include "search/search_result.h"

namespace nunmul {

class Snapshot;

class Searcher {
 public:
  // The snapshot outlives the searcher.
  explicit Searcher(const Snapshot& snapshot) : snapshot_(snapshot) {}

  // Throws Error(InvalidSearch…) for what only the index's settings can judge: filters, sorts, facets,
  // distinct, attributes to search on.
  SearchResult search(const SearchRequest& request) const;

  // The values of a facet that fit the query, in the facet's order, at most maxValuesPerFacet.
  std::vector<FacetHit> search_facet(const FacetSearchRequest& request) const;

 private:
  const Snapshot& snapshot_;
};

}  // namespace nunmul
