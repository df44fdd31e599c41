// SPDX-License-Identifier: GPL-2.0-or-later
// Texts as short as a heading: "A letter." By itself such a line could be either; below a marked-up heading
// that has no other text it is that heading's text.
#pragma once

#include <vector>

#include "import/article_line.h"

namespace nunmul {

// Turns short lines that are texts in their surroundings from LineKind::Short to LineKind::Text.
void mark_short_texts(std::vector<Line>& lines);

}  // namespace nunmul
