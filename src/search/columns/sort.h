// SPDX-License-Identifier: GPL-2.0-or-later
// Documents in the order of their fields: `sort` of a search, `field:asc` among the ranking rules, and
// the fetching of documents. Numbers come before strings and both before documents without a value,
// whichever way; of an array its least item counts, or its greatest when descending. Or by their
// distance from a place, documents without one last.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "index/bitmap.h"
#include "index/generation.h"
#include "index/settings.h"
#include "search/columns/geo.h"
#include "search/columns/segment_columns.h"

namespace nunmul {

struct SortExpression {
  std::string attribute;
  bool ascending = true;
  std::optional<GeoPoint> near{};  // of "_geoPoint(50.84,4.35)": by the distance from there

  bool operator==(const SortExpression&) const = default;
};

// A value that hits are sorted by, for merging the hits of several searches.
struct SortKey {
  std::string attribute;
  bool ascending = true;
  Json value;                // number, string, or null where the document has none
  bool is_distance = false;  // in metres, from the place that was asked for
};

// "year:desc", as asked and as ranking rule; nothing for a text of another form.
std::optional<SortExpression> find_sort_expression(std::string_view text);
std::string to_string(const SortExpression& expression);

// Throws Error(code) for bad syntax and for attributes that are not sortable; with
// SortRule::Required also if the ranking rules have no `sort`.
enum class SortRule { Required, NotNeeded };
std::vector<SortExpression> parse_sort(const std::vector<std::string>& texts, const Settings& settings,
                                       ErrorCode code, SortRule rule);

// Compares documents of a generation by several expressions, the first one first. Safe from many
// threads; the columns outlive it.
class DocumentOrder {
 public:
  DocumentOrder(const SegmentColumns& segments, std::vector<SortExpression> expressions);

  const std::vector<SortExpression>& expressions() const { return expressions_; }

  // Below 0 if `a` comes first, 0 if no expression tells them apart.
  int compare(DocumentRef a, DocumentRef b) const;
  // By one expression only, by its number.
  int compare(std::size_t expression, DocumentRef a, DocumentRef b) const;

  // A document's place by one expression among those of its segment, the least first; equal for
  // documents that the expression does not tell apart.
  std::uint64_t place(std::size_t expression, DocumentRef document) const;

  // The value that a document is sorted by, null where it has none.
  Json value(std::size_t expression, DocumentRef document) const;
  std::vector<SortKey> keys(DocumentRef document) const;

 private:
  static constexpr std::uint32_t kNoValue = 0xFFFFFFFF;
  std::uint32_t value_id(std::size_t expression, DocumentRef document) const;
  // Metres; nothing for a document without a place.
  std::optional<double> distance_of(std::size_t expression, DocumentRef document) const;

  std::vector<SortExpression> expressions_;
  std::vector<std::vector<const Column*>> columns_;  // by expression, then segment
  std::vector<GeoPlaces> places_;                    // by segment
};

// The first `count` of the matches, a set a segment; ties in the order of DocumentRef.
std::vector<DocumentRef> first_sorted(const DocumentOrder& order, const std::vector<Bitmap>& matches,
                                      std::size_t count);

// Compares the keys of hits of different searches that sort alike.
int compare_sort_keys(const std::vector<SortKey>& a, const std::vector<SortKey>& b);

}  // namespace nunmul
