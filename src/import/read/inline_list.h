// SPDX-License-Identifier: GPL-2.0-or-later
// Lists that stand in one line: "1) Lonely – 2NE1 2) Blue – BIGBANG 3) Alone – Sistar". They are taken
// apart only on pages that hold no other list.
#pragma once

#include <vector>

#include "import/read/raw_line.h"
#include "import/words/word_lists.h"

namespace nunmul {

// The lines with each inline list of three or more members on lines of its own, one for a member.
std::vector<RawLine> split_inline_lists(const WordLists& words, const std::vector<RawLine>& lines);

}  // namespace nunmul
