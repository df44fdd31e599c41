// SPDX-License-Identifier: GPL-2.0-or-later
// All that a request asks for besides its words: which documents it may find, in which order of their
// values, and how many it wants to see.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/request_budget.h"
#include "index/snapshot.h"
#include "search/columns/sort.h"
#include "search/curate/curated.h"
#include "search/match/allowed_documents.h"
#include "search/plan/query_plan.h"
#include "search/search_request.h"

namespace nunmul {

// Refers to snapshot, request and budget, which outlive it.
struct Scope {
  const Snapshot& snapshot;
  const Generation& generation;
  const Settings& settings;
  const SearchRequest& request;
  RequestBudget& budget;
  std::chrono::steady_clock::time_point started;

  DocumentOrder sort;    // of the request
  DocumentOrder values;  // sorts and custom rules together, in the order of the ranking rules
  std::optional<std::string> distinct;
  const std::vector<std::string>* only = nullptr;  // patterns of the attributes to search in; null for all
  AllowedDocuments allowed;  // live ones that fit the filters, without those that rules hide or pin
  Curated curated;           // by the owner's rules; its pins are allowed

  // How many hits the request wants to see, those before its page included.
  std::size_t wanted() const;
  // Whether some of what matches is dropped for others, or for its score.
  bool drops_matches() const { return distinct.has_value() || request.ranking_score_threshold.has_value(); }
  // Whether all matches are counted, however many they are.
  bool counts_all() const { return request.facets.has_value() || distinct.has_value(); }
};

// Throws Error(InvalidSearch…) for what only the settings can judge, and what the budget refuses.
Scope make_scope(const Snapshot& snapshot, const SearchRequest& request, RequestBudget& budget);

// The documents that a tenant's token allows, whatever else the request filters.
AllowedDocuments allowed_without_filter(const Scope& scope);

// The allowed documents without those in which an excluded word or phrase stands.
AllowedDocuments without_excluded(const Scope& scope, AllowedDocuments allowed,
                                  const std::vector<Alternative>& excluded);

}  // namespace nunmul
