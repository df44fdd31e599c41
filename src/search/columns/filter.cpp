// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/columns/filter.h"

#include <array>
#include <set>

#include "search/columns/filter_parser.h"

namespace nunmul {
namespace {

enum class Feature { Equality, Comparison };

// In the order of FilterOperator.
struct OperatorRow {
  std::string_view name;
  Feature feature;
};
constexpr std::array<OperatorRow, 13> kOperators{{
    {"=", Feature::Equality},
    {"IN", Feature::Equality},
    {"<", Feature::Comparison},
    {"<=", Feature::Comparison},
    {">", Feature::Comparison},
    {">=", Feature::Comparison},
    {"TO", Feature::Comparison},
    {"EXISTS", Feature::Equality},
    {"IS NULL", Feature::Equality},
    {"IS EMPTY", Feature::Equality},
    {"CONTAINS", Feature::Equality},
    {"STARTS WITH", Feature::Equality},
    {"WITHIN", Feature::Equality},
}};

const OperatorRow& operator_row(FilterOperator op) { return kOperators[static_cast<std::size_t>(op)]; }

void append_canonical(const Filter& filter, std::string& out) {
  if (filter.kind == Filter::Kind::Test) {
    out += '{' + dump_json(filter.test.attribute) + ' ';
    out += operator_row(filter.test.op).name;
    for (const FilterValue& value : filter.test.values) out += ' ' + dump_json(value.folded);
    if (filter.test.area) out += ' ' + filter.test.area->canonical();
    out += '}';
    return;
  }
  out += filter.kind == Filter::Kind::And ? "&(" : filter.kind == Filter::Kind::Or ? "|(" : "!(";
  for (const Filter& part : filter.parts) append_canonical(part, out);
  out += ')';
}

std::string no_filterable_message(const Settings& settings) {
  std::set<std::string> patterns;
  for (const FilterableRule& rule : settings.filterable_attributes)
    patterns.insert(rule.patterns.begin(), rule.patterns.end());
  if (patterns.empty()) return "This index does not have configured filterable attributes.";
  std::string message = "Available filterable attribute patterns are: ";
  for (const std::string& pattern : patterns)
    message += (message.ends_with('`') ? ", `" : "`") + pattern + "`";
  return message + ".";
}

// Whether the settings allow each test of an expression.
class Checker {
 public:
  Checker(std::string_view text, const Settings& settings, ErrorCode code)
      : text_(text), settings_(settings), code_(code) {}

  void check(const Filter& filter) const {
    if (filter.kind == Filter::Kind::Test) check_test(filter.test);
    for (const Filter& part : filter.parts) check(part);
  }

 private:
  void check_test(const FilterTest& test) const {
    const FilterableRule* rule = find_filterable(settings_, test.attribute);
    if (!rule) {
      fail_filter(code_,
                  "Attribute `" + test.attribute + "` is not filterable. " + no_filterable_message(settings_),
                  test.span, text_);
    }
    const OperatorRow& row = operator_row(test.op);
    const bool equality = row.feature == Feature::Equality;
    if (equality ? rule->equality : rule->comparison) return;
    fail_filter(code_,
                "Filter operator `" + std::string(row.name) + "` is not allowed for the attribute `" +
                    test.attribute + "`: its rule in `filterableAttributes` does not enable " +
                    (equality ? "`equality`" : "`comparison`") + ".",
                test.span, text_);
  }

  std::string_view text_;
  const Settings& settings_;
  ErrorCode code_;
};

Filter read_expression(const Json& text, const Settings& settings, ErrorCode code) {
  const std::string& expression = text.get_ref<const std::string&>();
  Filter filter = parse_filter_expression(expression, code);
  Checker(expression, settings, code).check(filter);
  return filter;
}

[[noreturn]] void fail_shape(const Json& found, std::string_view expected, ErrorCode code) {
  throw Error(code, "Invalid syntax for the filter parameter: expected " + std::string(expected) +
                        ", but found " + std::string(json_type_name(found)) + ": `" + dump_json(found) +
                        "`.");
}

// An item of the array: an expression, or several of which one must fit. Blank ones say nothing.
Filter read_item(const Json& item, const Settings& settings, ErrorCode code) {
  if (item.is_string()) return read_expression(item, settings, code);
  if (!item.is_array()) fail_shape(item, "a string or an array of strings", code);
  Filter any;
  any.kind = Filter::Kind::Or;
  for (const Json& choice : item) {
    if (!choice.is_string()) fail_shape(choice, "a string", code);
    Filter part = read_expression(choice, settings, code);
    if (!part.fits_all()) any.parts.push_back(std::move(part));
  }
  return any.parts.empty() ? Filter() : any;
}

}  // namespace

std::string Filter::canonical() const {
  std::string text;
  append_canonical(*this, text);
  return text;
}

Filter parse_filter(const Json& filter, const Settings& settings, ErrorCode code) {
  if (filter.is_null()) return {};
  if (filter.is_string()) return read_expression(filter, settings, code);
  if (!filter.is_array()) fail_shape(filter, "a string or an array", code);
  Filter all;
  for (const Json& item : filter) {
    Filter part = read_item(item, settings, code);
    if (!part.fits_all()) all.parts.push_back(std::move(part));
  }
  return all;
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
