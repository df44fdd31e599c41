// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/columns/facets.h"

#include <algorithm>
#include <bit>
#include <set>
#include <unordered_map>

namespace nunmul {
namespace {

// Up to so many values, documents in a row count into tables of their own: with few values the same
// counter would be waited for again and again.
constexpr std::size_t kFewValues = 2048;
constexpr std::size_t kTables = 4;

constexpr std::size_t kValueBytes = 100;  // that a value takes in an answer, beside its text

// Counts of a column's values by value_id.
std::vector<std::uint32_t> count_all(const Column& column) {
  const std::size_t values = column.values();
  const auto value_ids = column.all_value_ids();
  const std::size_t tables = values <= kFewValues ? kTables : 1;
  std::vector<std::uint32_t> counts(values * tables);
  std::size_t at = 0;
  if (tables == kTables) {
    for (; at + kTables <= value_ids.size(); at += kTables) {
      for (std::size_t table = 0; table < kTables; ++table) ++counts[table * values + value_ids[at + table]];
    }
  }
  for (; at < value_ids.size(); ++at) ++counts[value_ids[at]];
  for (std::size_t i = values; i < counts.size(); ++i) counts[i % values] += counts[i];
  counts.resize(values);
  return counts;
}

std::vector<std::uint32_t> count_ids(const Column& column, const Bitmap& matches) {
  if (matches.count() == column.documents()) return count_all(column);
  std::vector<std::uint32_t> counts(column.values());
  const auto offsets = column.offsets();
  const auto value_ids = column.all_value_ids();
  const auto words = matches.words();
  for (std::size_t w = 0; w < words.size(); ++w) {
    for (std::uint64_t word = words[w]; word != 0; word &= word - 1) {
      const std::size_t document = w * 64 + static_cast<std::size_t>(std::countr_zero(word));
      for (std::uint32_t at = offsets[document]; at < offsets[document + 1]; ++at) ++counts[value_ids[at]];
    }
  }
  return counts;
}

struct CountedValue {
  ColumnValue value;
  std::uint64_t count = 0;
};

// All values that occur among the matches, in their order.
std::vector<CountedValue> count_values(const std::vector<const Column*>& columns,
                                       const std::vector<Bitmap>& matches) {
  std::vector<std::vector<std::uint32_t>> counts(columns.size());
  for (std::size_t segment = 0; segment < columns.size(); ++segment) {
    if (columns[segment]) counts[segment] = count_ids(*columns[segment], matches[segment]);
  }
  std::vector<CountedValue> counted;
  for_each_value(
      columns, [&](std::uint32_t segment, std::uint32_t value_id) { return counts[segment][value_id] > 0; },
      [&](const ColumnValue& value, const std::vector<ValuePlace>& places) {
        CountedValue entry{value, 0};
        for (const ValuePlace& place : places) entry.count += counts[place.segment][place.value_id];
        counted.push_back(entry);
        return true;
      });
  return counted;
}

// A value as a key of the answer. A number and a string may be spelled alike ("2"), and are one key.
std::vector<FacetHit> joined_by_label(const std::vector<CountedValue>& counted) {
  const bool mixed = !counted.empty() && counted.front().value.kind != counted.back().value.kind;
  std::unordered_map<std::string_view, std::size_t> known;
  std::vector<FacetHit> hits;
  hits.reserve(counted.size());
  for (const CountedValue& entry : counted) {
    const std::string_view label = entry.value.original;
    if (mixed) {
      const auto [place, added] = known.emplace(label, hits.size());
      if (!added) {
        hits[place->second].count += entry.count;
        continue;
      }
    }
    hits.push_back({std::string(label), entry.count});
  }
  return hits;
}

bool more_often(const FacetHit& a, const FacetHit& b) { return a.count > b.count; }

void keep_first(std::vector<FacetHit>& hits, const FacetOptions& options) {
  if (options.order == FacetOrder::Count) std::stable_sort(hits.begin(), hits.end(), more_often);
  if (hits.size() > options.max_values) hits.resize(options.max_values);
}

// The first values of a facet; if it is short enough, they need not be counted for it.
std::vector<CountedValue> first_values(std::vector<CountedValue> counted, const FacetOptions& options) {
  if (counted.size() <= options.max_values) return counted;
  // Enough for max_values keys, however many of them a number and a string share.
  const std::size_t keep = std::min(counted.size(), 2 * options.max_values + 2);
  if (options.order == FacetOrder::Count) {
    std::vector<std::uint32_t> order(counted.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
      return counted[a].count != counted[b].count ? counted[a].count > counted[b].count : a < b;
    };
    std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(keep - 1), order.end(),
                     before);
    order.resize(keep);
    std::sort(order.begin(), order.end());
    std::vector<CountedValue> kept;
    for (const std::uint32_t i : order) kept.push_back(counted[i]);
    return kept;
  }
  counted.resize(keep);
  return counted;
}

Json distribution_json(const std::vector<FacetHit>& values) {
  Json object = Json::object();
  for (const FacetHit& hit : values) append_field(object, hit.value, hit.count);
  return object;
}

// Whether a rule may cover something that the pattern covers.
bool fits_a_rule(const std::string& asked, const Settings& settings) {
  if (asked == "*") return true;
  const std::string_view stem =
      asked.ends_with('*') ? std::string_view(asked).substr(0, asked.size() - 1) : asked;
  for (const FilterableRule& rule : settings.filterable_attributes) {
    for (const std::string& pattern : rule.patterns) {
      if (attribute_matches(asked, pattern) || attribute_matches(pattern, stem)) return true;
    }
  }
  return false;
}

[[noreturn]] void fail_not_filterable(const std::string& asked, const Settings& settings, ErrorCode code) {
  std::set<std::string> patterns;
  for (const FilterableRule& rule : settings.filterable_attributes)
    patterns.insert(rule.patterns.begin(), rule.patterns.end());
  std::string message = "Invalid facet distribution: Attribute `" + asked + "` is not filterable.";
  if (patterns.empty()) {
    message += " This index does not have configured filterable attributes.";
  } else {
    message += " Available filterable attribute patterns are: ";
    for (const std::string& pattern : patterns)
      message += (message.ends_with('`') ? ", `" : "`") + pattern + "`";
    message += '.';
  }
  throw Error(code, message);
}

}  // namespace

FacetOptions facet_options(const Settings& settings, std::string_view attribute) {
  FacetOptions options;
  options.max_values = settings.max_values_per_facet;
  std::string_view order = "alpha";
  for (const auto& [name, named_order] : settings.sort_facet_values_by) {
    if (name == attribute || name == "*") order = named_order;
    if (name == attribute) break;
  }
  options.order = order == "count" ? FacetOrder::Count : FacetOrder::Alpha;
  return options;
}

std::vector<std::string> facet_attributes(const std::vector<std::string>& asked,
                                          const SegmentColumns& segments, const Settings& settings,
                                          ErrorCode code) {
  const AttributeNames filterable(filterable_names(settings)), wanted(asked);
  std::set<std::string> attributes;
  for (const std::string& name : asked) {
    const bool is_plain = filterable.covers(name);
    if (!is_plain && !fits_a_rule(name, settings)) fail_not_filterable(name, settings, code);
    if (is_plain && name.find('*') == name.npos) attributes.insert(name);
  }
  for (const ColumnSet* segment : segments) {
    for (std::string& name : segment->column_names())
      if (wanted.covers(name) && filterable.covers(name)) attributes.insert(std::move(name));
  }
  return {attributes.begin(), attributes.end()};
}

Facet count_facet(std::string_view attribute, const SegmentColumns& segments,
                  const std::vector<Bitmap>& matches, const FacetOptions& options) {
  std::vector<CountedValue> counted = count_values(find_columns(segments, attribute), matches);
  Facet facet;
  for (const CountedValue& entry : counted) {
    if (entry.value.kind != ValueKind::Number) break;
    if (!facet.min) facet.min = entry.value.number;
    facet.max = entry.value.number;
  }
  facet.values = joined_by_label(first_values(std::move(counted), options));
  keep_first(facet.values, options);
  return facet;
}

std::vector<FacetHit> find_facet_values(std::string_view attribute, const SegmentColumns& segments,
                                        const std::vector<Bitmap>& matches, const FacetOptions& options,
                                        const std::function<bool(std::string_view)>& fits) {
  std::vector<FacetHit> all = joined_by_label(count_values(find_columns(segments, attribute), matches));
  if (options.order == FacetOrder::Count) std::stable_sort(all.begin(), all.end(), more_often);
  std::vector<FacetHit> found;
  for (FacetHit& hit : all) {
    if (found.size() >= options.max_values) break;
    if (fits(hit.value)) found.push_back(std::move(hit));
  }
  return found;
}

FacetAnswer count_facets(const std::vector<std::string>& asked, const SegmentColumns& segments,
                         const std::vector<Bitmap>& matches, const Settings& settings,
                         RequestBudget& budget) {
  FacetAnswer answer;
  for (const std::string& attribute : facet_attributes(asked, segments, settings)) {
    budget.check();
    const Facet facet = count_facet(attribute, segments, matches, facet_options(settings, attribute));
    for (const FacetHit& hit : facet.values) budget.use_memory(kValueBytes + 2 * hit.value.size());
    append_field(answer.distribution, attribute, distribution_json(facet.values));
    if (facet.min) append_field(answer.stats, attribute, {{"min", *facet.min}, {"max", *facet.max}});
  }
  return answer;
}

}  // namespace nunmul
