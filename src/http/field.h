// SPDX-License-Identifier: GPL-2.0-or-later
// The fields of a JSON body and the parameters of a query, as tables. One row says what a value is
// called, of which kind it is and which code answers a wrong one; the readers (json_reader,
// query_reader) and the OpenAPI description go by these rows alone.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/placed_json.h"

namespace nunmul {

// How the kinds are written in a query: Count in decimal digits, Number as one, Flag as `true` or `false`,
// Texts and Ids as items between commas, Filter as an expression or a JSON array, Text and Any as the text.

// The meaning of `null` for a field: as if it were left out, or a value of its own.
enum class Null { Absent, Value };

struct Field {
  std::string_view name;
  FieldKind kind = FieldKind::Any;
  ErrorCode invalid = ErrorCode::BadRequest;
  std::string_view doc;
  std::optional<ErrorCode> missing = std::nullopt;  // the code when it is left out; it may be if none
  Null null = Null::Absent;
};

// Those of a table's fields that may be sent.
std::vector<std::string_view> names_of(std::span<const Field> table);

// The values of a body or a query that has been checked against a table: every value is of its field's
// kind, and no field is there that the table does not name.
class Fields {
 public:
  Fields() : Fields(Place::body()) {}  // nothing was sent
  explicit Fields(Place place) : place_(std::move(place)) {}

  void add(std::string_view name, Json value) { values_.emplace_back(name, std::move(value)); }

  // Whether it was sent, even as null.
  bool given(std::string_view name) const;
  // The value, unless it was left out or null.
  const Json* find(std::string_view name) const;

  std::optional<std::string> text(std::string_view name) const;
  // Counts above 4,294,967,295 are cut to that: nothing here is so large.
  std::optional<std::uint32_t> count(std::string_view name) const;
  std::optional<double> number(std::string_view name) const;
  bool flag(std::string_view name, bool otherwise = false) const;
  std::optional<std::vector<std::string>> texts(std::string_view name) const;

  // The place of one of the fields, for messages.
  Place place(std::string_view name) const;

 private:
  Place place_;
  std::vector<std::pair<std::string, Json>> values_;
};

}  // namespace nunmul
