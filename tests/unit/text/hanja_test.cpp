// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: the beginning of a word sounds as Korean writes it, the rest as the character does.
#include "text/hanja.h"

#include <doctest/doctest.h>

using namespace nunmul;

TEST_SUITE_BEGIN("text/hanja");

namespace {

HanjaReadings readings() {
  HanjaReadings table;
  table.add(U'少', U"소");
  table.add(U'女', U"녀여");
  table.add(U'子', U"자");
  table.add(U'老', U"로");
  table.add(U'人', U"인");
  table.add(U'林', U"임림");
  table.add(U'山', U"산");
  table.add(U'比', U"비");
  table.add(U'率', U"률");
  table.add(U'能', U"능");
  return table;
}

}  // namespace

TEST_CASE("words are read character by character") {
  CHECK(readings().read(U"少女") == U"소녀");
  CHECK(readings().read(U"女子") == U"여자");
  CHECK(readings().read(U"老人") == U"노인");
  CHECK(readings().read(U"林山") == U"임산");
  CHECK(readings().read(U"山林") == U"산림");
  CHECK(readings().read(U"比率") == U"비율");
  CHECK(readings().read(U"能率") == U"능률");
}

TEST_CASE("a character without a reading leaves the word without one") {
  CHECK(readings().read(U"少涙").empty());
  CHECK(readings().read(U"").empty());
  CHECK(HanjaReadings().read(U"少").empty());
}

TEST_CASE("sounds change at the beginning of words only where they must") {
  CHECK(at_word_start(U'녀') == U'여');
  CHECK(at_word_start(U'로') == U'노');
  CHECK(at_word_start(U'리') == U'이');
  CHECK(at_word_start(U'나') == U'나');
  CHECK(at_word_start(U'소') == U'소');
  CHECK(at_word_start(U'a') == U'a');
}

TEST_SUITE_END();
