// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/overrides.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/csv_records.h"
#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "import/read/csv_reader.h"
#include "import/words/characters.h"

namespace nunmul {
namespace {

std::optional<std::string> text_field(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

constexpr std::string_view kColumns[] = {"heading", "title", "artist", "kind",
                                         "skip",    "check", "other",  "place"};
constexpr std::string_view kReportHeader = "heading,title,artist,kind,check,other,place";
constexpr std::string_view kEntryKinds[] = {"song", "film", "drama", "other"};

bool is_one_of(const auto& table, std::string_view word) {
  return std::find(std::begin(table), std::end(table), word) != std::end(table);
}

std::string listed(const auto& table) {
  std::string names;
  for (const std::string_view name : table) names += (names.empty() ? "" : ", ") + std::string(name);
  return names;
}

// A name that nobody reads is a decision that would be lost.
void check_override(const Json& object) {
  for (const auto& [name, value] : object.items()) {
    if (!is_one_of(kColumns, name))
      throw Error(ErrorCode::InvalidInput, "\"" + name + "\" is not one of " + listed(kColumns) + ".");
    if (name == "kind" && !(value.is_string() && is_one_of(kEntryKinds, value.get<std::string>())))
      throw Error(ErrorCode::InvalidInput,
                  "the kind " + dump_json(value) + " is not one of " + listed(kEntryKinds) + ".");
  }
}

Override read_override(const Json& object) {
  Override settled{text_field(object, "title"), text_field(object, "artist"), text_field(object, "kind"),
                   false};
  const auto skip = object.find("skip");
  settled.skip = skip != object.end() && (*skip == true || *skip == "true" || *skip == "1" || *skip == "yes");
  return settled;
}

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& what) {
  throw Error(ErrorCode::InvalidInput, "Overrides file " + file.string() + ": " + what);
}

// Whether the first row is one of a report's table: as many cells, and none of them names a column.
bool is_row_of_report(std::string_view text) {
  CsvRecords records(',', CsvRecords::Quotes::AtStart);
  records.read(text);
  if (!records.ended()) records.finish();
  const std::vector<std::string>& cells = records.cells();
  return records.ended() && std::find(cells.begin(), cells.end(), "heading") == cells.end() &&
         cells.size() ==
             static_cast<std::size_t>(std::count(kReportHeader.begin(), kReportHeader.end(), ',')) + 1;
}

Json read_rows(std::string_view file_text) {
  Json table = Json::array();
  const WordLists none;  // our own names only
  std::string text(file_text);
  if (is_row_of_report(file_text)) text.insert(0, std::string(kReportHeader) + "\n");
  CsvReader rows(none, text, find_csv_delimiter(text));
  while (auto row = rows.next()) table.push_back(std::move(row->fields));
  for (const CsvFault& fault : rows.faults())
    throw Error(ErrorCode::InvalidInput, "Line " + std::to_string(fault.line) + ": " + fault.message + ".");
  return table;
}

// Errors name the file.
template <typename Read>
Json read_table(const std::filesystem::path& file, Read&& read) {
  try {
    return read();
  } catch (const Error& error) {
    fail(file, error.what());
  }
}

}  // namespace

Overrides::Overrides(const std::filesystem::path& file) {
  if (file.empty()) return;
  const std::string text = read_file(file);
  const std::size_t start = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  Json table = Json::array();
  if (start != std::string::npos && (text[start] == '{' || text[start] == '[')) {
    table = read_table(file, [&] { return parse_json(std::string_view(text).substr(start)); });
  } else if (start != std::string::npos) {
    table = read_table(file, [&] { return read_rows(text); });
  }
  if (table.is_object()) {
    for (const auto& [heading, value] : table.items()) {
      if (!value.is_object())
        fail(file, "heading \"" + heading + "\": an object was expected, found " +
                       std::string(json_type_name(value)) + ".");
      add(file, heading, value);
    }
    return;
  }
  for (const Json& row : table) {
    const auto heading = row.is_object() ? text_field(row, "heading") : std::nullopt;
    if (!heading) fail(file, "a row without \"heading\": " + dump_json(row));
    add(file, *heading, row);
  }
}

void Overrides::add(const std::filesystem::path& file, const std::string& heading, const Json& object) {
  try {
    check_override(object);
  } catch (const Error& error) {
    fail(file, "heading \"" + heading + "\": " + error.what());
  }
  by_heading_[compact(heading)] = read_override(object);
}

const Override* Overrides::find(std::u32string_view heading) const {
  const auto found = by_heading_.find(compact(heading));
  return found == by_heading_.end() ? nullptr : &found->second;
}

}  // namespace nunmul
