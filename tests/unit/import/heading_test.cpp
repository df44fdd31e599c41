// SPDX-License-Identifier: GPL-2.0-or-later
// A heading is freed of badges, years and sentences; a quoted title is found wherever it stands.
#include "import/title/heading.h"

#include <doctest/doctest.h>

#include "import/words/characters.h"
#include "unit/import/word_lists.h"

TEST_SUITE_BEGIN("import/heading");

namespace nunmul {
namespace {

struct Cleaned {
  const char* line;
  const char* text;
  std::uint32_t year;  // 0: none
};

TEST_CASE("badges and years leave the heading") {
  for (const Cleaned& row : {Cleaned{"NEW!RainTAEYEON", "RainTAEYEON", 0},
                             {"新着Lemon米津玄師", "Lemon米津玄師", 0},
                             {"【新着】Lemon", "Lemon", 0},
                             {"Lemon NEW!", "Lemon", 0},
                             {"Poetry (2010)", "Poetry", 2010},
                             {"『糸』（2020年）", "『糸』", 2020},
                             {"Poetry – 2010", "Poetry", 2010},
                             {"Signal (tvN, 2016)", "Signal", 2016},
                             {"Parasite (기생충, 2019)", "Parasite (기생충)", 2019},
                             {"Signal (TV Series 2016–2017)", "Signal", 2016},
                             {"1987", "1987", 0},
                             {"1987 (2017)", "1987", 2017},
                             {"SOFA(소파)Crush", "SOFA(소파)Crush", 0},
                             {"클래식 (2003년 개봉)", "클래식", 2003},
                             {"接吻 -kiss-", "接吻 -kiss-", 0},
                             {"★ Rain", "Rain", 0}}) {
    CAPTURE(row.line);
    const Heading heading = clean_heading(tree_words(), to_utf32(row.line), LooseYear::Take);
    CHECK(to_utf8(heading.text) == row.text);
    CHECK(heading.year.value_or(0) == row.year);
  }
}

TEST_CASE("a sentence behind a heading is set apart") {
  const Heading heading = clean_heading(
      tree_words(), U"Poetry: A grandmother takes a class in verse while her memory slowly leaves her.",
      LooseYear::Take);
  CHECK(heading.text == U"Poetry");
  CHECK(heading.rest == U"A grandmother takes a class in verse while her memory slowly leaves her.");
}

TEST_CASE("titles of works lose their quotes and kind words, and keep a name in another script") {
  const auto title = [](const char* heading) {
    return to_utf8(read_work_title(tree_words(), to_utf32(heading)).title);
  };
  CHECK(title("“Scarlet Heart: Ryeo”") == "Scarlet Heart: Ryeo");
  CHECK(title("映画『糸』") == "糸");
  CHECK(title("영화 <클래식>") == "클래식");
  CHECK(title("‘도깨비’") == "도깨비");
  CHECK(title("“It’s Okay to Not Be Okay”") == "It’s Okay to Not Be Okay");
  CHECK(title("『トッケビ』(Goblin)") == "トッケビ(Goblin)");
  CHECK(title("Along With the Gods: The Two Worlds") == "Along With the Gods: The Two Worlds");
  CHECK(to_utf8(read_work_title(tree_words(), U"“Goblin”: the truck on the hill").remark) ==
        "the truck on the hill");
}

TEST_CASE("quotes inside of brackets hold no title") {
  CHECK_FALSE(find_quoted_title(U"HERO (From the Film ″Firefighters″)Park Hyo Shin").has_value());
  CHECK_FALSE(find_quoted_title(U"Don't Forget Me").has_value());
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
