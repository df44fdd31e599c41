// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: as a terminal shows it.
#include "text/display_width.h"

#include <doctest/doctest.h>

using namespace nunmul;

TEST_SUITE_BEGIN("text/display_width");

TEST_CASE("letters take one cell, those of East Asia two") {
  CHECK(display_width("Rain") == 4);
  CHECK(display_width("비 오는") == 7);
  CHECK(display_width("なみだ・涙") == 10);
  CHECK(display_width("ＡＢ") == 4);
  CHECK(display_width("ﾅﾐﾀﾞ") == 4);
  CHECK(display_width("☂…—") == 3);
  CHECK(display_width("🌧") == 1);
  CHECK(display_width("😭") == 2);
}

TEST_CASE("what joins the letter before takes none") {
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("\u1112\u1161\u11AB") == 2);
  CHECK(display_width("か\u3099") == 2);
  CHECK(display_width("\u200B\uFEFF\n") == 0);
}

TEST_SUITE_END();
