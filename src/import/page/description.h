// SPDX-License-Identifier: GPL-2.0-or-later
// Sorts the text below a heading into the paragraphs of the description and captions. Captions are not part
// of the description, but they show what title and artist are called.
#pragma once

#include <string>
#include <vector>

#include "import/page/list_item.h"
#include "import/page/list_structure.h"
#include "import/page/page_outline.h"

namespace nunmul {

struct ItemBody {
  std::vector<std::u32string> paragraphs;
  std::vector<std::u32string> captions;
  std::u32string artist;  // of a line like "Artist: X"
};

ItemBody read_body(const PageOutline& page, const ListItem& item);

// Takes the farewell of the article from the end of its last entry.
void cut_farewell(const WordLists& words, std::vector<ItemBody>& bodies);

}  // namespace nunmul
