// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/words/field_names.h"

#include <algorithm>
#include <array>
#include <string>

#include "import/words/characters.h"

namespace nunmul {
namespace {

constexpr std::array<std::string_view, 7> kFields = {"title", "artist",  "rank",       "year",
                                                     "kind",  "section", "description"};

constexpr std::string_view kDigits = "0123456789";
constexpr std::size_t kMaxDigits = 4;  // of a rank or a year

// The index of the first row with this name, or their number.
std::size_t row_of(const WordLists& words, std::string_view name) {
  const auto& rows = words.field_names();
  const std::u32string key = compact(name);
  return static_cast<std::size_t>(
      std::find_if(rows.begin(), rows.end(), [&](const FieldNameRow& row) { return row.name == key; }) -
      rows.begin());
}

// The names in a list of artists: strings, or objects with a name each; "" for any other value.
std::string names_in(const Json& value) {
  std::string names;
  if (!value.is_array()) return names;
  for (const Json& one : value) {
    const Json& name = one.is_object() && one.contains("name") ? one["name"] : one;
    if (!name.is_string()) return "";
    names += (names.empty() ? "" : ", ") + name.get<std::string>();
  }
  return names;
}

// The field that can stand for ours, by the first row; "" if none can or ours is there.
std::string stand_in(const WordLists& words, const Json& fields, std::string_view ours) {
  std::string name;
  std::size_t best = words.field_names().size();
  if (fields.contains(std::string(ours))) return name;
  for (const auto& [other, value] : fields.items()) {
    const std::size_t row = row_of(words, other);
    if (row >= best || words.field_names()[row].field != ours || (ours == "title" && !value.is_string()))
      continue;
    if (value.is_structured() && (ours != "artist" || names_in(value).empty())) continue;
    best = row;
    name = other;
  }
  return name;
}

// "3위" and "2014年" are numbers; more than one number in a text is none.
void make_number(Json& value) {
  if (!value.is_string()) return;
  const std::string& text = value.get_ref<const std::string&>();
  const std::size_t begin = text.find_first_of(kDigits);
  if (begin == std::string::npos) return;
  const std::size_t end = std::min(text.find_first_not_of(kDigits, begin), text.size());
  if (end - begin > kMaxDigits || text.find_first_of(kDigits, end) != std::string::npos) return;
  value = std::stoi(text.substr(begin, end - begin));
}

}  // namespace

FieldName find_field_name(const WordLists& words, std::string_view name) {
  const auto& rows = words.field_names();
  const std::size_t row = row_of(words, name);
  return row < rows.size() ? FieldName{rows[row].field, rows[row].kind} : FieldName{};
}

Json with_our_names(const WordLists& words, Json fields) {
  if (fields.contains("title")) return fields;
  std::array<std::string, kFields.size()> stand_ins;
  for (std::size_t i = 0; i < kFields.size(); ++i) stand_ins[i] = stand_in(words, fields, kFields[i]);
  if (stand_ins[0].empty()) return fields;
  Json named = Json::object();
  std::string_view kind;
  for (auto& [name, value] : fields.items()) {
    std::string_view ours = name;
    for (std::size_t i = 0; i < kFields.size(); ++i) {
      if (stand_ins[i] != name) continue;
      ours = kFields[i];
      if (kind.empty()) kind = find_field_name(words, name).kind;
    }
    if (ours != name && (ours == "rank" || ours == "year")) make_number(value);
    if (ours != name && value.is_array()) value = names_in(value);
    append_field(named, std::string(ours), std::move(value));
  }
  if (!named.contains("kind") && !kind.empty()) named["kind"] = kind;
  return named;
}

}  // namespace nunmul
