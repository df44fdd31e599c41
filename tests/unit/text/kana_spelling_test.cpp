// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: what is written in other kana has one spelling; what is no kana stays; a word's own spelling
// comes first.
#include "text/kana_spelling.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "text/fold.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/kana_spelling");

TEST_CASE("writings of one word have one spelling") {
  const std::pair<std::string, std::string> cases[] = {
      {"レモン", "れもん"},
      {"ヴァイオリン", "バイオリン"},
      {"ラーメン", "らあめん"},
      {"おかーさん", "おかあさん"},
      {"キャノン", "キヤノン"},
      {"ﾗﾌﾞﾚﾀｰ", "らぶれたー"},
      {"ラヴ", "ラブ"},
      {"づつみ", "ずつみ"},
      {"とーきょー", "とうきょう"},
  };
  for (const auto& [one, other] : cases) {
    CAPTURE(one);
    CHECK(spelled_in_hiragana(fold(one)) == spelled_in_hiragana(fold(other)));
  }
}

TEST_CASE("a long e or o may be written in several ways") {
  const auto may_be = [](std::string_view word, std::string_view written) {
    const std::vector<std::string> spellings = kana_spellings(word);
    return std::find(spellings.begin(), spellings.end(), spelled_in_hiragana(written)) != spellings.end();
  };
  CHECK(may_be("ねー", "ねえ"));
  CHECK(may_be("せんせー", "せんせい"));
  CHECK(may_be("おおきい", "おーきい"));
  CHECK_FALSE(may_be("そら", "そう"));
  CHECK(kana_spellings("せんせい").front() == "せんせい");
}

TEST_CASE("what is no kana stays, and a long mark with nothing before it") {
  CHECK(spelled_in_hiragana(std::string_view("涙 tears 눈물")) == "涙 tears 눈물");
  CHECK(spelled_in_hiragana(std::string_view("ーん")) == "ーん");
  CHECK(spelled_in_hiragana(std::string_view("")).empty());
  CHECK(without_unsure_kana("ーメン") == "メン");
  CHECK(without_unsure_kana("ラーメン") == "ラーメン");
}

TEST_CASE("okurigana leave the Han characters of a word") {
  CHECK(without_okurigana("申し込み") == "申込");
  CHECK(without_okurigana("申込") == "申込");
  CHECK(without_okurigana("女の子").empty());
  CHECK(without_okurigana("歩く").empty());
  CHECK(without_okurigana("お知らせ").empty());
}

TEST_SUITE_END();
