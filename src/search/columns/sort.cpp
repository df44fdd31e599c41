// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/columns/sort.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "text/compare_form.h"

namespace nunmul {
namespace {

[[noreturn]] void fail_not_sortable(const std::string& attribute, const Settings& settings, ErrorCode code) {
  std::string message = "Attribute `" + attribute + "` is not sortable.";
  if (settings.sortable_attributes.empty()) {
    message += " This index does not have configured sortable attributes.";
  } else {
    message += " Available sortable attributes are: ";
    for (const std::string& name : settings.sortable_attributes)
      message += (message.ends_with('`') ? ", `" : "`") + name + "`";
    message += '.';
  }
  throw Error(code, message);
}

constexpr std::string_view kGeoPoint = "_geoPoint(";

// "_geoPoint(50.84, 4.35)".
GeoPoint read_geo_point(std::string_view text, ErrorCode code) {
  const std::string_view inside = text.substr(kGeoPoint.size());
  const std::size_t comma = inside.find(',');
  const auto trimmed = [](std::string_view part) {
    const std::size_t begin = part.find_first_not_of(' ');
    return begin == part.npos ? "" : part.substr(begin, part.find_last_not_of(' ') + 1 - begin);
  };
  if (comma != inside.npos && inside.ends_with(')')) {
    const auto point = find_geo_point(trimmed(inside.substr(0, comma)),
                                      trimmed(inside.substr(comma + 1, inside.size() - comma - 2)));
    if (point) return *point;
  }
  throw Error(code,
              "Invalid syntax for the geo parameter: expected `_geoPoint(latitude, longitude)`, found `" +
                  std::string(text) + "`.");
}

SortExpression read_expression(const std::string& text, const Settings& settings, ErrorCode code) {
  auto expression = find_sort_expression(text);
  if (!expression) {
    throw Error(
        code,
        "Invalid syntax for the sort parameter: expected expression ending by `:asc` or `:desc`, found `" +
            text + "`.");
  }
  if (expression->attribute.starts_with(kGeoPoint)) {
    expression->near = read_geo_point(expression->attribute, code);
    if (!is_sortable(settings, kGeoField)) fail_not_sortable(std::string(kGeoField), settings, code);
    return *expression;
  }
  if (!is_sortable(settings, expression->attribute)) fail_not_sortable(expression->attribute, settings, code);
  return *expression;
}

}  // namespace

std::optional<SortExpression> find_sort_expression(std::string_view text) {
  const auto rule = find_ranking_rule(text);
  if (!rule || rule->kind != RankingRule::Kind::Custom) return std::nullopt;
  return SortExpression{rule->attribute, rule->ascending};
}

std::string to_string(const SortExpression& expression) {
  return expression.attribute + (expression.ascending ? ":asc" : ":desc");
}

std::vector<SortExpression> parse_sort(const std::vector<std::string>& texts, const Settings& settings,
                                       ErrorCode code, SortRule rule) {
  std::vector<SortExpression> expressions;
  for (const std::string& text : texts) expressions.push_back(read_expression(text, settings, code));
  const auto& rules = settings.ranking_rules;
  const auto is_sort = [](const RankingRule& one) { return one.kind == RankingRule::Kind::Sort; };
  if (!expressions.empty() && rule == SortRule::Required &&
      std::none_of(rules.begin(), rules.end(), is_sort)) {
    throw Error(code,
                "The ranking rules of this index do not include `sort`, which the sort parameter needs: add "
                "it to `rankingRules`.");
  }
  return expressions;
}

DocumentOrder::DocumentOrder(const SegmentColumns& segments, std::vector<SortExpression> expressions)
    : expressions_(std::move(expressions)) {
  for (const SortExpression& expression : expressions_)
    columns_.push_back(find_columns(segments, expression.attribute));
  for (const ColumnSet* segment : segments) places_.emplace_back(*segment);
}

std::optional<double> DocumentOrder::distance_of(std::size_t expression, DocumentRef document) const {
  const auto place = places_[document.segment].find(document.document);
  if (!place) return std::nullopt;
  return distance(*expressions_[expression].near, *place);
}

// The value_id that the document is sorted by. Value ids follow the order of values, numbers first, so
// that only a descending order of mixed kinds needs a look.
std::uint32_t DocumentOrder::value_id(std::size_t expression, DocumentRef document) const {
  const Column* column = columns_[expression][document.segment];
  if (!column) return kNoValue;
  const auto value_ids = column->value_ids(document.document);
  if (value_ids.empty()) return kNoValue;
  if (expressions_[expression].ascending || value_ids.size() == 1) return value_ids.front();
  if (value_ids.front() >= column->numbers_end()) return value_ids.back();
  return *(std::lower_bound(value_ids.begin(), value_ids.end(), column->numbers_end()) - 1);
}

std::uint64_t DocumentOrder::place(std::size_t expression, DocumentRef document) const {
  if (expressions_[expression].near) {
    const std::optional<double> metres = distance_of(expression, document);
    if (!metres) return ~0ULL;
    const auto bits = std::bit_cast<std::uint64_t>(*metres);  // in the order of numbers that are not negative
    return expressions_[expression].ascending ? bits : ~0ULL - 1 - bits;
  }
  const std::uint32_t found = value_id(expression, document);
  if (found == kNoValue) return ~0ULL;
  const Column& column = *columns_[expression][document.segment];
  const std::uint64_t kind = found < column.numbers_end() ? 0 : 1;
  return kind << 32 | (expressions_[expression].ascending ? found : ~found);
}

int DocumentOrder::compare(std::size_t expression, DocumentRef a, DocumentRef b) const {
  if (a.segment == b.segment || expressions_[expression].near) {
    const std::uint64_t left = place(expression, a), right = place(expression, b);
    return left < right ? -1 : left > right ? 1 : 0;
  }
  const std::uint32_t left = value_id(expression, a), right = value_id(expression, b);
  if (left == kNoValue || right == kNoValue) return (left == kNoValue ? 1 : 0) - (right == kNoValue ? 1 : 0);
  const ColumnValue first = columns_[expression][a.segment]->value(left);
  const ColumnValue second = columns_[expression][b.segment]->value(right);
  const bool first_is_number = first.kind == ValueKind::Number,
             second_is_number = second.kind == ValueKind::Number;
  if (first_is_number != second_is_number) return first_is_number ? -1 : 1;
  const int order = compare_values(first, second);
  return expressions_[expression].ascending ? order : -order;
}

int DocumentOrder::compare(DocumentRef a, DocumentRef b) const {
  for (std::size_t i = 0; i < expressions_.size(); ++i) {
    if (const int order = compare(i, a, b); order != 0) return order;
  }
  return 0;
}

Json DocumentOrder::value(std::size_t expression, DocumentRef document) const {
  if (expressions_[expression].near) {
    const std::optional<double> metres = distance_of(expression, document);
    return metres ? Json(std::llround(*metres)) : Json(nullptr);
  }
  const std::uint32_t found = value_id(expression, document);
  if (found == kNoValue) return nullptr;
  const ColumnValue value = columns_[expression][document.segment]->value(found);
  if (value.kind == ValueKind::Number) return parse_json(value.original);
  return std::string(value.original);
}

std::vector<SortKey> DocumentOrder::keys(DocumentRef document) const {
  std::vector<SortKey> keys;
  for (std::size_t i = 0; i < expressions_.size(); ++i) {
    keys.push_back({expressions_[i].attribute, expressions_[i].ascending, value(i, document),
                    expressions_[i].near.has_value()});
  }
  return keys;
}

namespace {

// The first documents of one segment: a heap whose top is the last of them, so that most documents
// cost one look at the first expression.
class SegmentTop {
 public:
  SegmentTop(const DocumentOrder& order, std::uint32_t segment, std::size_t count)
      : order_(order), segment_(segment), count_(count) {}

  void add(std::uint32_t document) {
    const Entry entry{order_.place(0, {segment_, document}), document};
    if (heap_.size() == count_ && !comes_before(entry, heap_.front())) return;
    const auto before = [this](const Entry& a, const Entry& b) { return comes_before(a, b); };
    if (heap_.size() == count_) {
      std::pop_heap(heap_.begin(), heap_.end(), before);
      heap_.pop_back();
    }
    heap_.push_back(entry);
    std::push_heap(heap_.begin(), heap_.end(), before);
  }

  void append_to(std::vector<DocumentRef>& documents) const {
    for (const Entry& entry : heap_) documents.push_back({segment_, entry.document});
  }

 private:
  struct Entry {
    std::uint64_t place;
    std::uint32_t document;
  };

  bool comes_before(const Entry& a, const Entry& b) const {
    if (a.place != b.place) return a.place < b.place;
    for (std::size_t i = 1; i < order_.expressions().size(); ++i) {
      const int order = order_.compare(i, {segment_, a.document}, {segment_, b.document});
      if (order != 0) return order < 0;
    }
    return a.document < b.document;
  }

  const DocumentOrder& order_;
  std::uint32_t segment_;
  std::size_t count_;
  std::vector<Entry> heap_;
};

}  // namespace

std::vector<DocumentRef> first_sorted(const DocumentOrder& order, const std::vector<Bitmap>& matches,
                                      std::size_t count) {
  std::vector<DocumentRef> first;
  if (count == 0 || order.expressions().empty()) return first;
  for (std::uint32_t segment = 0; segment < matches.size(); ++segment) {
    SegmentTop top(order, segment, count);
    const Bitmap& set = matches[segment];
    for (std::size_t document = set.next(0); document < set.size(); document = set.next(document + 1)) {
      top.add(static_cast<std::uint32_t>(document));
    }
    top.append_to(first);
  }
  std::sort(first.begin(), first.end(), [&](DocumentRef a, DocumentRef b) {
    const int by_order = order.compare(a, b);
    return by_order != 0 ? by_order < 0 : a < b;
  });
  if (first.size() > count) first.resize(count);
  return first;
}

int compare_sort_keys(const std::vector<SortKey>& a, const std::vector<SortKey>& b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    const Json &left = a[i].value, &right = b[i].value;
    if (left.is_null() || right.is_null()) {
      if (left.is_null() != right.is_null()) return left.is_null() ? 1 : -1;
      continue;
    }
    if (left.is_string() != right.is_string()) return left.is_string() ? 1 : -1;
    int order = 0;
    if (left.is_string()) {
      order = compare_form(left.get<std::string>()).compare(compare_form(right.get<std::string>()));
    } else {
      const double first = number_value(left).value_or(0), second = number_value(right).value_or(0);
      order = first < second ? -1 : first > second ? 1 : 0;
    }
    if (order != 0) return a[i].ascending ? order : -order;
  }
  return 0;
}

}  // namespace nunmul
