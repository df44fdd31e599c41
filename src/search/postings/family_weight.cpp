// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/postings/family_weight.h"

#include <algorithm>
#include <cmath>

namespace nunmul {
WeightTables::WeightTables(const FamilyTotals& totals, const Bm25Parameters& parameters) {
  for (int f = 0; f < kFamilyCount; ++f) {
    const auto family = static_cast<std::size_t>(f);
    const double documents = static_cast<double>(totals.documents[family]);
    documents_[family] = std::max(1.0, documents);
    const auto average =
        static_cast<float>(std::max(1.0, static_cast<double>(totals.terms[family]) / documents_[family]));
    const float b = kFamilies[family].has_length ? parameters.b : 0.0F;
    highest_[family] = 0;
    for (std::uint32_t bits = 0; bits < kPostingCodes; ++bits) {
      const PostingCode code = posting_code(bits + 1);
      const float name_weight =
          static_cast<Family>(f) == Family::LatinStem ? parameters.name_weight_latin : parameters.name_weight;
      const float tf = name_weight * static_cast<float>(code.name_count) + kBodyStepCount[code.body_count];
      const float norm = parameters.k1 * (1 - b + b * length_of_step(code.length) / average);
      const float value = tf * (parameters.k1 + 1) / (tf + norm);
      values_[family][bits] = value;
      highest_[family] = std::max(highest_[family], value);
    }
  }
}

double inverse_document_frequency(double term_documents, double documents) {
  const double odds = (std::max(documents, term_documents) - term_documents + 0.5) / (term_documents + 0.5);
  // Below even odds the curve flattens instead of going negative, as in Xapian's BM25.
  return std::log(odds < 2 ? odds * 0.5 + 1 : odds);
}

double rarity_in_family(Family family, double term_documents, double documents) {
  return std::max(row_of(family).min_rarity, inverse_document_frequency(term_documents, documents));
}

}  // namespace nunmul
