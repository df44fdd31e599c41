// SPDX-License-Identifier: GPL-2.0-or-later
// An article as lines, whatever it was written in: text, HTML and Markdown all become this.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

struct RawLine {
  std::string text;          // UTF-8, cleaned; may hold kJoint in headings
  std::uint32_t number = 0;  // in the source file, from 1
  std::uint8_t level = 0;    // of a marked-up heading, 1 to 6; else 0
};

// Text as lines. Takes LF, CRLF and CR.
std::vector<RawLine> read_text_lines(std::string_view text);

}  // namespace nunmul
