// SPDX-License-Identifier: GPL-2.0-or-later
// A line of an article by itself. page_lines and list_structure find out what it is among the lines around
// it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "import/read/raw_line.h"
#include "import/words/rank_marker.h"
#include "import/words/word_lists.h"

namespace nunmul {

enum class LineKind {
  Blank,
  Text,      // a sentence or paragraph
  Short,     // could be a heading
  Menu,      // "- …": a link, or a point of a list
  Caption,   // of a picture or video
  Noise,     // advertisement, byline, date, navigation
  Contents,  // heads a table of contents
  Closing,   // heads the conclusion
  Tail,      // heads FAQ, related posts, the author
  Label,     // "Plot", a heading inside of an entry
};

struct Line {
  std::u32string text;  // as written, without ornaments of Markdown
  std::string folded;   // by fold_line
  std::u32string key;   // compact: equal for repeated headings
  std::uint32_t number = 0;
  std::uint8_t level = 0;
  LineKind kind = LineKind::Blank;
  bool fact = false;  // "director: X"
  std::optional<RankMarker> marker;
};

Line classify_line(const WordLists& words, const RawLine& raw);

}  // namespace nunmul
