// SPDX-License-Identifier: GPL-2.0-or-later
// Documents as the document routes list them, without a search.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/request_budget.h"
#include "index/generation.h"

namespace nunmul {

struct DocumentQuery {
  std::uint64_t offset = 0;
  std::uint64_t limit = 20;
  std::optional<std::vector<std::string>> fields;  // nothing or "*": all
  std::optional<std::vector<std::string>> ids;     // as text; nothing: all documents
  Json filter;                                     // null, a string, or an array
  std::vector<std::string> sort;                   // "year:desc"
  bool retrieve_vectors = false;
};

struct DocumentPage {
  std::vector<std::string> results;  // JSON texts
  std::uint64_t total = 0;           // that fit filter and ids
};

// In the order of insertion, or sorted. Throws Error(InvalidDocumentFilter) and
// Error(InvalidDocumentSort), and what the budget refuses.
DocumentPage list_documents(const Generation& generation, const DocumentQuery& query, RequestBudget& budget);

}  // namespace nunmul
