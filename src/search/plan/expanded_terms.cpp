// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/expanded_terms.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "search/postings/family_weight.h"

namespace nunmul {
namespace {

constexpr double kMinPrefixRarity = 0.3;  // of what a beginning stands for

struct StemCount {
  double documents = 0;
  double factor = 0;  // of the word nearest to what was typed
};

double factor_of(const ExpandedWord& word) {
  if (word.typos == 0) return kPrefixWeight;
  return std::pow(kTypoWeight, word.typos) * (word.prefix ? kPrefixWeight : 1);
}

}  // namespace

std::vector<PlannedTerm> terms_of_expanded(const Generation& generation, const QueryLanguages& languages,
                                           const std::vector<ExpandedWord>& words) {
  std::map<std::pair<Family, std::string>, StemCount> stems;
  double together = 0;
  for (const ExpandedWord& word : words) {
    together += static_cast<double>(word.documents);
    for (const std::string& stem : languages.stems_of(word)) {
      StemCount& count = stems[{word_family(word.script), stem}];
      count.documents += static_cast<double>(word.documents);
      count.factor = std::max(count.factor, factor_of(word));
    }
  }
  const double all = static_cast<double>(generation.documents());
  // A first letter begins words of more documents than there are, and still says where names begin.
  const double idf = std::max(kMinPrefixRarity, inverse_document_frequency(together, all));
  std::vector<PlannedTerm> terms;
  for (const auto& [stem, count] : stems) {
    const double own = std::max(kMinPrefixRarity, inverse_document_frequency(count.documents, all));
    const double family_factor = stem.first == Family::HangulStem ? 1 / row_of(Family::HangulStem).weight : 1;
    terms.push_back(
        planned(stem.first, stem.second, count.factor * family_factor * std::min(1.0, idf / own)));
  }
  return terms;
}

}  // namespace nunmul
