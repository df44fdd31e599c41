// SPDX-License-Identifier: GPL-2.0-or-later
// JSON in and out. Objects keep the order of their keys. A number that neither 64-bit integers nor a
// double can carry unchanged keeps its text, so that what a client sent comes back as it was.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace nunmul {

using Json = nlohmann::ordered_json;

struct JsonLimits {
  std::size_t max_depth = 200;         // nested arrays and objects
  std::size_t max_nodes = 10'000'000;  // values in all
  std::size_t max_bytes =
      static_cast<std::size_t>(-1);  // memory of the value, against texts such as [{},{},{}]
};

// The value of a whole text. Throws Error(MalformedPayload) that says what is wrong and at which
// line and column, and Error(PayloadTooLarge) beyond max_bytes. Of a repeated key the last one counts.
Json parse_json(std::string_view text, const JsonLimits& limits = {});

// One line without spaces. Invalid UTF-8 becomes U+FFFD; never throws for what parse_json made.
std::string dump_json(const Json& value);

// Puts a field that the object does not have behind the others. operator[] looks at each of those first,
// which objects of many fields cannot afford.
void append_field(Json& object, std::string name, Json value);

// A number kept as its text (see above), and that text. Such a value is no is_number().
Json exact_number(std::string text);
std::optional<std::string_view> exact_number_text(const Json& value);

// The value as a double if it is a number, exact or not.
std::optional<double> number_value(const Json& value);

// null for nothing.
template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

// "a string", "an array" …, as error messages name the type of a value.
std::string_view json_type_name(const Json& value);

}  // namespace nunmul
