// SPDX-License-Identifier: GPL-2.0-or-later
// The numbers that lists put before (or glue behind) a heading: "3.", "3)", "#3", "No. 3", "第3位", "3위",
// "③". One look at one line only says what could be a marker; whether "No.1" is a rank or a song is decided
// by the sequence over the whole page (list_structure).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "import/words/word_lists.h"

namespace nunmul {

enum class MarkerStyle {
  Dot,      // 3.  3．  3、
  Paren,    // 3)  (3)  [3]
  Hash,     // #3
  Number,   // No. 3, Number 3
  Place,    // 第3位, 3位, 3위, 3rd place, TOP 3
  Circled,  // ③ ❸ ⑶ 3️⃣
  Count,    // 3曲目, 3번째, 3つ目
  Colon,    // 3: , 3 - , 3 |
  Bare,     // 3 and a space: the weakest
};

struct RankMarker {
  MarkerStyle style = MarkerStyle::Dot;
  std::uint32_t number = 0;
  std::size_t begin = 0;  // characters [begin, end) hold the marker and the separators around it
  std::size_t end = 0;    //
};

// At the beginning of the line; bullets, badges and an opening 【 or [ before it are taken with it.
std::optional<RankMarker> find_leading_marker(const WordLists& words, std::u32string_view line);

// At the end of the line: "…優里3位", "… (3위)". Where the name before it ends in digits ("乃木坂465位"),
// every way to read the number; the longest first. Empty when there is none.
std::vector<RankMarker> find_trailing_markers(const WordLists& words, std::u32string_view line);

}  // namespace nunmul
