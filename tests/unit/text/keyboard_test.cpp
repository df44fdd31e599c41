// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: both directions, and what is not of the other layout gives nothing.
#include "text/keyboard.h"

#include <doctest/doctest.h>

using namespace nunmul;

TEST_SUITE_BEGIN("text/keyboard");

TEST_CASE("Latin keys are read on the Korean layout") {
  CHECK(as_if_hangul("dbsgk").text == "윤하");
  CHECK(as_if_hangul("dbsgk").complete);
  CHECK(as_if_hangul("rain").text == "ㄱ먀ㅜ");
  CHECK_FALSE(as_if_hangul("rain").complete);
  CHECK_FALSE(as_if_hangul("dbsgk1").complete);
}

TEST_CASE("Hangul keys are read on the Latin layout") {
  CHECK(as_if_latin("ㅑㅕ").text == "iu");
  CHECK(as_if_latin("ㅑㅕ").complete);
  CHECK(as_if_latin("ㅠㅅㄴ").text == "bts");
  CHECK(as_if_latin("해ㅣ").text == "gol");
  CHECK_FALSE(as_if_latin("눈물").complete);
}

TEST_CASE("text of neither layout gives nothing") {
  CHECK(as_if_hangul("윤하").text.empty());
  CHECK(as_if_hangul("2019").text.empty());
  CHECK(as_if_hangul("涙").text.empty());
  CHECK(as_if_latin("iu").text.empty());
  CHECK(as_if_latin("").text.empty());
}

TEST_SUITE_END();
