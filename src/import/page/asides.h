// SPDX-License-Identifier: GPL-2.0-or-later
// Lines that speak to the reader or about the subject, and look like the headings of entries: "What is a
// ballad?", "Still with us?", 泣ける映画の選び方.
#pragma once

#include <vector>

#include "import/page/article_line.h"

namespace nunmul {

// One value for each line.
std::vector<bool> find_asides(const WordLists& words, const std::vector<Line>& lines);

// Whether the line says by its form that it names an entry: two parts, a year, or a quoted title.
bool names_entry(const Line& line);

}  // namespace nunmul
