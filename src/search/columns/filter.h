// SPDX-License-Identifier: GPL-2.0-or-later
// Which documents a search may show: an expression over attributes, checked against the settings once
// and evaluated over the columns of a segment.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "base/request_budget.h"
#include "index/bitmap.h"
#include "index/column.h"
#include "index/settings.h"
#include "search/columns/filter_lexer.h"
#include "search/columns/geo.h"

namespace nunmul {

enum class FilterOperator {
  Equal,
  In,
  Less,
  LessOrEqual,
  Greater,
  GreaterOrEqual,
  Between,
  Exists,
  IsNull,
  IsEmpty,
  Contains,
  StartsWith,
  Within
};

// A value as it is compared.
struct FilterValue {
  std::string folded;            // compare_form of what was written
  std::optional<double> number;  // if it parses as one
};

struct FilterTest {
  std::string attribute;
  FilterOperator op = FilterOperator::Equal;
  std::vector<FilterValue> values;  // one; two of Between; any number of In; none of the others
  std::optional<GeoArea> area;      // of Within, which is about kGeoField
  FilterSpan span;                  // of the attribute where it was written
};

// `!=`, `NOT IN` and the like are a Not around a test.
struct Filter {
  enum class Kind { And, Or, Not, Test };
  Kind kind = Kind::And;
  std::vector<Filter> parts;  // an And of none fits every document
  FilterTest test;

  bool fits_all() const { return kind == Kind::And && parts.empty(); }
  // The same text for filters that are written differently and mean the same test by test; key for caches.
  std::string canonical() const;
};

// From null, a string, or an array of strings and of arrays of strings. Throws Error(code) for a bad
// shape, bad syntax, and attributes and operators that the settings do not allow.
Filter parse_filter(const Json& filter, const Settings& settings, ErrorCode code);

// Of documents that fit both.
Filter both(Filter a, Filter b);

// The documents of a segment that fit, erased ones included. A segment without a column of an
// attribute has no document with that field. Throws what RequestBudget::check() does.
Bitmap evaluate(const Filter& filter, const ColumnSet& columns, RequestBudget& budget);
Bitmap evaluate(const Filter& filter, const ColumnSet& columns);  // without bounds

}  // namespace nunmul
