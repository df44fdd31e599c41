// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/query_plan.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace nunmul {

void PlannedUnit::also_any(std::vector<PlannedTerm> terms) {
  any.insert(any.end(), std::make_move_iterator(terms.begin()), std::make_move_iterator(terms.end()));
}

void PlannedUnit::also_all(std::vector<std::vector<PlannedTerm>> ways) {
  all.insert(all.end(), std::make_move_iterator(ways.begin()), std::make_move_iterator(ways.end()));
}

void QueryPlan::add_document_term(std::uint32_t unit, PlannedTerm term, Letters letters) {
  units[unit].any.push_back(term);
  document_terms.push_back({std::move(term), unit, 1, letters});
}

void QueryPlan::add_spanning(std::uint32_t first, std::uint32_t count, const PlannedTerm& term,
                             Letters letters) {
  for (std::uint32_t u = first; u < first + count; ++u) units[u].any.push_back(term);
  document_terms.push_back({term, first, count, letters});
}

// Phrases are never dropped. Beside them the commonest word may go, but not the first one, unless no document
// has it.
void QueryPlan::set_order(PlanStyle::Drops drops) {
  unit_order.resize(units.size());
  std::iota(unit_order.begin(), unit_order.end(), 0U);
  std::stable_sort(unit_order.begin(), unit_order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (units[a].quoted != units[b].quoted) return units[a].quoted;
    return drops == PlanStyle::Drops::Commonest && units[a].documents < units[b].documents;
  });
  required = units.size();
  if (drops == PlanStyle::Drops::None || units.empty()) return;
  const auto is_quoted = [](const PlannedUnit& unit) { return unit.quoted; };
  required = static_cast<std::size_t>(std::count_if(units.begin(), units.end(), is_quoted));
  if (drops == PlanStyle::Drops::Last && !units[0].quoted && units[0].documents > 0) ++required;
  required = std::max<std::size_t>(required, 1);
}

}  // namespace nunmul
