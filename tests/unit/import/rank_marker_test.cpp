// SPDX-License-Identifier: GPL-2.0-or-later
// A marker is read with its number, its style and the separators around it; what only looks like one is not.
#include "import/words/rank_marker.h"

#include <doctest/doctest.h>

#include <string>

#include "import/words/characters.h"
#include "unit/import/word_lists.h"

TEST_SUITE_BEGIN("import/rank_marker");

namespace nunmul {
namespace {

struct Marked {
  const char* line;
  std::uint32_t number;
  const char* rest;
};

TEST_CASE("markers of every style leave the heading") {
  for (const Marked& row : {Marked{"1. Taegukgi", 1, "Taegukgi"},
                            {"10.  A Moment", 10, "A Moment"},
                            {"３．映画", 3, "映画"},
                            {"1) “Goblin”", 1, "“Goblin”"},
                            {"(2) Signal", 2, "Signal"},
                            {"#5 “Lonely”", 5, "“Lonely”"},
                            {"＃5 Lonely", 5, "Lonely"},
                            {"No. 3 Goodbye", 3, "Goodbye"},
                            {"No.3: Goodbye", 3, "Goodbye"},
                            {"Number 4 – Rain", 4, "Rain"},
                            {"第3位『永遠の0』", 3, "『永遠の0』"},
                            {"第１０位　糸", 10, "糸"},
                            {"【第2位】糸", 2, "糸"},
                            {"3위. 윤하", 3, "윤하"},
                            {"3위 윤하", 3, "윤하"},
                            {"① 새벽", 1, "새벽"},
                            {"❷ 夜", 2, "夜"},
                            {"3️⃣ Rain", 3, "Rain"},
                            {"2曲目：糸", 2, "糸"},
                            {"3번째 눈물", 3, "눈물"},
                            {"TOP 3: Rain", 3, "Rain"},
                            {"NEW! 4. Rain", 4, "Rain"},
                            {"7: Rain", 7, "Rain"},
                            {"5 Mr. Sunshine", 5, "Mr. Sunshine"},
                            {"[1] Rain", 1, "Rain"}}) {
    CAPTURE(row.line);
    const std::u32string line = to_utf32(row.line);
    const auto marker = find_leading_marker(tree_words(), line);
    REQUIRE(marker.has_value());
    CHECK(marker->number == row.number);
    CHECK(to_utf8(std::u32string_view(line).substr(marker->end)) == row.rest);
  }
}

TEST_CASE("numbers that belong to a title are no markers") {
  for (const char* line : {"7번방의 선물", "365日の紙飛行機", "2NE1", "11:11", "3.14", "1st Love",
                           "TOP 3 songs of the year", "第3章", "Goodbye", "200%"}) {
    CAPTURE(line);
    CHECK_FALSE(find_leading_marker(tree_words(), to_utf32(line)).has_value());
  }
}

TEST_CASE("a place at the end of a heading is read from there, in every way it can be") {
  const std::u32string line = to_utf32("ドライフラワー優里3位");
  const auto markers = find_trailing_markers(tree_words(), line);
  REQUIRE(markers.size() == 1);
  CHECK(markers[0].number == 3);
  CHECK(to_utf8(std::u32string_view(line).substr(0, markers[0].begin)) == "ドライフラワー優里");
  CHECK(find_trailing_markers(tree_words(), to_utf32("単位")).empty());
  CHECK(find_trailing_markers(tree_words(), to_utf32("1位")).empty());
  const auto digits = find_trailing_markers(tree_words(), to_utf32("乃木坂465位"));
  REQUIRE(digits.size() == 3);
  CHECK(digits[0].number == 465);
  CHECK(digits[2].number == 5);
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
