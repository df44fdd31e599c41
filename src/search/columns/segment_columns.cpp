// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/columns/segment_columns.h"

namespace nunmul {

SegmentColumns columns_of(const Generation& generation) {
  SegmentColumns segments;
  for (const LiveSegment& live : generation.segments()) segments.push_back(live.segment.get());
  return segments;
}

std::vector<const Column*> find_columns(const SegmentColumns& segments, std::string_view attribute) {
  std::vector<const Column*> columns;
  for (const ColumnSet* segment : segments) columns.push_back(segment->find_column(attribute));
  return columns;
}

int compare_values(const ColumnValue& a, const ColumnValue& b) {
  const auto order = [](ValueKind kind) {
    return kind == ValueKind::Number ? 0 : kind == ValueKind::Boolean ? 1 : 2;
  };
  if (a.kind != b.kind) return order(a.kind) - order(b.kind);
  if (a.kind == ValueKind::Number && a.number != b.number) return a.number < b.number ? -1 : 1;
  return a.folded.compare(b.folded);
}

}  // namespace nunmul
