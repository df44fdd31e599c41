// SPDX-License-Identifier: GPL-2.0-or-later
// Markdown: with YAML front matter a file is one entry, or an article whose title and date stand there;
// without it an article.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "import/read/raw_line.h"
#include "import/words/word_lists.h"

namespace nunmul {

// The front matter's fields in their order; the text below becomes "description" unless they have one.
// Nothing when there is no front matter. Throws Error(InvalidInput) with the line for broken YAML.
std::optional<Json> read_front_matter(std::string_view text);

// The lines below the front matter, under the numbers that they have in the file; `title` (may be empty)
// heads them where they have no heading of the first level.
std::vector<RawLine> read_lines_below_front_matter(const WordLists& words, std::string_view text,
                                                   const std::string& title);

// The lines of an article without the marks of Markdown.
std::vector<RawLine> read_markdown_lines(const WordLists& words, std::string_view text);

}  // namespace nunmul
