// SPDX-License-Identifier: GPL-2.0-or-later
// An HTML page as the lines of an article: headings keep their level, lists their numbers and bullets;
// navigation, scripts, embedded media, captions and other furniture are left out.
#pragma once

#include <string_view>
#include <vector>

#include "base/json.h"
#include "import/read/raw_line.h"
#include "import/words/word_lists.h"

namespace nunmul {

struct HtmlPage {
  std::vector<RawLine> lines;
  Json fields;          // see html_head.h
  bool marked = false;  // it says itself what is to be searched (data-pagefind-body)
};

// Throws Error(InvalidInput) for a page that would cost too much to parse.
HtmlPage read_html_page(const WordLists& words, std::string_view html);

// Of a page or a piece of one.
std::vector<RawLine> read_html_lines(const WordLists& words, std::string_view html);

}  // namespace nunmul
