// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/columns/filter_expression.h"

#include <array>

#include "base/json.h"

namespace nunmul {
namespace {

// In the order of FilterOperator.
constexpr std::array<FilterOperatorRow, 13> kOperators{{
    {"=", false},
    {"IN", false},
    {"<", true},
    {"<=", true},
    {">", true},
    {">=", true},
    {"TO", true},
    {"EXISTS", false},
    {"IS NULL", false},
    {"IS EMPTY", false},
    {"CONTAINS", false},
    {"STARTS WITH", false},
    {"WITHIN", false},
}};

void append_canonical(const Filter& filter, std::string& out) {
  if (filter.kind == Filter::Kind::Test) {
    out += '{' + dump_json(filter.test.attribute) + ' ';
    out += row_of(filter.test.op).name;
    for (const FilterValue& value : filter.test.values) out += ' ' + dump_json(value.folded);
    if (filter.test.area) out += ' ' + filter.test.area->canonical();
    out += '}';
    return;
  }
  out += filter.kind == Filter::Kind::And ? "&(" : filter.kind == Filter::Kind::Or ? "|(" : "!(";
  for (const Filter& part : filter.parts) append_canonical(part, out);
  out += ')';
}

}  // namespace

const FilterOperatorRow& row_of(FilterOperator op) { return kOperators[static_cast<std::size_t>(op)]; }

std::string Filter::canonical() const {
  std::string text;
  append_canonical(*this, text);
  return text;
}

Filter both(Filter a, Filter b) {
  if (a.fits_all()) return b;
  if (b.fits_all()) return a;
  Filter all;
  all.parts.push_back(std::move(a));
  all.parts.push_back(std::move(b));
  return all;
}

}  // namespace nunmul
