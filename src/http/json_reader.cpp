// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/json_reader.h"

#include <algorithm>
#include <vector>

namespace nunmul {
namespace {

void check_missing(const Fields& fields, std::span<const Field> table, const Place& place) {
  for (const Field& field : table) {
    if (!field.missing ||
        (field.null == Null::Value ? fields.given(field.name) : fields.find(field.name) != nullptr))
      continue;
    reject_missing(*field.missing, place, field.name);
  }
}

}  // namespace

void refuse_network(const Json& value, const Place& place) {
  if (value.is_null()) return;
  check_kind(value, kNetworkFlag.kind, kNetworkFlag.invalid, place);
  if (value == true) throw Error(ErrorCode::FeatureNotEnabled, "`useNetwork` is not offered by this server.");
}

Fields read_object(const Json& object, std::span<const Field> table, const Place& place,
                   ErrorCode not_object) {
  check_kind(object, FieldKind::Object, not_object, place);
  Fields fields(place);
  for (const auto& [name, value] : object.items()) {
    if (name == kNetworkFlag.name) {
      refuse_network(value, place.field(name));
      continue;
    }
    const auto row = std::find_if(table.begin(), table.end(),
                                  [&name = name](const Field& field) { return field.name == name; });
    if (row == table.end()) reject_field(ErrorCode::BadRequest, place, name, names_of(table));
    if (row->kind == FieldKind::Immutable)
      reject_field(row->invalid, place, name, names_of(table), "Immutable");
    if (!value.is_null()) check_kind(value, row->kind, row->invalid, place.field(name));
    fields.add(name, value);
  }
  check_missing(fields, table, place);
  return fields;
}

}  // namespace nunmul
