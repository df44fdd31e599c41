// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/json_path.h"

#include <string>

namespace nunmul {
namespace {

void gather(const Json& value, std::string_view path, std::vector<const Json*>& found) {
  if (value.is_array()) {
    for (const Json& item : value) gather(item, path, found);
    return;
  }
  if (!value.is_object()) return;
  const auto dot = path.find('.');
  const std::string_view first = path.substr(0, dot);
  for (const auto& [name, field] : value.items()) {
    if (name == path) {
      found.push_back(&field);
    } else if (dot != path.npos && name == first) {
      gather(field, path.substr(dot + 1), found);
    }
  }
}

}  // namespace

std::vector<const Json*> values_at(const Json& document, std::string_view path) {
  std::vector<const Json*> found;
  if (document.is_object()) gather(document, path, found);
  return found;
}

}  // namespace nunmul
