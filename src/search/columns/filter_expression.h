// SPDX-License-Identifier: GPL-2.0-or-later
// An expression over attributes, which documents fit or do not.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// Documents that fit both.
Filter both(Filter a, Filter b);

// How an operator is written, and what a rule in `filterableAttributes` must allow for it.
struct FilterOperatorRow {
  std::string_view name;
  bool comparison = false;  // else equality
};
const FilterOperatorRow& row_of(FilterOperator op);

}  // namespace nunmul
