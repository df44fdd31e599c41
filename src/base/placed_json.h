// SPDX-License-Identifier: GPL-2.0-or-later
// Reads untrusted JSON. A value comes with its place, so that each error names the place, what was expected
// and what was found. Settings, request bodies and lines of dumps are read this way.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace nunmul {

// Where a value stands, as messages name it: ".queries[1].limit" in a body, "limit" in a query.
class Place {
 public:
  static Place body() { return Place("", false); }
  static Place parameter(std::string_view name) { return Place(std::string(name), true); }

  Place field(std::string_view name) const { return Place(path_ + "." + std::string(name), parameter_); }
  Place item(std::size_t index) const { return Place(path_ + "[" + std::to_string(index) + "]", parameter_); }

  bool in_query() const { return parameter_; }
  // " at `.limit`", " in parameter `limit`", or "" for a whole body.
  std::string phrase() const;
  // " inside `.queries[1]`", or "" for a whole body.
  std::string inside() const;

 private:
  Place(std::string path, bool parameter) : path_(std::move(path)), parameter_(parameter) {}

  std::string path_;
  bool parameter_ = false;
};

//   Text    a string
//   Count   an integer from 0
//   Number  any number
//   Flag    a boolean
//   Texts   an array of strings
//   Ids     an array of strings and integers
//   Filter  a string or an array
//   Object  an object
//   Array   an array of anything
//   Any     anything
//   Immutable  nothing: the field is known, and may not be sent
enum class FieldKind { Text, Count, Number, Flag, Texts, Ids, Filter, Object, Array, Any, Immutable };

// Throws unless the value is of the kind.
void check_kind(const Json& value, FieldKind kind, ErrorCode code, const Place& place);

// "Invalid value at `.limit`: WHY" and, for values of another type, "Invalid value type at `.limit`:
// expected EXPECTED, but found a string: `"x"`".
[[noreturn]] void reject_value(ErrorCode code, const Place& place, const std::string& why);
[[noreturn]] void reject_type(ErrorCode code, const Place& place, std::string_view expected,
                              const Json& found);
// "Unknown field `x` inside `.queries[1]`: expected one of `a`, `b`"; `fault` may be another than Unknown.
[[noreturn]] void reject_field(ErrorCode code, const Place& place, std::string_view name,
                               std::span<const std::string_view> known, std::string_view fault = "Unknown");
[[noreturn]] void reject_missing(ErrorCode code, const Place& place, std::string_view name);

// "`a`, `b`, `c`".
std::string listed(std::span<const std::string_view> names);

// A value, its place, and the code that its failures carry. The value outlives this.
class PlacedJson {
 public:
  PlacedJson(const Json& value, ErrorCode code, Place place = Place::body())
      : value_(&value), code_(code), place_(std::move(place)) {}

  const Json& value() const { return *value_; }
  bool is_null() const { return value_->is_null(); }

  // The value as that type; throws else.
  std::string text() const;
  bool boolean() const;
  std::uint32_t number(std::uint32_t largest = UINT32_MAX) const;  // from 0
  std::vector<std::string> texts() const;                          // an array of strings
  std::vector<std::string> set_of_texts() const;                   // likewise, sorted, each once
  // One of a few words.
  std::string choice(std::initializer_list<std::string_view> choices) const;

  std::vector<PlacedJson> items() const;  // of an array
  // Calls for each field of an object, whose name must be one of `fields` unless that is empty.
  void for_each_field(
      std::initializer_list<std::string_view> fields,
      const std::function<void(std::string_view name, const PlacedJson&)>& visit = nullptr) const;
  // A field of an object that must be there.
  PlacedJson required(std::string_view name) const;

  [[noreturn]] void fail(const std::string& problem) const { reject_value(code_, place_, problem); }

 private:
  const Json& checked(FieldKind kind) const;

  const Json* value_;
  ErrorCode code_;
  Place place_;
};

}  // namespace nunmul
