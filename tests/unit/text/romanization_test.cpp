// SPDX-License-Identifier: GPL-2.0-or-later
// Of names that sound alike the one that is spelt so is the nearest.
#include "text/romanization.h"

#include <doctest/doctest.h>

using namespace nunmul;

TEST_SUITE_BEGIN("text/romanization");

TEST_CASE("the usual spellings of a name are near it, and nearer than to its twins") {
  struct Row {
    const char* typed;
    const char32_t* name;
    const char32_t* twin;
  };
  constexpr Row kRows[] = {{"chaewon", U"채원", U"채은"},         {"chaeeun", U"채은", U"채원"},
                           {"doyeon", U"도연", U"도은"},          {"leejieun", U"이지은", U"이지원"},
                           {"parkjihoon", U"박지훈", U"박지현"},  {"younha", U"윤하", U"연화"},
                           {"jeonjungkook", U"전정국", U"전중곡"}};
  for (const Row& row : kRows) {
    CAPTURE(row.typed);
    CHECK(romanization_distance(row.typed, row.name) < 1);
    CHECK(romanization_distance(row.typed, row.name) < romanization_distance(row.typed, row.twin));
  }
}

TEST_CASE("what is no name of syllables is as far as all its letters") {
  CHECK(romanization_distance("chaewon", U"涙") == 7);
  CHECK(romanization_distance("", U"") == 0);
}
