// SPDX-License-Identifier: GPL-2.0-or-later
// The lines of a page in their surroundings: its title, repeated headings around captions, tables of
// contents, labels that come back in every entry, and where the list must have ended.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "import/page/article_line.h"

namespace nunmul {

struct PageOutline {
  // Keeps both, which must outlive it.
  PageOutline(const WordLists& words, const std::vector<Line>& lines);

  bool has_body(std::size_t line) const;  // text stands below before the next possible heading
  std::size_t next_content(
      std::size_t line) const;  // the next line that is not blank; lines.size() at the end
  std::size_t end_of_list(std::size_t from) const;  // the first closing or tail heading at or after `from`

  const WordLists& words;
  const std::vector<Line>& lines;
  std::size_t title = 0;        // index, or lines.size()
  std::vector<bool> repeated;   // the second of two equal headings around a caption
  std::vector<bool> echo;       // text that begins with the heading above it
  std::vector<bool> between;    // between the two: a caption, whatever it looks like
  std::vector<bool> contents;   // belongs to a table of contents
  std::vector<bool> asides;     // speak to the reader, or about the subject
  std::vector<bool> recurring;  // the same short line again and again: a label or an advertisement
};

// Whether the one repeats much of the other: a caption or an image's alternative text. Both compact.
bool overlaps(std::u32string_view heading_key, std::u32string_view other_key);

}  // namespace nunmul
