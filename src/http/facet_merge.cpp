// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/facet_merge.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <vector>

namespace nunmul {
namespace {

std::optional<double> as_number(const std::string& text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Numbers ascending, then text.
bool alphabetically(const std::string& a, const std::string& b) {
  const auto x = as_number(a), y = as_number(b);
  if (x && y) return *x < *y;
  if (x || y) return x.has_value();
  return a < b;
}

// The values that stand at a dotted path: a key with dots in it, or a way through objects and arrays.
void collect(const Json& value, std::string_view path, std::vector<const Json*>& found) {
  if (value.is_array()) {
    for (const Json& item : value) collect(item, path, found);
    return;
  }
  if (path.empty()) {
    found.push_back(&value);
    return;
  }
  if (!value.is_object()) return;
  for (const auto& [name, inner] : value.items()) {
    if (path == name)
      collect(inner, {}, found);
    else if (path.size() > name.size() && path.substr(0, name.size()) == name && path[name.size()] == '.')
      collect(inner, path.substr(name.size() + 1), found);
  }
}

void widen(Json& stats, const std::string& facet, const Json& least, const Json& greatest) {
  if (!stats.contains(facet)) {
    stats[facet] = {{"min", least}, {"max", greatest}};
    return;
  }
  Json& range = stats[facet];
  if (*number_value(least) < *number_value(range["min"])) range["min"] = least;
  if (*number_value(greatest) > *number_value(range["max"])) range["max"] = greatest;
}

}  // namespace

std::string facet_value_order(const Settings& settings, const std::string& facet) {
  std::string order = "alpha";
  for (const auto& [name, by] : settings.sort_facet_values_by) {
    if (name == facet) return by;
    if (name == "*") order = by;
  }
  return order;
}

Json ordered_facet_values(const Json& values, const std::string& order, std::size_t most) {
  std::vector<std::pair<std::string, std::uint64_t>> rows;
  for (const auto& [value, count] : values.items()) rows.emplace_back(value, count.get<std::uint64_t>());
  std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
    if (order == "count" && a.second != b.second) return a.second > b.second;
    return alphabetically(a.first, b.first);
  });
  if (rows.size() > most) rows.resize(most);
  Json ordered = Json::object();
  for (auto& [value, count] : rows) ordered[value] = count;
  return ordered;
}

void add_facet_distribution(Json& total, const Json& distribution) {
  for (const auto& [facet, values] : distribution.items()) {
    Json& sum = total[facet];
    if (sum.is_null()) sum = Json::object();
    for (const auto& [value, count] : values.items())
      sum[value] = sum.value(value, std::uint64_t{0}) + count.get<std::uint64_t>();
  }
}

void add_facet_stats(Json& total, const Json& stats) {
  for (const auto& [facet, range] : stats.items()) widen(total, facet, range["min"], range["max"]);
}

void count_facet_values(Json& values, Json& stats, const Json& document, const std::string& facet) {
  std::vector<const Json*> found;
  collect(document, facet, found);
  std::set<std::string> seen;
  for (const Json* value : found) {
    if (value->is_null() || value->is_object()) continue;
    const std::string text = value->is_string() ? value->get<std::string>() : dump_json(*value);
    if (const auto number = number_value(*value)) widen(stats, facet, *number, *number);
    if (seen.insert(text).second) values[text] = values.value(text, std::uint64_t{0}) + 1;
  }
}

}  // namespace nunmul
