// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/raw_line.h"

#include <algorithm>

#include "import/words/characters.h"

namespace nunmul {

namespace {

// Columns are apart by a tab or by three spaces at least.
std::string with_joints(std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < line.size();) {
    const std::size_t end = std::min(line.find_first_not_of(" \t", i), line.size());
    const bool column = end - i >= 3 || line.substr(i, end - i).find('\t') != std::string_view::npos;
    if (column && !text.empty() && end < line.size()) text += '\x1f';
    if (end == i)
      text += line[i++];
    else if (!column)
      text += ' ';
    i = std::max(i, end);
  }
  return text;
}

}  // namespace

std::vector<RawLine> read_text_lines(std::string_view text) {
  std::vector<RawLine> lines;
  std::uint32_t number = 1;
  for (std::size_t at = 0; at <= text.size(); ++number) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    lines.push_back({clean_text(with_joints(text.substr(at, end - at))), number, 0});
    at = end + 1;
    if (end < text.size() && text[end] == '\r' && at < text.size() && text[at] == '\n') ++at;
  }
  return lines;
}

}  // namespace nunmul
