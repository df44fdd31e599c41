// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: kana fold to hiragana; romaji of either system reads as its kana; what is no romaji does not.
#include "text/japanese.h"

#include <doctest/doctest.h>

using namespace nunmul;

TEST_SUITE_BEGIN("text/japanese");

TEST_CASE("katakana become hiragana and nothing else changes") {
  CHECK(to_hiragana("ナミダ") == "なみだ");
  CHECK(to_hiragana("コーヒー涙a") == "こーひー涙a");
  CHECK(to_hiragana("ヴ") == "ゔ");
}

TEST_CASE("kana are told from other text") {
  CHECK(is_all_kana("なみだ"));
  CHECK(is_all_kana("コーヒー"));
  CHECK_FALSE(is_all_kana("涙の"));
  CHECK_FALSE(is_all_kana(""));
}

TEST_CASE("romaji of every system is read") {
  const std::pair<std::string, std::string> cases[] = {
      {"namida", "なみだ"},
      {"sayonara", "さよなら"},
      {"shitsuren", "しつれん"},
      {"situren", "しつれん"},
      {"shoujo", "しょうじょ"},
      {"tokyo", "ときょ"},
      {"kitte", "きって"},
      {"matcha", "まっちゃ"},
      {"kon'ya", "こんや"},
      {"konnichiwa", "こんにちわ"},
      {"shimbun", "しんぶん"},
      {"fuyu", "ふゆ"},
      {"jidai", "じだい"},
      {"zidai", "じだい"},
      {"hon", "ほん"},
      {"konn", "こん"},
      {"ko-hi-", "こーひー"},
      {"thi", "てぃ"},
      {"vu", "ゔ"},
      {"annai", "あんない"},
  };
  for (const auto& [romaji, kana] : cases) {
    CAPTURE(romaji);
    CHECK(romaji_to_hiragana(romaji).value_or("") == kana);
  }
}

TEST_CASE("other words are no romaji") {
  for (const std::string word : {"love", "crush", "street", "x", "", "1", "윤하", "girl", "bts"}) {
    CAPTURE(word);
    CHECK(romaji_to_hiragana(word) == std::nullopt);
  }
}

TEST_CASE("long vowels are left out in the same way for kana and romaji") {
  CHECK(without_long_vowels("とうきょう") == "ときょ");
  CHECK(without_long_vowels("こーひー") == "こひ");
  CHECK(without_long_vowels("しょうじょ") == without_long_vowels(*romaji_to_hiragana("shojo")));
  CHECK(without_long_vowels("なみだ") == "なみだ");
  CHECK(without_long_vowels("あい") == "あい");
  CHECK(without_long_vowels("") == "");
}

TEST_CASE("kana are written in Hepburn") {
  const std::pair<std::string, std::string> cases[] = {
      {"なみだ", "namida"},
      {"シツレン", "shitsuren"},
      {"ふじ", "fuji"},
      {"まっちゃ", "matcha"},
      {"きって", "kitte"},
      {"ティー", "ti"},
      {"しょうじょ", "shoujo"},
      {"ちゅう", "chuu"},
      {"ん", "n"},
      {"涙", ""},
      {"ファン", "fan"},
      {"っ", ""},
      {"を", "o"},
      {"ヴィ", "vi"},
  };
  for (const auto& [kana, romaji] : cases) {
    CAPTURE(kana);
    CHECK(kana_to_romaji(kana) == romaji);
  }
}

TEST_CASE("consonants behind kana may become the kana of their rows, or a doubled or nasal one") {
  using Kana = std::vector<std::string>;
  CHECK(kana_begun_by("k") == Kana{"か", "き", "く", "け", "こ", "っ"});
  CHECK(kana_begun_by("n") == Kana{"な", "に", "ぬ", "ね", "の", "ん"});
  CHECK(kana_begun_by("sh") == Kana{"し"});
  CHECK(kana_begun_by("ky") == Kana{"き"});
  CHECK(kana_begun_by("x").empty());
  CHECK(kana_begun_by("kk").empty());
  CHECK(kana_begun_by("").size() > 60);
}

TEST_CASE("romaji and kana undo each other") {
  for (const char* word :
       {"namida", "sayonara", "shitsuren", "matcha", "kitte", "fuyu", "hatsukoi", "shinkansen"}) {
    CAPTURE(word);
    CHECK(kana_to_romaji(*romaji_to_hiragana(word)) == word);
  }
}

TEST_SUITE_END();
