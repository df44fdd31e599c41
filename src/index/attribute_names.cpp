// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/attribute_names.h"

#include <algorithm>

#include "index/settings.h"

namespace nunmul {
namespace {

using NamePlace = std::pair<std::string, std::uint32_t>;

bool stands_before(const NamePlace& name, std::string_view text) { return name.first < text; }

}  // namespace

AttributeNames::AttributeNames(std::vector<std::string> names) {
  for (std::string& name : names) {
    const auto place = static_cast<std::uint32_t>(names_.size());
    if (name.starts_with('*') || name.ends_with('*')) patterns_.emplace_back(name, place);
    names_.emplace_back(std::move(name), place);
  }
  std::sort(names_.begin(), names_.end());
}

std::optional<std::uint32_t> AttributeNames::place_of(std::string_view name) const {
  const auto found = std::lower_bound(names_.begin(), names_.end(), name, stands_before);
  if (found == names_.end() || found->first != name) return std::nullopt;
  return found->second;
}

std::optional<std::uint32_t> AttributeNames::first_match(std::string_view path) const {
  std::optional<std::uint32_t> first;
  for (std::size_t at = 0; at <= path.size(); ++at) {
    if (at < path.size() && path[at] != '.') continue;
    const auto place = place_of(path.substr(0, at));
    if (place && (!first || *place < *first)) first = place;
  }
  for (const auto& [pattern, place] : patterns_) {
    if (first && *first < place) break;
    if (attribute_matches(pattern, path)) return place;
  }
  return first;
}

bool AttributeNames::any_under(std::string_view path) const {
  const std::string begin = std::string(path) + '.';
  const auto found = std::lower_bound(names_.begin(), names_.end(), begin, stands_before);
  return found != names_.end() && found->first.starts_with(begin);
}

}  // namespace nunmul
