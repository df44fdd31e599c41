// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/raw_line.h"

#include <algorithm>

#include "import/words/characters.h"

namespace nunmul {

std::vector<RawLine> read_text_lines(std::string_view text) {
  std::vector<RawLine> lines;
  std::uint32_t number = 1;
  for (std::size_t at = 0; at <= text.size(); ++number) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    lines.push_back({clean_text(text.substr(at, end - at)), number, 0});
    at = end + 1;
    if (end < text.size() && text[end] == '\r' && at < text.size() && text[at] == '\n') ++at;
  }
  return lines;
}

}  // namespace nunmul
