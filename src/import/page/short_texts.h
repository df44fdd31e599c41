// SPDX-License-Identifier: GPL-2.0-or-later
// Texts as short as a heading: "A letter." By itself such a line could be either; below a marked-up heading
// that has no other text it is that heading's text.
#pragma once

#include <vector>

#include "import/page/article_line.h"

namespace nunmul {

// Turns short lines that are texts in their surroundings from LineKind::Short to LineKind::Text.
void mark_short_texts(const WordLists& words, std::vector<Line>& lines);

// Whether nothing but a text can stand below: title and artist, or title and year, are in the heading.
bool is_complete(const Line& heading);

// An image's alternative text repeats the heading; "A goblin." below "Goblin" says something.
bool is_caption_of(const Line& line, const Line& heading);

}  // namespace nunmul
