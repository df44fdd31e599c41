// SPDX-License-Identifier: GPL-2.0-or-later
// From what was typed to a plan: words, and all that may stand for them in this index.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/generation.h"
#include "search/plan/plan_style.h"
#include "search/plan/query_plan.h"

namespace nunmul {

// `locales` are those of the request; none for all languages that the settings declare.
QueryPlan plan_query(const Generation& generation, std::string_view q,
                     const std::vector<std::string>& locales, const PlanStyle& style);

}  // namespace nunmul
