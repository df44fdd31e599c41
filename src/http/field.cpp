// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/field.h"

#include <algorithm>
#include <limits>

namespace nunmul {
namespace {

// A value as messages show it: its JSON text, cut where it is long.
std::string shown(const Json& value) {
  constexpr std::size_t kMost = 200;
  std::string text = dump_json(value);
  if (text.size() <= kMost) return text;
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

}  // namespace

std::string Place::phrase() const {
  if (parameter_) return " in parameter `" + path_ + "`";
  return path_.empty() ? "" : " at `" + path_ + "`";
}

void reject_value(ErrorCode code, const Place& place, const std::string& why) {
  throw Error(code, "Invalid value" + place.phrase() + ": " + why);
}

void reject_type(ErrorCode code, const Place& place, std::string_view expected, const Json& found) {
  std::string message =
      "Invalid value type" + place.phrase() + ": expected " + std::string(expected) + ", but found ";
  message += json_type_name(found);
  if (!found.is_null()) message += ": `" + shown(found) + "`";
  throw Error(code, message);
}

std::string listed(std::span<const std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += ", ";
    out += '`';
    out += name;
    out += '`';
  }
  return out;
}

std::string listed(std::span<const Field> table) {
  std::vector<std::string_view> names;
  for (const Field& field : table)
    if (field.kind != FieldKind::Immutable) names.push_back(field.name);
  return listed(names);
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
