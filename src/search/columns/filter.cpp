// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/columns/filter.h"

#include <set>

#include "search/columns/filter_parser.h"

namespace nunmul {
namespace {

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
    const FilterOperatorRow& row = row_of(test.op);
    if (row.comparison ? rule->comparison : rule->equality) return;
    fail_filter(code_,
                "Filter operator `" + std::string(row.name) + "` is not allowed for the attribute `" +
                    test.attribute + "`: its rule in `filterableAttributes` does not enable " +
                    (row.comparison ? "`comparison`" : "`equality`") + ".",
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

DocumentSets fitting_documents(const Filter& filter, const Generation& generation, RequestBudget& budget) {
  DocumentSets sets;
  for (const LiveSegment& live : generation.segments()) {
    sets.push_back(live.live);
    if (!filter.fits_all()) sets.back() &= evaluate(filter, *live.segment, budget);
  }
  return sets;
}

}  // namespace nunmul
