// SPDX-License-Identifier: GPL-2.0-or-later
// An HTML page as the lines of an article: headings keep their level, lists their numbers and bullets;
// navigation, scripts, embedded media, captions and other furniture are left out.
#pragma once

#include <string_view>
#include <vector>

#include "import/read/raw_line.h"
#include "import/words/word_lists.h"

namespace nunmul {

std::vector<RawLine> read_html_lines(const WordLists& words, std::string_view html);

}  // namespace nunmul
