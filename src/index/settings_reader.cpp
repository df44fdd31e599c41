// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/settings_reader.h"

#include <algorithm>

namespace nunmul {
namespace {

constexpr std::size_t kLongestQuotedValue = 200;  // bytes of a value that a message repeats

std::string short_dump(const Json& value) {
  std::string text = dump_json(value);
  if (text.size() <= kLongestQuotedValue) return text;
  std::size_t end = kLongestQuotedValue;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

}  // namespace

std::string SettingPlace::at() const { return path_.empty() ? "" : " at `" + path_ + "`"; }
std::string SettingPlace::inside() const { return path_.empty() ? "" : " inside `" + path_ + "`"; }

void SettingPlace::fail(const std::string& problem) const {
  throw Error(code_, "Invalid value" + at() + ": " + problem);
}

void SettingPlace::fail_type(std::string_view expected) const {
  std::string message = "Invalid value type" + at() + ": expected " + std::string(expected) + ", but found ";
  message += json_type_name(*value_);
  if (!is_null()) message += ": `" + short_dump(*value_) + "`";
  throw Error(code_, message);
}

std::string SettingPlace::text() const {
  if (!value_->is_string()) fail_type("a string");
  return value_->get<std::string>();
}

bool SettingPlace::boolean() const {
  if (!value_->is_boolean()) fail_type("a boolean");
  return value_->get<bool>();
}

std::uint32_t SettingPlace::number(std::uint32_t largest) const {
  if (!value_->is_number_integer()) fail_type("a positive integer");
  if (!value_->is_number_unsigned() && value_->get<std::int64_t>() < 0) fail_type("a positive integer");
  const auto number = value_->get<std::uint64_t>();
  if (number > largest) {
    fail("value: `" + std::to_string(number) + "` is too large to be accepted, maximum accepted is `" +
         std::to_string(largest) + "`");
  }
  return static_cast<std::uint32_t>(number);
}

std::vector<SettingPlace> SettingPlace::items() const {
  if (!value_->is_array()) fail_type("an array");
  std::vector<SettingPlace> items;
  items.reserve(value_->size());
  for (const Json& item : *value_) {
    items.emplace_back(item, path_ + "[" + std::to_string(items.size()) + "]", code_);
  }
  return items;
}

std::vector<std::string> SettingPlace::texts() const {
  std::vector<std::string> texts;
  for (const SettingPlace& item : items()) texts.push_back(item.text());
  return texts;
}

std::vector<std::string> SettingPlace::set_of_texts() const {
  std::vector<std::string> set = texts();
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return set;
}

std::string SettingPlace::choice(std::initializer_list<std::string_view> choices) const {
  const std::string word = text();
  if (std::find(choices.begin(), choices.end(), word) != choices.end()) return word;
  throw Error(code_, "Unknown value `" + word + "`" + at() + ": expected one of " + backquoted_list(choices));
}

void SettingPlace::for_each_field(
    std::initializer_list<std::string_view> fields,
    const std::function<void(std::string_view, const SettingPlace&)>& visit) const {
  if (!value_->is_object()) fail_type("an object");
  for (const auto& [name, field] : value_->items()) {
    if (fields.size() > 0 && std::find(fields.begin(), fields.end(), name) == fields.end()) {
      throw Error(code_,
                  "Unknown field `" + name + "`" + inside() + ": expected one of " + backquoted_list(fields));
    }
    visit(name, SettingPlace(field, path_ + "." + name, code_));
  }
}

SettingPlace SettingPlace::required(std::string_view name) const {
  if (!value_->is_object()) fail_type("an object");
  const auto field = value_->find(std::string(name));
  if (field == value_->end()) throw Error(code_, "Missing field `" + std::string(name) + "`" + inside());
  return SettingPlace(*field, path_ + "." + std::string(name), code_);
}

std::string backquoted_list(const std::vector<std::string_view>& names) {
  std::string list;
  for (const std::string_view name : names) {
    if (!list.empty()) list += ", ";
    list += '`';
    list += name;
    list += '`';
  }
  return list;
}

}  // namespace nunmul
