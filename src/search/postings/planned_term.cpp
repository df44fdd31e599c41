// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/postings/planned_term.h"

#include <algorithm>
#include <map>

namespace nunmul {
PlannedTerm planned(Family family, std::string_view value, double factor) {
  return {family, term_of(family, value), row_of(family).weight * factor, nullptr};
}

std::vector<PlannedTerm> strongest_of_each(std::vector<PlannedTerm> terms) {
  std::map<std::string_view, std::size_t> first;
  std::vector<bool> kept(terms.size());
  for (std::size_t t = 0; t < terms.size(); ++t) {
    const auto [known, is_new] = first.emplace(terms[t].term, t);
    kept[t] = is_new;
    if (!is_new) terms[known->second].weight = std::max(terms[known->second].weight, terms[t].weight);
  }
  std::vector<PlannedTerm> strongest;
  for (std::size_t t = 0; t < terms.size(); ++t)
    if (kept[t]) strongest.push_back(std::move(terms[t]));
  return strongest;
}

void drop_weaker(std::vector<PlannedTerm>& terms, const std::vector<PlannedTerm>& than) {
  std::erase_if(terms, [&](const PlannedTerm& term) {
    return std::any_of(than.begin(), than.end(), [&](const PlannedTerm& other) {
      return other.term == term.term && other.weight >= term.weight;
    });
  });
}

PlannedTerm merged(std::vector<PlannedTerm> terms) {
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
