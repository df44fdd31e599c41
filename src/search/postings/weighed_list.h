// SPDX-License-Identifier: GPL-2.0-or-later
// The documents of a segment that have a term, and what each weighs under it. Weights are whole numbers of
// small parts, so that their sum does not depend on the order in which lists are read.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace nunmul {

using Weight = std::uint32_t;
constexpr double kWeightParts = 1 << 18;  // so that a document may weigh 16,383 in all
constexpr Weight kMaxWeight = 0x3FFFFFFF;

inline Weight weight_of(double weight) {
  return static_cast<Weight>(std::clamp(std::round(weight * kWeightParts), 1.0, double{kMaxWeight}));
}
inline double to_double(Weight weight) { return static_cast<double>(weight) / kWeightParts; }

// A view: what it shows outlives it.
struct WeighedList {
  std::span<const std::uint32_t> documents;  // rising; erased ones too
  // Either what each weighs, or its code and what the codes weigh.
  std::span<const Weight> weights{};
  std::span<const std::uint16_t> codes{};
  const Weight* table = nullptr;
  // How many documents have each code, of long lists.
  std::span<const std::pair<std::uint16_t, std::uint32_t>> code_counts{};
  Weight highest = 0;

  std::size_t size() const { return documents.size(); }
  Weight weight(std::size_t at) const { return table ? table[codes[at]] : weights[at]; }

  // The place of the first document at or behind `document`, from the place `from` on. What is asked for is
  // mostly near.
  std::size_t find(std::uint32_t document, std::size_t from) const {
    std::size_t step = 1;
    while (from + step < documents.size() && documents[from + step] < document) step *= 2;
    const auto first = documents.begin() + static_cast<std::ptrdiff_t>(from + step / 2);
    const auto last = documents.begin() + static_cast<std::ptrdiff_t>(std::min(from + step + 1, size()));
    return static_cast<std::size_t>(std::lower_bound(std::min(first, last), last, document) -
                                    documents.begin());
  }
  bool has(std::size_t at, std::uint32_t document) const {
    return at < documents.size() && documents[at] == document;
  }
};

// A list of its own.
struct WeighedDocuments {
  std::vector<std::uint32_t> documents;
  std::vector<Weight> weights;

  void add(std::uint32_t document, Weight weight) {
    documents.push_back(document);
    weights.push_back(weight);
  }
  WeighedList list() const {
    WeighedList list{documents, weights};
    for (const Weight weight : weights) list.highest = std::max(list.highest, weight);
    return list;
  }
};

}  // namespace nunmul
