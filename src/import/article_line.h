// SPDX-License-Identifier: GPL-2.0-or-later
// An article as lines, whatever it was written in: text, HTML and Markdown all become this, and what a
// line is by itself. What it is in its surroundings is found by list_structure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/rank_marker.h"
#include "import/word_lists.h"

namespace nunmul {

// Between parts of a heading that the source marks apart (<h3>Title<span>Artist</span></h3>).
constexpr char32_t kJoint = 0x1F;

struct RawLine {
  std::string text;          // UTF-8, cleaned; may hold kJoint in headings
  std::uint32_t number = 0;  // in the source file, from 1
  std::uint8_t level = 0;    // of a marked-up heading, 1 to 6; else 0
};

// Text as lines. Takes LF, CRLF and CR.
std::vector<RawLine> read_text_lines(std::string_view text);

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
std::vector<Line> classify_lines(const WordLists& words, const std::vector<RawLine>& raw);

// Whether the text reads as a sentence rather than a heading.
bool is_sentence(const WordLists& words, std::u32string_view text);
bool ends_like_sentence(std::u32string_view text);
// Not "S.E.S.", "Sammy Davis Jr." or "fun.", which are names.
bool ends_in_full_stop(const WordLists& words, std::u32string_view text);
std::size_t count_words(std::u32string_view text);  // CJK characters count as half words

}  // namespace nunmul
