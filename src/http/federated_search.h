// SPDX-License-Identifier: GPL-2.0-or-later
// Several searches merged into one list: by ranking score times weight, or by what all of them sort by.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/request_budget.h"
#include "engine/catalog.h"
#include "search/search_request.h"

namespace nunmul {

class ServerMetrics;

struct FederatedQuery {
  std::shared_ptr<const CatalogEntry> entry;
  SearchRequest request;
  double weight = 1;
  std::uint32_t position = 0;  // among hits of equal score
};

struct Federation {
  std::uint32_t offset = 0;
  std::uint32_t limit = 20;
  std::optional<std::uint32_t> page;           // either one switches to counted pages
  std::optional<std::uint32_t> hits_per_page;  //
  std::vector<std::pair<std::string, std::vector<std::string>>> facets_by_index;
  bool merge_facets = false;
  std::uint32_t max_values_per_facet = 100;  // of merged facets
  std::optional<std::string> distinct;
  bool show_performance_details = false;
};

// The text of the answer. `find_index` looks up the indexes of facetsByIndex that no query names. What
// is wrong with one query is thrown with its place before the message; also throws what the budget refuses.
std::string federated_answer_text(
    std::vector<FederatedQuery> queries, const Federation& federation, RequestBudget& budget,
    ServerMetrics& metrics,
    const std::function<std::shared_ptr<const CatalogEntry>(const std::string&)>& find_index);

}  // namespace nunmul
