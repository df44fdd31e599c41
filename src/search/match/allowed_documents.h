// SPDX-License-Identifier: GPL-2.0-or-later
// The documents that a search may return: live ones that fit the filter; and how long it may take.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>

#include "base/request_budget.h"
#include "search/columns/document_sets.h"

namespace nunmul {

using Deadline = std::chrono::steady_clock::time_point;

struct AllowedDocuments {
  RequestBudget& budget;                             // outlives the match
  std::shared_ptr<const DocumentSets> by_segment{};  // in the order of Generation::segments()
  // How many documents of the segments are not among them, at most.
  std::uint64_t left_out = std::numeric_limits<std::uint64_t>::max();
  Deadline deadline = Deadline::max();
  bool expired = false;  // set when the deadline ended the search

  // Whether there is time left. Throws what the budget refuses.
  bool goes_on() {
    budget.check();
    expired = expired || (deadline != Deadline::max() && std::chrono::steady_clock::now() > deadline);
    return !expired;
  }
};

}  // namespace nunmul
