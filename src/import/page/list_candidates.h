// SPDX-License-Identifier: GPL-2.0-or-later
// The ways in which a page can mark its entries. Each finds the headings and their sections; where the
// bodies end is left to list_structure.
#pragma once

#include <vector>

#include "import/page/list_item.h"
#include "import/page/page_outline.h"

namespace nunmul {

std::vector<ListItem> numbered_items(const PageOutline& page);  // "3. Title", "第3位 …", "…3위"
std::vector<ListItem> levelled_items(const PageOutline& page);  // <h2>, ###
std::vector<ListItem> unmarked_items(const PageOutline& page);  // a short line with text below it
std::vector<ListItem> bulleted_items(const PageOutline& page);  // "- Title / Artist", no text below

// Whether a line heads a part of the list rather than an entry, by its words alone.
bool looks_like_section(const WordLists& words, const Line& line);

}  // namespace nunmul
