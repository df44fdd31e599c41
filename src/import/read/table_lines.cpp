// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/table_lines.h"

#include <algorithm>
#include <iterator>

#include "import/title/heading.h"
#include "import/words/characters.h"
#include "import/words/field_names.h"

namespace nunmul {
namespace {

constexpr std::uint8_t kRowLevel = 6;  // below all headings that a page with a table has

// Marked as a title, so that nobody looks for one in it.
std::string quoted(const std::string& title) {
  return title.find("»") == std::string::npos ? "«" + title + "»" : "「" + title + "」";
}

std::string digits_of(const std::string& rank) {
  std::string digits;
  std::copy_if(rank.begin(), rank.end(), std::back_inserter(digits),
               [](char c) { return c >= '0' && c <= '9'; });
  return digits.size() <= 4 ? digits : "";
}

}  // namespace

std::optional<TableLines> TableLines::of_head(const WordLists& words, const std::vector<std::string>& cells) {
  TableLines table;
  for (const std::string& name : cells) {
    std::string field(name == "#" ? "rank" : find_field_name(words, name).field);
    if (std::find(table.fields_.begin(), table.fields_.end(), field) != table.fields_.end()) field.clear();
    table.fields_.push_back(std::move(field));
  }
  const auto has = [&](const char* field) {
    return std::find(table.fields_.begin(), table.fields_.end(), field) != table.fields_.end();
  };
  const auto known = std::count_if(table.fields_.begin(), table.fields_.end(),
                                   [](const std::string& field) { return !field.empty(); });
  if (!has("title") || known < 2) return std::nullopt;
  table.described_ = has("description");
  return table;
}

std::string TableLines::cell(const std::vector<std::string>& cells, std::string_view field) const {
  const auto column =
      static_cast<std::size_t>(std::find(fields_.begin(), fields_.end(), field) - fields_.begin());
  return column < cells.size() ? cells[column] : "";
}

std::vector<RawLine> TableLines::lines(const std::vector<std::string>& cells, std::uint32_t number) const {
  const std::string title = to_utf8(unquoted(to_utf32(cell(cells, "title"))));
  if (title.empty()) return {};
  const std::string rank = digits_of(cell(cells, "rank"));
  const std::string year = digits_of(cell(cells, "year"));
  std::string heading = rank.empty() ? (described_ ? "" : "- ") : rank + ". ";
  heading += quoted(title);
  if (const std::string artist = cell(cells, "artist"); !artist.empty()) heading += " " + artist;
  if (year.size() == 4) heading += " (" + year + ")";
  std::vector<RawLine> lines{{heading, number, described_ ? kRowLevel : std::uint8_t{0}}};
  if (const std::string text = cell(cells, "description"); !text.empty()) lines.push_back({text, number, 0});
  lines.push_back({"", number, 0});
  return lines;
}

}  // namespace nunmul
