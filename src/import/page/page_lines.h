// SPDX-License-Identifier: GPL-2.0-or-later
// The lines of a page, each read by itself first and then in its surroundings.
#pragma once

#include <vector>

#include "import/page/article_line.h"

namespace nunmul {

std::vector<Line> classify_lines(const WordLists& words, const std::vector<RawLine>& raw);

}  // namespace nunmul
