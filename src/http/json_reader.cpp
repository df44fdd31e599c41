// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/json_reader.h"

#include <algorithm>
#include <vector>

namespace nunmul {
namespace {

bool is_id(const Json& value) { return value.is_string() || value.is_number_integer(); }

void check_items(const Json& value, bool (*fits)(const Json&), std::string_view expected, ErrorCode code,
                 const Place& place) {
  if (!value.is_array()) reject_type(code, place, "an array", value);
  for (std::size_t i = 0; i < value.size(); ++i)
    if (!fits(value[i])) reject_type(code, place.item(i), expected, value[i]);
}

// " inside `.queries[1]`", or "" for a whole body.
std::string inside(const Place& place) {
  return place.path().empty() ? "" : " inside `" + place.path() + "`";
}

[[noreturn]] void reject_unknown(std::string_view name, std::span<const Field> table, const Place& place) {
  throw Error(ErrorCode::BadRequest, "Unknown field `" + std::string(name) + "`" + inside(place) +
                                         ": expected one of " + listed(table));
}

[[noreturn]] void reject_immutable(const Field& field, std::span<const Field> table, const Place& place) {
  throw Error(field.invalid, "Immutable field `" + std::string(field.name) + "`" + inside(place) +
                                 ": expected one of " + listed(table));
}

void check_missing(const Fields& fields, std::span<const Field> table, const Place& place) {
  for (const Field& field : table) {
    if (!field.missing ||
        (field.null == Null::Value ? fields.given(field.name) : fields.find(field.name) != nullptr))
      continue;
    throw Error(*field.missing, "Missing field `" + std::string(field.name) + "`" + inside(place));
  }
}

}  // namespace

void check_kind(const Json& value, FieldKind kind, ErrorCode code, const Place& place) {
  switch (kind) {
    case FieldKind::Text:
      if (!value.is_string()) reject_type(code, place, "a string", value);
      return;
    case FieldKind::Count:
      if (!value.is_number_integer() || (!value.is_number_unsigned() && value.get<std::int64_t>() < 0))
        reject_type(code, place, "a positive integer", value);
      return;
    case FieldKind::Number:
      if (!number_value(value)) reject_type(code, place, "a number", value);
      return;
    case FieldKind::Flag:
      if (!value.is_boolean()) reject_type(code, place, "a boolean", value);
      return;
    case FieldKind::Texts:
      check_items(
          value, [](const Json& item) { return item.is_string(); }, "a string", code, place);
      return;
    case FieldKind::Ids:
      check_items(value, is_id, "a string or an integer", code, place);
      return;
    case FieldKind::Filter:
      if (!value.is_string() && !value.is_array()) reject_type(code, place, "a string or an array", value);
      return;
    case FieldKind::Object:
      if (!value.is_object()) reject_type(code, place, "an object", value);
      return;
    case FieldKind::Array:
      if (!value.is_array()) reject_type(code, place, "an array", value);
      return;
    case FieldKind::Any:
    case FieldKind::Immutable:
      return;
  }
}

void refuse_network(const Json& value, const Place& place) {
  if (value.is_null()) return;
  check_kind(value, kNetworkFlag.kind, kNetworkFlag.invalid, place);
  if (value == true) throw Error(ErrorCode::FeatureNotEnabled, "`useNetwork` is not offered by this server.");
}

Fields read_object(const Json& object, std::span<const Field> table, const Place& place,
                   ErrorCode not_object) {
  if (!object.is_object()) reject_type(not_object, place, "an object", object);
  Fields fields(place);
  for (const auto& [name, value] : object.items()) {
    if (name == kNetworkFlag.name) {
      refuse_network(value, place.field(name));
      continue;
    }
    const auto row = std::find_if(table.begin(), table.end(),
                                  [&name = name](const Field& field) { return field.name == name; });
    if (row == table.end()) reject_unknown(name, table, place);
    if (row->kind == FieldKind::Immutable) reject_immutable(*row, table, place);
    if (!value.is_null()) check_kind(value, row->kind, row->invalid, place.field(name));
    fields.add(name, value);
  }
  check_missing(fields, table, place);
  return fields;
}

}  // namespace nunmul
