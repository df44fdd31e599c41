// SPDX-License-Identifier: GPL-2.0-or-later
// The lines of Markdown without its marks, shortcodes and comments.
#pragma once

#include <string_view>
#include <vector>

#include "import/read/front_matter.h"
#include "import/read/raw_line.h"
#include "import/words/word_lists.h"

namespace nunmul {

std::vector<RawLine> read_markdown_lines(const WordLists& words, std::string_view text);

// The lines below the front matter, under the numbers that they have in the file; its title heads them where
// they have no heading of the first level.
std::vector<RawLine> read_lines_below(const WordLists& words, const FrontMatter& matter);

}  // namespace nunmul
