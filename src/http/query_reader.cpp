// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/query_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "http/json_reader.h"
#include "http/text_fields.h"

namespace nunmul {
namespace {

[[noreturn]] void reject_text(const Field& field, std::string_view text, std::string_view expected) {
  reject_value(field.invalid, Place::parameter(field.name),
               "could not parse `" + std::string(text) + "` as " + std::string(expected));
}

// from_chars that takes the whole text or nothing.
template <typename Number>
std::optional<Number> parse_whole(std::string_view text) {
  Number value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

Json read_count(const Field& field, std::string_view text) {
  if (const auto value = parse_whole<std::uint64_t>(text)) return *value;
  reject_text(field, text, "a positive integer");
}

Json read_number(const Field& field, std::string_view text) {
  if (const auto value = parse_whole<double>(text); value && std::isfinite(*value)) return *value;
  reject_text(field, text, "a number");
}

Json read_flag(const Field& field, std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  reject_text(field, text, "a boolean, expected either `true` or `false`");
}

// An expression begins with anything but a bracket that also closes it.
Json read_filter(const Field& field, std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '[') return std::string(text);
  try {
    return parse_json(text);
  } catch (const Error& error) {
    reject_value(field.invalid, Place::parameter(field.name), error.what());
  }
}

Json read_value(const Field& field, const std::string& text) {
  switch (field.kind) {
    case FieldKind::Count:
      return read_count(field, text);
    case FieldKind::Number:
      return read_number(field, text);
    case FieldKind::Flag:
      return read_flag(field, text);
    case FieldKind::Texts:
    case FieldKind::Ids:
      return query_items(text);
    case FieldKind::Filter:
      return read_filter(field, text);
    default:
      return text;
  }
}

[[noreturn]] void reject_unknown(std::string_view name, std::span<const Field> table) {
  throw Error(ErrorCode::BadRequest, "Unknown parameter `" + std::string(name) + "`: expected " +
                                         (table.empty() ? "none" : "one of " + listed(names_of(table))));
}

}  // namespace

std::vector<std::string> query_items(std::string_view text) {
  std::vector<std::string> items;
  if (text.empty()) return items;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '(') ++depth;
    if (i < text.size() && text[i] == ')' && depth > 0) --depth;
    if (i < text.size() && (text[i] != ',' || depth > 0)) continue;
    items.emplace_back(trimmed(text.substr(begin, i - begin)));
    begin = i + 1;
  }
  return items;
}

Fields read_parameters(const HttpQuery& query, std::span<const Field> table) {
  std::map<std::string_view, Json> values;
  for (const auto& [name, text] : query) {
    if (name == kNetworkFlag.name) {
      refuse_network(read_flag(kNetworkFlag, text), Place::parameter(name));
      continue;
    }
    const auto row = std::find_if(table.begin(), table.end(),
                                  [&name = name](const Field& field) { return field.name == name; });
    if (row == table.end()) reject_unknown(name, table);
    values[row->name] = read_value(*row, text);
  }
  Fields fields(Place::parameter(""));
  for (auto& [name, value] : values) fields.add(name, std::move(value));
  for (const Field& field : table)
    if (field.missing && !fields.given(field.name))
      throw Error(*field.missing, "Missing parameter `" + std::string(field.name) + "`");
  return fields;
}

}  // namespace nunmul
