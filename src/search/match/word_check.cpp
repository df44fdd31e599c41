// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/word_check.h"

#include <algorithm>

namespace nunmul {

WordCheck::WordCheck(const Scope& scope, const QueryPlan& plan, UnitSet asked)
    : scope_(scope), asked_(asked), matchers_(scope.generation.segments().size()) {
  for (const Alternative& alternative : plan.alternatives)
    if ((unit_bits(alternative.first_unit, alternative.units) & asked) != 0)
      alternatives_.push_back(alternative);
}

UnitSet WordCheck::standing(DocumentRef document) {
  scope_.budget.check();
  auto& matcher = matchers_[document.segment];
  if (!matcher)
    matcher.emplace(*scope_.generation.segments()[document.segment].segment, scope_.settings, alternatives_,
                    scope_.only);
  matcher->match(document.document, found_);
  UnitSet units = 0;
  for (const FieldMatches& field : found_.fields)
    for (const UnitMatch& match : field.matches) units |= unit_bits(match.first_unit, match.units);
  return units & asked_;
}

std::vector<PlannedTerm> certain_terms(const Scope& scope, const QueryPlan& plan, std::uint32_t unit) {
  std::vector<PlannedTerm> certain;
  if (scope.only || plan.units[unit].quoted) return certain;
  for (const DocumentTerm& asked : plan.document_terms)
    if (has_unit(unit_bits(asked.first_unit, asked.units), unit)) certain.push_back(asked.term);
  if (!stem_languages(scope.settings).empty()) return certain;
  for (const Alternative& alternative : plan.alternatives) {
    const bool is_word = alternative.exact && alternative.first_unit == unit && alternative.units == 1 &&
                         alternative.words.size() == 1;
    const Token& token = alternative.words[0].token();
    if (is_word && token.script == Script::Latin) certain.push_back(planned(Family::LatinStem, token.stem));
  }
  return certain;
}

bool required_are_certain(const Scope& scope, const QueryPlan& plan) {
  for (std::size_t u = 0; u < plan.required; ++u) {
    const PlannedUnit& unit = plan.units[plan.unit_order[u]];
    const std::vector<PlannedTerm> certain = certain_terms(scope, plan, plan.unit_order[u]);
    const auto is_certain = [&](const PlannedTerm& term) {
      return std::any_of(certain.begin(), certain.end(),
                         [&](const PlannedTerm& one) { return one.term == term.term; });
    };
    if (!unit.all.empty() || !std::all_of(unit.any.begin(), unit.any.end(), is_certain)) return false;
  }
  return true;
}

}  // namespace nunmul
