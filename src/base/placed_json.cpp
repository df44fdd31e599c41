// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/placed_json.h"

#include <algorithm>

#include "base/utf8.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxShownBytes = 200;  // of a value that a message repeats

bool is_id(const Json& value) { return value.is_string() || value.is_number_integer(); }
bool is_text(const Json& value) { return value.is_string(); }

bool is_count(const Json& value) {
  return value.is_number_unsigned() || (value.is_number_integer() && value.get<std::int64_t>() >= 0);
}

void check_items(const Json& value, bool (*fits)(const Json&), std::string_view expected, ErrorCode code,
                 const Place& place) {
  check_kind(value, FieldKind::Array, code, place);
  for (std::size_t i = 0; i < value.size(); ++i)
    if (!fits(value[i])) reject_type(code, place.item(i), expected, value[i]);
}

}  // namespace

std::string Place::phrase() const {
  if (parameter_) return " in parameter `" + path_ + "`";
  return path_.empty() ? "" : " at `" + path_ + "`";
}

std::string Place::inside() const { return path_.empty() ? "" : " inside `" + path_ + "`"; }

void check_kind(const Json& value, FieldKind kind, ErrorCode code, const Place& place) {
  const auto require = [&](bool fits, std::string_view expected) {
    if (!fits) reject_type(code, place, expected, value);
  };
  switch (kind) {
    case FieldKind::Text:
      return require(value.is_string(), "a string");
    case FieldKind::Count:
      return require(is_count(value), "a positive integer");
    case FieldKind::Number:
      return require(number_value(value).has_value(), "a number");
    case FieldKind::Flag:
      return require(value.is_boolean(), "a boolean");
    case FieldKind::Texts:
      return check_items(value, is_text, "a string", code, place);
    case FieldKind::Ids:
      return check_items(value, is_id, "a string or an integer", code, place);
    case FieldKind::Filter:
      return require(value.is_string() || value.is_array(), "a string or an array");
    case FieldKind::Object:
      return require(value.is_object(), "an object");
    case FieldKind::Array:
      return require(value.is_array(), "an array");
    case FieldKind::Any:
    case FieldKind::Immutable:
      return;
  }
}

void reject_value(ErrorCode code, const Place& place, const std::string& why) {
  throw Error(code, "Invalid value" + place.phrase() + ": " + why);
}

void reject_type(ErrorCode code, const Place& place, std::string_view expected, const Json& found) {
  std::string message =
      "Invalid value type" + place.phrase() + ": expected " + std::string(expected) + ", but found ";
  message += json_type_name(found);
  if (!found.is_null()) message += ": `" + utf8_excerpt(dump_json(found), kMaxShownBytes) + "`";
  throw Error(code, message);
}

void reject_field(ErrorCode code, const Place& place, std::string_view name,
                  std::span<const std::string_view> known, std::string_view fault) {
  throw Error(code, std::string(fault) + " field `" + std::string(name) + "`" + place.inside() +
                        ": expected one of " + listed(known));
}

void reject_missing(ErrorCode code, const Place& place, std::string_view name) {
  throw Error(code, "Missing field `" + std::string(name) + "`" + place.inside());
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

const Json& PlacedJson::checked(FieldKind kind) const {
  check_kind(*value_, kind, code_, place_);
  return *value_;
}

std::string PlacedJson::text() const { return checked(FieldKind::Text).get<std::string>(); }

bool PlacedJson::boolean() const { return checked(FieldKind::Flag).get<bool>(); }

std::uint32_t PlacedJson::number(std::uint32_t largest) const {
  const auto number = checked(FieldKind::Count).get<std::uint64_t>();
  if (number > largest) {
    fail("value: `" + std::to_string(number) + "` is too large to be accepted, maximum accepted is `" +
         std::to_string(largest) + "`");
  }
  return static_cast<std::uint32_t>(number);
}

std::vector<PlacedJson> PlacedJson::items() const {
  std::vector<PlacedJson> items;
  items.reserve(checked(FieldKind::Array).size());
  for (const Json& item : *value_) items.emplace_back(item, code_, place_.item(items.size()));
  return items;
}

std::vector<std::string> PlacedJson::texts() const {
  return checked(FieldKind::Texts).get<std::vector<std::string>>();
}

std::vector<std::string> PlacedJson::set_of_texts() const {
  std::vector<std::string> set = texts();
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

std::string PlacedJson::choice(std::initializer_list<std::string_view> choices) const {
  const std::string word = text();
  if (std::find(choices.begin(), choices.end(), word) != choices.end()) return word;
  throw Error(code_, "Unknown value `" + word + "`" + place_.phrase() + ": expected one of " +
                         listed({choices.begin(), choices.end()}));
}

void PlacedJson::for_each_field(std::initializer_list<std::string_view> fields,
                                const std::function<void(std::string_view, const PlacedJson&)>& visit) const {
  const Json& object = checked(FieldKind::Object);
  for (const auto& [name, field] : object.items()) {
    if (fields.size() > 0 && std::find(fields.begin(), fields.end(), name) == fields.end())
      reject_field(code_, place_, name, {fields.begin(), fields.end()});
    if (visit) visit(name, PlacedJson(field, code_, place_.field(name)));
  }
}

PlacedJson PlacedJson::required(std::string_view name) const {
  const Json& object = checked(FieldKind::Object);
  const auto field = object.find(name);
  if (field == object.end()) reject_missing(code_, place_, name);
  return PlacedJson(*field, code_, place_.field(name));
}

}  // namespace nunmul
