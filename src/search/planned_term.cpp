// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/planned_term.h"

#include <array>

namespace nunmul {
namespace {

constexpr std::array<double, kFamilyCount> kFamilyWeight{1,    0.3, 1, 1,   0.6, 0.3, 0.5,
                                                         0.15, 1,   1, 0.7, 0.5, 0.3, 1};

}  // namespace

double query_weight(Family family) { return kFamilyWeight[static_cast<std::size_t>(family)]; }

PlannedTerm planned(Family family, std::string_view value, double factor) {
  return {family, term_of(family, value), query_weight(family) * factor, nullptr};
}

PlannedTerm gathered(std::vector<PlannedTerm> terms) {
  PlannedTerm all;
  if (!terms.empty()) all.family = terms.front().family;
  for (const PlannedTerm& term : terms)
    all.term.append("+").append(term.term).append(" ").append(std::to_string(term.weight));
  all.together = std::make_shared<const std::vector<PlannedTerm>>(std::move(terms));
  return all;
}

Family word_family(Script script) {
  switch (script) {
    case Script::Latin:
      return Family::LatinStem;
    case Script::Hangul:
      return Family::HangulStem;
    case Script::Han:
      return Family::HanWord;
  }
  return Family::LatinStem;
}

}  // namespace nunmul
