// SPDX-License-Identifier: GPL-2.0-or-later
// From what was typed to a plan: words, and all that may stand for them in this index.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/generation.h"
#include "search/plan/query_plan.h"

namespace nunmul {

struct PlanOptions {
  MatchingStrategy strategy = MatchingStrategy::Last;
  std::vector<std::string> locales;  // of the request; none for all that the settings declare
};

QueryPlan plan_query(const Generation& generation, std::string_view q, const PlanOptions& options);

}  // namespace nunmul
