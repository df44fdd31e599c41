// SPDX-License-Identifier: GPL-2.0-or-later
// Sentences that a scraper broke behind a full stop that ends none: "It reached No." above "1 in May.". Their
// parts look like headings, but are text.
#pragma once

#include <vector>

#include "import/page/article_line.h"

namespace nunmul {

// Turns the parts of broken sentences to LineKind::Text.
void mark_broken_sentences(const WordLists& words, std::vector<Line>& lines);

}  // namespace nunmul
