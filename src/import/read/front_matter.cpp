// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/front_matter.h"

#include <algorithm>
#include <sstream>
#include <string>

#include <toml++/toml.h>

#include "base/ascii_text.h"
#include "base/error.h"
#include "import/read/yaml_fields.h"
#include "import/words/field_names.h"
#include "import/words/publication.h"

namespace nunmul {
namespace {

std::uint32_t line_of(std::string_view text, std::string_view part) {
  return static_cast<std::uint32_t>(
      std::count(text.begin(), text.begin() + (part.data() - text.data()), '\n') + 1);
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

Json to_json(const toml::node& node) {
  if (const toml::table* table = node.as_table()) {
    // It keeps its keys sorted; people expect them as they wrote them.
    std::vector<std::pair<toml::source_position, std::string_view>> keys;
    for (const auto& [key, value] : *table) keys.emplace_back(key.source().begin, key.str());
    std::stable_sort(keys.begin(), keys.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    Json object = Json::object();
    for (const auto& [place, key] : keys) object[std::string(key)] = to_json(*table->get(key));
    return object;
  }
  if (const toml::array* array = node.as_array()) {
    Json list = Json::array();
    for (const toml::node& value : *array) list.push_back(to_json(value));
    return list;
  }
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return number->get();
  if (const auto* number = node.as_floating_point()) return number->get();
  if (const auto* flag = node.as_boolean()) return flag->get();
  std::ostringstream date;
  node.visit([&date](const auto& value) {
    if constexpr (toml::is_chronological<decltype(value)>) date << value.get();
  });
  return date.str();
}

Json read_toml(std::string_view text, std::uint32_t first_line) {
  try {
    return to_json(toml::parse(text));
  } catch (const toml::parse_error& error) {
    throw Error(ErrorCode::InvalidInput, "line " +
                                             std::to_string(first_line + error.source().begin.line - 1) +
                                             ": broken TOML: " + std::string(error.description()));
  }
}

// Between two lines of the mark; YAML may end in "...", too.
std::optional<FrontMatter> read_between(std::string_view text, std::uint32_t line, std::string_view mark,
                                        Json (*read)(std::string_view, std::uint32_t)) {
  std::string_view rest = text;
  if (trimmed(take_line(rest), kBlanksAndNewlines) != mark) return std::nullopt;
  const std::string_view begin = rest;
  while (!rest.empty()) {
    const std::string_view last = take_line(rest);
    const std::string_view word = trimmed(last, kBlanksAndNewlines);
    if (word != mark && !(mark == "---" && word == "...")) continue;
    const auto length = static_cast<std::size_t>(last.data() - begin.data());
    return FrontMatter{read(begin.substr(0, length), line + 1), rest, 1};
  }
  return std::nullopt;
}

std::optional<FrontMatter> read_json_object(std::string_view text) {
  const std::size_t end = text.find("\n}");
  const bool is_object =
      text.starts_with('{') && trimmed(text.substr(1), kBlanksAndNewlines).starts_with('"');
  if (!is_object || end == std::string_view::npos) return std::nullopt;  // a shortcode begins so, too
  std::string_view rest = text.substr(end + 2);
  if (!trimmed(take_line(rest), kBlanksAndNewlines).empty()) return std::nullopt;
  try {
    return FrontMatter{parse_json(text.substr(0, end + 2)), rest, 1};
  } catch (const Error& error) {
    throw Error(ErrorCode::InvalidInput, std::string("line 1: ") + error.what());
  }
}

// "# Title", then lines such as "가수: 윤하", of which one at least has a name of ours or says whether the
// note is published, then the text.
std::optional<FrontMatter> read_properties(const WordLists& words, std::string_view text) {
  std::string_view rest = text;
  const std::string_view heading = take_line(rest);
  if (!heading.starts_with("# ")) return std::nullopt;
  FrontMatter found;
  found.fields = Json::object();
  found.fields["title"] = std::string(trimmed(heading.substr(2), kBlanksAndNewlines));
  while (!rest.empty() && trimmed(rest.substr(0, rest.find('\n')), kBlanksAndNewlines).empty())
    take_line(rest);
  bool known = false;
  while (!rest.empty()) {
    const std::string_view line = trimmed(take_line(rest), kBlanksAndNewlines);
    if (line.empty()) break;
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos || colon > 60) return std::nullopt;
    const std::string_view name = trimmed(line.substr(0, colon));
    const FieldName ours = find_field_name(words, name);
    known = known || !ours.field.empty() || is_publication_field(name);
    found.fields[std::string(ours.field.empty() ? name : ours.field)] =
        std::string(trimmed(line.substr(colon + 2)));
  }
  if (!known) return std::nullopt;
  found.body = rest;
  return found;
}

}  // namespace

std::optional<FrontMatter> read_front_matter(const WordLists& words, std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::string_view whole = text;
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  const std::uint32_t line = line_of(whole, text);
  auto found = read_between(text, line, "---", read_yaml);
  if (!found) found = read_between(text, line, "+++", read_toml);
  if (!found) found = read_json_object(text);
  if (!found) found = read_properties(words, text);
  if (!found) return std::nullopt;
  if (!found->fields.is_object())
    throw Error(ErrorCode::InvalidInput,
                "line " + std::to_string(line + 1) + ": the front matter holds no fields");
  found->body_line = line_of(whole, found->body);
  return found;
}

}  // namespace nunmul
