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

#include "base/error.h"
#include "base/json.h"

namespace nunmul {

//   kind    JSON                                 query
//   Text    a string                             the text
//   Count   an integer from 0                    decimal digits
//   Number  any number                           a number
//   Flag    a boolean                            `true` or `false`
//   Texts   an array of strings                  items between commas
//   Ids     an array of strings and integers     items between commas
//   Filter  a string or an array                 an expression, or a JSON array as text
//   Object  an object
//   Array   an array of anything
//   Any     anything                             the text
//   Immutable  nothing: the field is known, and may not be sent
enum class FieldKind { Text, Count, Number, Flag, Texts, Ids, Filter, Object, Array, Any, Immutable };

// What `null` is to a field: as if it were left out, or a value of its own.
enum class Null { Absent, Value };

struct Field {
  std::string_view name;
  FieldKind kind = FieldKind::Any;
  ErrorCode invalid = ErrorCode::BadRequest;
  std::string_view doc;
  std::optional<ErrorCode> missing = std::nullopt;  // the code when it is left out; it may be if none
  Null null = Null::Absent;
};

// Where a value stands, as messages name it: ".queries[1].limit" in a body, "limit" in a query.
class Place {
 public:
  static Place body() { return Place("", false); }
  static Place parameter(std::string_view name) { return Place(std::string(name), true); }

  Place field(std::string_view name) const { return Place(path_ + "." + std::string(name), parameter_); }
  Place item(std::size_t index) const { return Place(path_ + "[" + std::to_string(index) + "]", parameter_); }

  bool in_query() const { return parameter_; }
  const std::string& path() const { return path_; }
  // " at `.limit`", " in parameter `limit`", or "" for a whole body.
  std::string phrase() const;

 private:
  Place(std::string path, bool parameter) : path_(std::move(path)), parameter_(parameter) {}

  std::string path_;
  bool parameter_ = false;
};

// "Invalid value at `.limit`: WHY" and, for values of another type, "Invalid value type at `.limit`:
// expected EXPECTED, but found a string: `"x"`".
[[noreturn]] void reject_value(ErrorCode code, const Place& place, const std::string& why);
[[noreturn]] void reject_type(ErrorCode code, const Place& place, std::string_view expected,
                              const Json& found);

// "`a`, `b`, `c`".
std::string listed(std::span<const std::string_view> names);
// The names of a table's fields that may be sent.
std::string listed(std::span<const Field> table);

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

  // Of one of the fields, for messages.
  Place place(std::string_view name) const;

 private:
  Place place_;
  std::vector<std::pair<std::string, Json>> values_;
};

}  // namespace nunmul
