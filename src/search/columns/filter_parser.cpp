// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/columns/filter_parser.h"

#include <utility>

#include "text/compare_form.h"

namespace nunmul {
namespace {

constexpr int kDeepestNesting = 150;

constexpr std::pair<std::string_view, FilterOperator> kComparisons[] = {
    {"=", FilterOperator::Equal},           {"<", FilterOperator::Less},
    {"<=", FilterOperator::LessOrEqual},    {">", FilterOperator::Greater},
    {">=", FilterOperator::GreaterOrEqual},
};

Filter negation(Filter filter) {
  Filter negated;
  negated.kind = Filter::Kind::Not;
  negated.parts.push_back(std::move(filter));
  return negated;
}

class Parser {
 public:
  Parser(std::string_view text, ErrorCode code)
      : text_(text), code_(code), tokens_(read_filter_tokens(text, code)) {}

  Filter run() {
    if (here().kind == FilterToken::Kind::End) return {};
    Filter filter = read_either(0);
    if (here().kind != FilterToken::Kind::End) fail_here("Expected `AND`, `OR` or the end of the filter");
    return filter;
  }

 private:
  const FilterToken& here() const { return tokens_[at_]; }
  const FilterToken& following() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
  FilterToken take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }

  bool take_keyword(std::string_view keyword) {
    if (!here().is_keyword(keyword)) return false;
    take();
    return true;
  }

  [[noreturn]] void fail_here(const std::string& expected) const {
    const bool at_end = here().kind == FilterToken::Kind::End;
    fail_filter(code_, expected + (at_end ? ", but the filter ends." : ", but found `" + here().text + "`."),
                here().span, text_);
  }

  // expr and and: several parts, or the only one itself.
  Filter read_list(Filter::Kind kind, std::string_view keyword, int depth) {
    Filter list;
    list.kind = kind;
    do {
      list.parts.push_back(kind == Filter::Kind::Or ? read_list(Filter::Kind::And, "AND", depth)
                                                    : read_not(depth));
    } while (take_keyword(keyword));
    return list.parts.size() == 1 ? Filter(std::move(list.parts.front())) : list;
  }

  Filter read_either(int depth) { return read_list(Filter::Kind::Or, "OR", depth); }

  // The recursion is as deep as the nesting, which is why it has a limit.
  Filter read_not(int depth) {
    if (depth > kDeepestNesting) {
      fail_filter(code_, "The filter is nested deeper than " + std::to_string(kDeepestNesting) + " levels.",
                  here().span, text_);
    }
    if (take_keyword("NOT")) return negation(read_not(depth + 1));
    if (!here().is_sign("(")) return read_test();
    take();
    Filter inner = read_either(depth + 1);
    take_sign(")");
    return inner;
  }

  Filter read_test() {
    if (here().is_keyword("_geoRadius")) return read_within(&Parser::read_circle);
    if (here().is_keyword("_geoBoundingBox")) return read_within(&Parser::read_box);
    Filter filter;
    filter.kind = Filter::Kind::Test;
    const FilterToken attribute = take_text("Expected an attribute");
    filter.test.attribute = attribute.text;
    filter.test.span = attribute.span;
    return read_condition(std::move(filter));
  }

  // Reads the brackets behind the keyword.
  Filter read_within(GeoArea (Parser::*read_area)()) {
    Filter filter;
    filter.kind = Filter::Kind::Test;
    filter.test.attribute = kGeoField;
    filter.test.op = FilterOperator::Within;
    filter.test.span = take().span;
    take_sign("(");
    filter.test.area = (this->*read_area)();
    take_sign(")");
    return filter;
  }

  GeoArea read_circle() {
    GeoArea circle;
    circle.center = read_point();
    take_sign(",");
    const FilterToken radius = take_text("Expected a radius in metres");
    const std::optional<double> metres = find_number(radius.text);
    if (!metres || *metres < 0)
      fail_filter(code_, "`" + radius.text + "` is no radius in metres.", radius.span, text_);
    circle.metres = *metres;
    return circle;
  }

  GeoArea read_box() {
    GeoArea box;
    box.kind = GeoArea::Kind::Box;
    const FilterSpan begin = here().span;
    take_sign("[");
    box.north_east = read_point();
    take_sign("]");
    take_sign(",");
    take_sign("[");
    box.south_west = read_point();
    take_sign("]");
    if (box.north_east.lat < box.south_west.lat)
      fail_filter(code_, "The first corner of the box, its north-east, lies south of the second.",
                  {begin.begin, here().span.begin}, text_);
    return box;
  }

  GeoPoint read_point() {
    const FilterToken lat = take_text("Expected a latitude");
    take_sign(",");
    const FilterToken lng = take_text("Expected a longitude");
    const auto point = find_geo_point(lat.text, lng.text);
    if (!point)
      fail_filter(code_,
                  "`" + lat.text + "," + lng.text +
                      "` is no place: a latitude is a number from -90 to 90, a longitude from -180 to 180.",
                  {lat.span.begin, lng.span.end}, text_);
    return *point;
  }

  void take_sign(std::string_view sign) {
    if (!here().is_sign(sign)) fail_here("Expected `" + std::string(sign) + "`");
    take();
  }

  FilterToken take_text(const std::string& expected) {
    if (!here().is_text()) fail_here(expected);
    return take();
  }

  Filter read_condition(Filter filter) {
    if (here().is_sign("!=")) {
      take();
      filter.test.values.push_back(read_value());
      return negation(std::move(filter));
    }
    for (const auto& [sign, op] : kComparisons) {
      if (!here().is_sign(sign)) continue;
      take();
      filter.test.op = op;
      filter.test.values.push_back(read_value());
      return filter;
    }
    if (here().is_text() && following().is_keyword("TO")) return read_range(std::move(filter));
    if (take_keyword("IS")) return read_is(std::move(filter));
    const bool negated = take_keyword("NOT");
    read_word_condition(filter.test);
    return negated ? negation(std::move(filter)) : filter;
  }

  Filter read_range(Filter filter) {
    filter.test.op = FilterOperator::Between;
    filter.test.values.push_back(read_value());
    take();
    filter.test.values.push_back(read_value());
    return filter;
  }

  Filter read_is(Filter filter) {
    const bool negated = take_keyword("NOT");
    if (take_keyword("NULL")) {
      filter.test.op = FilterOperator::IsNull;
    } else if (take_keyword("EMPTY")) {
      filter.test.op = FilterOperator::IsEmpty;
    } else {
      fail_here(negated ? "Expected `NULL` or `EMPTY`" : "Expected `NULL`, `EMPTY` or `NOT`");
    }
    return negated ? negation(std::move(filter)) : filter;
  }

  // Conditions that may have a NOT before them.
  void read_word_condition(FilterTest& test) {
    if (take_keyword("IN")) {
      test.op = FilterOperator::In;
      read_values(test);
    } else if (take_keyword("EXISTS")) {
      test.op = FilterOperator::Exists;
    } else if (take_keyword("CONTAINS")) {
      test.op = FilterOperator::Contains;
      test.values.push_back(read_value());
    } else if (take_keyword("STARTS")) {
      test.op = FilterOperator::StartsWith;
      if (!take_keyword("WITH")) fail_here("Expected `WITH`");
      test.values.push_back(read_value());
    } else {
      fail_here(
          "Expected an operator (`=`, `!=`, `>`, `>=`, `<`, `<=`, `TO`, `IN`, `EXISTS`, `IS NULL`, `IS "
          "EMPTY`, "
          "`CONTAINS`, `STARTS WITH`) after `" +
          test.attribute + "`");
    }
  }

  void read_values(FilterTest& test) {
    take_sign("[");
    while (!here().is_sign("]")) {
      test.values.push_back(read_value());
      if (here().is_sign("]")) break;
      if (!here().is_sign(",")) fail_here("Expected `,` or `]`");
      take();
    }
    take();
  }

  FilterValue read_value() {
    FilterValue value;
    value.folded = compare_form(take_text("Expected a value").text);
    value.number = find_number(value.folded);
    return value;
  }

  std::string_view text_;
  ErrorCode code_;
  std::vector<FilterToken> tokens_;
  std::size_t at_ = 0;
};

}  // namespace

Filter parse_filter_expression(std::string_view expression, ErrorCode code) {
  return Parser(expression, code).run();
}

}  // namespace nunmul
