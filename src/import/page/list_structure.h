// SPDX-License-Identifier: GPL-2.0-or-later
// Where the entries of a list article begin and end. Three ways of marking entries compete: a sequence of
// numbers, headings of one level, and short lines with text below them; the one that explains most of the
// page wins. Everything outside of the list (introduction, contents, conclusion, FAQ) is left out.
#pragma once

#include <cstddef>
#include <vector>

#include "import/page/list_item.h"

namespace nunmul {

struct PageOutline;

struct ListStructure {
  std::size_t title = kNoLine;  // the page's own heading
  std::vector<ListItem> items;
  std::vector<std::size_t> passed_over;  // lines of headings that look like the items' and yet are none
};

ListStructure find_list(const PageOutline& page);

}  // namespace nunmul
