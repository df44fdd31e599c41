// SPDX-License-Identifier: GPL-2.0-or-later
// Which name or pattern of attributes fits a path, for many paths. A path costs one look-up for each of its
// levels and one comparison for each pattern with a star. So thousands of paths cost no more with thousands
// of names than with a few.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nunmul {

class AttributeNames {
 public:
  AttributeNames() = default;
  explicit AttributeNames(std::vector<std::string> names);

  // The place of the first name that covers the path as attribute_matches says.
  std::optional<std::uint32_t> first_match(std::string_view path) const;
  bool covers(std::string_view path) const { return first_match(path).has_value(); }
  // Whether a name is of something nested under the path.
  bool any_under(std::string_view path) const;

 private:
  using NamePlace = std::pair<std::string, std::uint32_t>;  // its place among those given
  std::optional<std::uint32_t> place_of(std::string_view name) const;

  std::vector<NamePlace> names_;     // all, sorted
  std::vector<NamePlace> patterns_;  // those that a star opens or closes, in the order given
};

// The path of what stands under `name` in the object at `path`; "" is the document itself.
inline std::string child_path(const std::string& path, const std::string& name) {
  return path.empty() ? name : path + "." + name;
}

}  // namespace nunmul
