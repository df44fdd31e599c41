// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/field.h"

#include <algorithm>
#include <limits>

namespace nunmul {
std::vector<std::string_view> names_of(std::span<const Field> table) {
  std::vector<std::string_view> names;
  for (const Field& field : table)
    if (field.kind != FieldKind::Immutable) names.push_back(field.name);
  return names;
}

bool Fields::given(std::string_view name) const {
  return std::any_of(values_.begin(), values_.end(), [&](const auto& row) { return row.first == name; });
}

const Json* Fields::find(std::string_view name) const {
  for (const auto& [known, value] : values_)
    if (known == name) return value.is_null() ? nullptr : &value;
  return nullptr;
}

std::optional<std::string> Fields::text(std::string_view name) const {
  const Json* value = find(name);
  if (!value) return std::nullopt;
  return value->get<std::string>();
}

std::optional<std::uint32_t> Fields::count(std::string_view name) const {
  const Json* value = find(name);
  if (!value) return std::nullopt;
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(value->get<std::uint64_t>(), std::numeric_limits<std::uint32_t>::max()));
}

std::optional<double> Fields::number(std::string_view name) const {
  const Json* value = find(name);
  return value ? number_value(*value) : std::nullopt;
}

bool Fields::flag(std::string_view name, bool otherwise) const {
  const Json* value = find(name);
  return value ? value->get<bool>() : otherwise;
}

std::optional<std::vector<std::string>> Fields::texts(std::string_view name) const {
  const Json* value = find(name);
  if (!value) return std::nullopt;
  return value->get<std::vector<std::string>>();
}

Place Fields::place(std::string_view name) const {
  return place_.in_query() ? Place::parameter(name) : place_.field(name);
}

}  // namespace nunmul
