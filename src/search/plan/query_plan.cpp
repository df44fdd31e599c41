// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/query_plan.h"

namespace nunmul {

void QueryPlan::add_document_term(std::uint32_t unit, PlannedTerm term, Letters letters) {
  units[unit].any.push_back(term);
  document_terms.push_back({std::move(term), unit, 1, letters == Letters::AsTyped});
}

void QueryPlan::add_spanning(std::uint32_t first, std::uint32_t count, const PlannedTerm& term,
                             Letters letters) {
  for (std::uint32_t u = first; u < first + count; ++u) units[u].any.push_back(term);
  document_terms.push_back({term, first, count, letters == Letters::AsTyped});
}

}  // namespace nunmul
