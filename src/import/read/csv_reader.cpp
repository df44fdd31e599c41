// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/csv_reader.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/ascii_text.h"
#include "base/document_limit.h"
#include "base/error.h"
#include "import/words/field_names.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxCaptionRows = 5;

// Fields that are read as text, whatever stands in them and whatever they are called: a song may be 1979.
constexpr std::string_view kTextFields[] = {"id",   "title",   "name",    "artist",      "alias",
                                            "kind", "heading", "section", "description", "source"};

bool is_text_field(const WordLists& words, std::string_view name) {
  if (const std::string_view known = find_field_name(words, name).field; !known.empty())
    return known != "rank" && known != "year";
  return std::any_of(std::begin(kTextFields), std::end(kTextFields), [&](std::string_view field) {
    return name == field || (name.starts_with(field) && name[field.size()] == '_');
  });
}

// "1,234" as spreadsheets write it becomes "1234"; all else stays.
std::string without_thousands(std::string_view cell) {
  const std::size_t first = cell.find(',');
  const std::size_t digits = cell.starts_with('-') ? 1 : 0;
  if (first == cell.npos || first == digits || first - digits > 3) return std::string(cell);
  std::string number(cell.substr(0, first));
  std::size_t at = first;
  for (; at < cell.size() && cell[at] == ','; at += 4) {
    const std::string_view group = cell.substr(at + 1, 3);
    if (group.size() < 3 || group.find_first_not_of("0123456789") != group.npos) return std::string(cell);
    number += group;
  }
  if (at < cell.size() && cell[at] != '.') return std::string(cell);
  return number += cell.substr(at);
}

bool is_blank(const std::string& cell) { return trimmed(cell, kBlanksAndNewlines).empty(); }

// Whether it is a number as it is written: 2019, -3.5 and 1,234, not 007 (a code), 1e5, +82 or one too long
// to be kept exactly.
bool is_plain_number(std::string_view written) {
  const std::string number = without_thousands(written);
  std::string_view cell = number;
  constexpr std::size_t kExactDigits = 15;
  if (cell.starts_with('-')) cell.remove_prefix(1);
  const std::size_t digits = std::min(cell.find_first_not_of("0123456789"), cell.size());
  if (digits == 0 || cell.size() > kExactDigits || (digits > 1 && cell.front() == '0')) return false;
  if (digits == cell.size()) return true;
  const std::string_view fraction = cell.substr(digits + 1);
  return cell[digits] == '.' && !fraction.empty() &&
         fraction.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

char find_csv_delimiter(std::string_view text) {
  constexpr std::string_view kDelimiters = ",;\t";
  std::array<std::size_t, kDelimiters.size()> counts{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '\n' || c == '\r')) {
      if (std::any_of(counts.begin(), counts.end(), [](std::size_t count) { return count > 0; })) break;
      continue;
    }
    if (const std::size_t which = kDelimiters.find(c); !quoted && which != std::string_view::npos)
      ++counts[which];
  }
  return kDelimiters[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) -
                                              counts.begin())];
}

CsvReader::CsvReader(const WordLists& words, std::string_view text, char delimiter)
    : words_(words), text_(text), records_(delimiter, CsvRecords::Quotes::BehindBlanks) {
  if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  read_header();
  find_numbers();
}

// Reads all rows once for what stands in the columns that do not say it.
void CsvReader::find_numbers() {
  const std::string_view text = text_;
  const CsvRecords records = records_;
  std::vector<bool> has_others(columns_.size()), has_numbers(columns_.size());
  while (next_record()) {
    const std::vector<std::string>& cells = records_.cells();
    if (!fits_header(cells)) continue;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string cell(trimmed(cells[i]));
      if (!cell.empty()) (is_plain_number(cell) ? has_numbers : has_others)[i] = true;
    }
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    Column& column = columns_[i];
    if (column.type != Column::Type::Unsaid) continue;
    const bool number = has_numbers[i] && !has_others[i] && !is_text_field(words_, column.name);
    column.type = number ? Column::Type::Number : Column::Type::Text;
  }
  text_ = text;
  records_ = records;
}

// Spreadsheets keep what stands above a table as rows of one cell.
void CsvReader::pass_caption() {
  const auto filled = [this] {
    const std::vector<std::string>& cells = records_.cells();
    return std::count_if(cells.begin(), cells.end(), [](const std::string& cell) { return !is_blank(cell); });
  };
  const std::string_view text = text_;
  const CsvRecords records = records_;
  for (std::size_t rows = 0; rows <= kMaxCaptionRows && next_record(); ++rows) {
    if (filled() < 2) continue;
    if (rows > 0) return;  // this is the header
    break;
  }
  text_ = text;
  records_ = records;
  next_record();
}

bool CsvReader::fits_header(const std::vector<std::string>& cells) const {
  return cells.size() >= columns_.size() &&
         std::all_of(cells.begin() + static_cast<std::ptrdiff_t>(columns_.size()), cells.end(), is_blank);
}

void CsvReader::read_header() {
  pass_caption();
  if (!records_.ended()) throw Error(ErrorCode::InvalidInput, "The header line is missing.");
  if (records_.cells().size() > kMaxDocumentFields)
    throw Error(ErrorCode::InvalidInput,
                "The header has more than " + std::to_string(kMaxDocumentFields) + " columns.");
  std::set<std::string> names;
  for (const std::string& cell : records_.cells()) {
    Column column{std::string(trimmed(cell))};
    for (const auto& [suffix, type] : {std::pair{":number", Column::Type::Number},
                                       {":boolean", Column::Type::Boolean},
                                       {":string", Column::Type::Text}}) {
      const std::string_view ending = suffix;
      if (column.name.ends_with(ending))
        column.name.resize(column.name.size() - ending.size()), column.type = type;
    }
    if (!column.name.empty() && !names.insert(column.name).second)
      throw Error(ErrorCode::InvalidInput, "The column \"" + column.name + "\" stands twice in the header.");
    columns_.push_back(column);
  }
  if (names.empty()) throw Error(ErrorCode::InvalidInput, "The columns of the header have no names.");
}

// False at the end of the text; a record whose quote is open there is none.
bool CsvReader::next_record() {
  const bool at_end = text_.empty();
  text_.remove_prefix(records_.read(text_));
  if (!records_.ended() && !at_end && !records_.in_quotes()) records_.finish();
  return records_.ended();
}

Json CsvReader::value_of(const Column& column, const std::string& cell, std::uint32_t line) {
  if (column.name.empty()) {
    if (!is_blank(cell)) faults_.push_back({line, "the cell \"" + cell + "\" has no name in the header"});
    return nullptr;
  }
  if (column.type == Column::Type::Boolean) {
    if (const auto value = read_flag(cell)) return *value;
    faults_.push_back({line, "column \"" + column.name + "\" is neither true nor false: \"" + cell + "\""});
    return nullptr;
  }
  if (column.type == Column::Type::Text) return cell;
  try {
    Json value = parse_json(without_thousands(trimmed(cell)));
    if (number_value(value)) return value;
  } catch (const Error&) {
  }
  faults_.push_back({line, "column \"" + column.name + "\" is no number: \"" + cell + "\""});
  return nullptr;
}

std::optional<CsvRow> CsvReader::next() {
  for (;;) {
    if (!next_record()) break;
    const auto line = static_cast<std::uint32_t>(records_.line());
    const std::vector<std::string>& cells = records_.cells();
    if (std::all_of(cells.begin(), cells.end(), is_blank)) continue;
    if (!fits_header(cells)) {
      faults_.push_back({line, "the row has " + std::to_string(cells.size()) + " cells, the header " +
                                   std::to_string(columns_.size())});
      continue;
    }
    const std::size_t before = faults_.size();
    CsvRow row{line, Json::object()};
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const bool says_nothing =
          columns_[i].type == Column::Type::Text ? cells[i].empty() : is_blank(cells[i]);
      if (says_nothing) continue;
      Json value = value_of(columns_[i], cells[i], line);
      if (!columns_[i].name.empty()) append_field(row.fields, columns_[i].name, std::move(value));
    }
    if (faults_.size() == before) return row;
  }
  if (records_.in_quotes())
    faults_.push_back(
        {static_cast<std::uint32_t>(records_.line()), "the quote that begins in this row is not closed"});
  return std::nullopt;
}

}  // namespace nunmul
