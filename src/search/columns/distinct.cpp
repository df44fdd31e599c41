// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/columns/distinct.h"

#include <algorithm>

namespace nunmul {

DistinctValues::DistinctValues(const SegmentColumns& segments, std::string_view attribute)
    : columns_(find_columns(segments, attribute)), numbers_(segments.size()) {
  const auto present = [](const Column* column) { return column != nullptr; };
  if (std::count_if(columns_.begin(), columns_.end(), present) <= 1) {
    for (const Column* column : columns_) count_ += column ? column->values() : 0;
    return;
  }
  for (std::size_t segment = 0; segment < columns_.size(); ++segment) {
    if (columns_[segment]) numbers_[segment].resize(columns_[segment]->values());
  }
  for_each_value(
      columns_, [](std::uint32_t, std::uint32_t) { return true; },
      [&](const ColumnValue&, const std::vector<ValuePlace>& places) {
        for (const ValuePlace& place : places) numbers_[place.segment][place.value_id] = count_;
        ++count_;
        return true;
      });
}

bool DistinctFilter::keep(DocumentRef document) {
  bool fresh = true;
  values_.for_each(document, [&](std::uint32_t number) { fresh = fresh && !seen_.test(number); });
  if (fresh) values_.for_each(document, [&](std::uint32_t number) { seen_.set(number); });
  return fresh;
}

void keep_distinct(std::vector<DocumentRef>& ordered, const DistinctValues& values) {
  DistinctFilter filter(values);
  std::erase_if(ordered, [&](DocumentRef document) { return !filter.keep(document); });
}

}  // namespace nunmul
