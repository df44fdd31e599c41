// SPDX-License-Identifier: GPL-2.0-or-later
// Where the entries of a list article begin and end. Three ways of marking entries compete: a sequence of
// numbers, headings of one level, and short lines with text below them; the one that explains most of the
// page wins. Everything outside of the list (introduction, contents, conclusion, FAQ) is left out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "import/article_line.h"

namespace nunmul {

struct PageOutline;

constexpr std::size_t kNoLine = static_cast<std::size_t>(-1);

struct ListItem {
  std::size_t heading = 0;  // index of the line with the heading
  std::u32string text;      // the heading without its marker
  std::optional<std::uint32_t> rank;
  std::size_t section = kNoLine;      // index of the section's heading
  std::size_t body_begin = 0;         // lines [body_begin, body_end) are captions and description
  std::size_t body_end = 0;           //
  std::size_t artist_line = kNoLine;  // a line of its own for the artist, below the title
};

struct ListStructure {
  std::size_t title = kNoLine;  // the page's own heading
  std::vector<ListItem> items;
  std::vector<std::size_t> passed_over;  // lines of headings that look like the items' and yet are none
};

ListStructure find_list(const PageOutline& page);

}  // namespace nunmul
