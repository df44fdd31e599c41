// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: letters are found wherever the words of a text end, and only where they stand in a row.
#include "search/plan/han_pattern.h"

#include <doctest/doctest.h>

#include <random>

#include "base/utf8.h"

using namespace nunmul;

TEST_SUITE_BEGIN("search/han_pattern");

namespace {

bool stands_in(const HanPattern& pattern, const std::vector<std::string>& words) {
  for (std::size_t first = 0; first < words.size(); ++first) {
    std::vector<HanPlace> places;
    pattern.begin(HanText(words[first]), places);
    for (const HanPlace& place : places) {
      std::optional<HanPlace> here = place;
      for (std::size_t at = first + 1; here && !here->is_whole(); ++at)
        here = at < words.size() ? pattern.go_on(*here, words[at]) : std::nullopt;
      if (here) return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("letters go on over words, and begin and end inside of them") {
  const HanPattern pattern("君の名は");
  CHECK(stands_in(pattern, {"君の名は"}));
  CHECK(stands_in(pattern, {"君", "の", "名", "は"}));
  CHECK(stands_in(pattern, {"大君", "の名", "はじめ"}));
  CHECK_FALSE(stands_in(pattern, {"君", "の", "は"}));
  CHECK_FALSE(stands_in(pattern, {"君", "の", "名"}));
}

TEST_CASE("a place says where in the words it is") {
  std::vector<HanPlace> places;
  HanPattern("時代").begin(HanText("少女時代"), places);
  REQUIRE(places.size() == 1);
  CHECK(places[0].begin_chars == 2);
  CHECK(places[0].end_chars == 4);
  CHECK(places[0].ends_word);
  CHECK_FALSE(places[0].begins_word());
}

TEST_CASE("other spellings are found by what they are") {
  HanPattern lemon("れもん");
  lemon.add(HanPattern::Spelling::Kana, "れもん");
  CHECK(stands_in(lemon, {"レモン"}));
  HanPattern walk("歩く");
  walk.add(HanPattern::Spelling::Inflected, "歩い");
  CHECK(stands_in(walk, {"歩", "い", "た"}));
  HanPattern request("申込");
  request.add(HanPattern::Spelling::Okurigana, "申込");
  CHECK(stands_in(request, {"申し込み"}));
}

TEST_CASE("every part of a text is found, however its words are cut") {
  std::mt19937 random(7);
  const std::u32string text = U"あの日君と見た空の青さをわたしはまだ忘れないでいる";
  for (int round = 0; round < 500; ++round) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t length = 1 + random() % 4;
      words.push_back(to_utf8(std::u32string_view(text).substr(at, length)));
      at += length;
    }
    const std::size_t begin = random() % text.size(), length = 1 + random() % (text.size() - begin);
    CHECK(stands_in(HanPattern(to_utf8(std::u32string_view(text).substr(begin, length))), words));
  }
}

TEST_SUITE_END();
