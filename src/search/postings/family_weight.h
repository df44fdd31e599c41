// SPDX-License-Identifier: GPL-2.0-or-later
// The weighting scheme: BM25F over the codes in wdf (index/terms.h), with the lengths and document
// counts of each family by itself, so that languages in one index do not disturb each other.
//   weight = idf * tf (k1 + 1) / (tf + k1 (1 - b + b length / average)),  tf = name_weight * in names + in
//   body
// idf is Robertson's with N the documents that have the family at all. (Robertson, Zaragoza, Taylor 2004.)
#pragma once

#include <array>

#include "index/document_builder.h"
#include "index/terms.h"

namespace nunmul {

struct Bm25Parameters {
  float k1 = 1.0F;
  float b = 0.5F;
  // The weight of an occurrence in a name field. English titles are made of common words, Korean and
  // Japanese ones mostly of names; measured on judged sets.
  float name_weight = 3.0F;
  float name_weight_latin = 1.2F;
};

// The worth of every code in every family, without idf. Made once for a generation.
class WeightTables {
 public:
  WeightTables(const FamilyTotals& totals, const Bm25Parameters& parameters);

  float value(Family family, std::uint32_t wdf) const {
    return values_[static_cast<std::size_t>(family)][(wdf - 1) % kPostingCodes];
  }
  float highest(Family family) const { return highest_[static_cast<std::size_t>(family)]; }
  // Documents that have terms of the family.
  double documents(Family family) const { return documents_[static_cast<std::size_t>(family)]; }

 private:
  std::array<std::array<float, kPostingCodes>, kFamilyCount> values_;
  std::array<float, kFamilyCount> highest_;
  std::array<double, kFamilyCount> documents_;
};

// How rare a term is: above 0 for any frequency.
double inverse_document_frequency(double term_documents, double documents);

// The same within a family, at least FamilyRow::min_rarity.
double rarity_in_family(Family family, double term_documents, double documents);

}  // namespace nunmul
