// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/cldr_names.h"

#include <algorithm>
#include <map>

namespace nunmul {
namespace {

// What stands between `begin` and `end`, and takes it off the text; empty if it does not stand there.
std::string_view take_between(std::string_view& text, std::string_view begin, std::string_view end) {
  const std::size_t from = text.find(begin);
  if (from == std::string_view::npos) return text = {};
  text.remove_prefix(from + begin.size());
  const std::size_t length = text.find(end);
  if (length == std::string_view::npos) return text = {};
  const std::string_view between = text.substr(0, length);
  text.remove_prefix(length);
  return between;
}

// By element and type. Short and other forms of a name come behind the first.
using Names = std::multimap<std::string, std::string, std::less<>>;

void add_elements(std::string_view xml, std::string_view element, Names& names) {
  const std::string begin = "<" + std::string(element) + " type=\"", end = "</" + std::string(element) + ">";
  while (!xml.empty()) {
    const std::string_view type = take_between(xml, begin, "\"");
    const std::string_view name = take_between(xml, ">", end);
    if (!type.empty() && !name.empty())
      names.emplace(std::string(element).append(" ").append(type), std::string(name));
  }
}

void add_cities(std::string_view xml, Names& names) {
  while (!xml.empty()) {
    const std::string_view zone = take_between(xml, "<zone type=\"", "\"");
    std::string_view inside = take_between(xml, ">", "</zone>");
    const std::string_view city = take_between(inside, "<exemplarCity>", "</exemplarCity>");
    if (!zone.empty() && !city.empty()) names.emplace("zone " + std::string(zone), std::string(city));
  }
}

Names names_of(std::string_view xml) {
  Names names;
  add_elements(xml, "language", names);
  add_elements(xml, "territory", names);
  add_cities(xml, names);
  return names;
}

// The last part of the name of a zone.
std::string city_of(std::string_view zone) {
  std::string city(zone.substr(zone.rfind('/') + 1));
  std::replace(city.begin(), city.end(), '_', ' ');
  return city;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> paired_names(std::string_view xml,
                                                              std::string_view english_xml) {
  const Names english = names_of(english_xml);
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& [key, name] : names_of(xml)) {
    const auto [first, last] = english.equal_range(key);
    for (auto other = first; other != last; ++other) pairs.emplace_back(name, other->second);
    if (first == last && key.starts_with("zone ")) pairs.emplace_back(name, city_of(key));
  }
  return pairs;
}

}  // namespace nunmul
