// SPDX-License-Identifier: GPL-2.0-or-later
// Among documents that share a value of an attribute, only the best one stays. Documents without the
// attribute all stay; one with several values goes as soon as any of them was seen.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "index/bitmap.h"
#include "index/generation.h"
#include "search/columns/segment_columns.h"

namespace nunmul {

// Numbers for the values of an attribute, the same in every segment. Costs one walk over all values, so
// it is worth keeping with the generation.
class DistinctValues {
 public:
  DistinctValues(const SegmentColumns& segments, std::string_view attribute);

  std::uint32_t count() const { return count_; }
  // Calls visit(number) for each value of the document.
  template <typename Visit>
  void for_each(DocumentRef document, Visit&& visit) const {
    const Column* column = columns_[document.segment];
    if (!column) return;
    const std::vector<std::uint32_t>& numbers = numbers_[document.segment];
    for (const std::uint32_t value_id : column->value_ids(document.document)) {
      visit(numbers.empty() ? value_id : numbers[value_id]);
    }
  }

 private:
  std::vector<const Column*> columns_;
  std::vector<std::vector<std::uint32_t>>
      numbers_;  // by segment and value_id; empty if they are the value_ids
  std::uint32_t count_ = 0;
};

// Takes documents from the best on and remembers their values. For one search; the values outlive it.
class DistinctFilter {
 public:
  explicit DistinctFilter(const DistinctValues& values) : values_(values), seen_(values.count()) {}

  // Whether the document stays.
  bool keep(DocumentRef document);

 private:
  const DistinctValues& values_;
  Bitmap seen_;
};

// Removes from the ordered documents those whose value an earlier one has.
void keep_distinct(std::vector<DocumentRef>& ordered, const DistinctValues& values);

}  // namespace nunmul
