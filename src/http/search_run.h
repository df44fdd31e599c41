// SPDX-License-Identifier: GPL-2.0-or-later
// One search in one index, from the checked request to the text of the answer.
#pragma once

#include <chrono>
#include <string>

#include "engine/catalog.h"
#include "http/route.h"
#include "search/present/search_result.h"
#include "search/search_request.h"

namespace nunmul {

class Stopwatch {
 public:
  std::chrono::microseconds elapsed() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start_);
  }
  std::uint64_t milliseconds() const { return static_cast<std::uint64_t>(elapsed().count() / 1000); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// The index, if the key may use it. Throws Error(InvalidApiKey) before Error(IndexNotFound).
std::shared_ptr<const CatalogEntry> searchable_index(const Call& call, const std::string& uid);

// The hits, in the generation that is published now.
SearchResult run_search(const CatalogEntry& entry, const SearchRequest& request, RequestBudget& budget);

// {"hits",…,"requestUid"}, charged to the request's budget, with `head` first (an object or null) and the
// metadata that the request's header asks for.
std::string search_answer_text(const Call& call, const CatalogEntry& entry, const SearchRequest& request,
                               const Json& head);

}  // namespace nunmul
