// SPDX-License-Identifier: GPL-2.0-or-later
// The columns of all segments of a generation. A value has an value_id of its own in each segment; what
// counts or compares over segments goes through the values.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "index/column.h"
#include "index/generation.h"

namespace nunmul {

// In the order of Generation::segments().
using SegmentColumns = std::vector<const ColumnSet*>;

SegmentColumns columns_of(const Generation& generation);

// One attribute's column in each segment; null where no document has it.
std::vector<const Column*> find_columns(const SegmentColumns& segments, std::string_view attribute);

// The order of values: numbers, booleans, strings by their folded form. Below, equal to or above 0.
int compare_values(const ColumnValue& a, const ColumnValue& b);

// A value where it occurs.
struct ValuePlace {
  std::uint32_t segment = 0;
  std::uint32_t value_id = 0;
};

// Calls visit(value, places) for each distinct value of the columns in their order until it returns
// false; the value is spelled as in the first segment that has it. Only value_ids with
// wanted(segment, value_id) take part.
template <typename Wanted, typename Visit>
void for_each_value(const std::vector<const Column*>& columns, Wanted&& wanted, Visit&& visit) {
  std::vector<ValuePlace> heads;  // the next value_id of each column that is not through
  std::vector<ColumnValue> values;
  const auto advance = [&](ValuePlace& head) {
    const Column& column = *columns[head.segment];
    while (head.value_id < column.values() && !wanted(head.segment, head.value_id)) ++head.value_id;
    return head.value_id < column.values();
  };
  for (std::uint32_t segment = 0; segment < columns.size(); ++segment) {
    ValuePlace head{segment, 0};
    if (!columns[segment] || !advance(head)) continue;
    heads.push_back(head);
    values.push_back(columns[segment]->value(head.value_id));
  }
  std::vector<ValuePlace> places;
  while (!heads.empty()) {
    std::size_t least = 0;
    for (std::size_t i = 1; i < heads.size(); ++i) {
      if (compare_values(values[i], values[least]) < 0) least = i;
    }
    const ColumnValue value = values[least];
    places.clear();
    for (std::size_t i = heads.size(); i-- > least;) {
      if (i != least && compare_values(values[i], value) != 0) continue;
      places.push_back(heads[i]);
      ++heads[i].value_id;
      if (advance(heads[i])) {
        values[i] = columns[heads[i].segment]->value(heads[i].value_id);
      } else {
        heads.erase(heads.begin() + static_cast<std::ptrdiff_t>(i));
        values.erase(values.begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
    if (!visit(value, places)) return;
  }
}

}  // namespace nunmul
