// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: keys and composing undo each other for every syllable; every state on the way to a word
// has a prefix of its keys; initials are one letter a syllable.
#include "text/jamo.h"

#include <doctest/doctest.h>

#include <random>

#include "base/utf8.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/jamo");

TEST_CASE("words have the keys that type them") {
  const std::pair<std::string, std::string> cases[] = {
      {"윤하", "dbsgk"}, {"비가 내리는", "qlrk soflsms"},
      {"값", "rkqt"},    {"과", "rhk"},
      {"ㅇㅎ", "dg"},    {"ㄳ", "rt"},
      {"ㅘ", "hk"},      {"뿌", "Qn"},
      {"a윤1", "adbs1"},
  };
  for (const auto& [text, keys] : cases) {
    CAPTURE(text);
    CHECK(dubeolsik_keys(text) == keys);
  }
  CHECK(key_sequence("뿌") == "qn");
}

TEST_CASE("keys compose to what an input method shows") {
  const std::pair<std::string, std::string> cases[] = {
      {"dbsgk", "윤하"}, {"gksk", "하나"},  {"rkqt", "값"}, {"rkqtl", "갑시"},
      {"dbsg", "윦"},    {"qlr", "빅"},     {"iu", "ㅑㅕ"}, {"love", "ㅣㅐㅍㄷ"},
      {"bts", "ㅠㅅㄴ"}, {"DBSGK", "윤하"}, {"", ""},       {"d1k", "ㅇ1ㅏ"},
  };
  for (const auto& [keys, text] : cases) {
    CAPTURE(keys);
    CHECK(compose_keys(keys) == text);
  }
}

TEST_CASE("every syllable survives the round trip") {
  for (char32_t code = 0xAC00; code <= 0xD7A3; ++code) {
    const std::string syllable = to_utf8(std::u32string(1, code));
    if (compose_keys(dubeolsik_keys(syllable)) != syllable) FAIL(syllable);
  }
}

TEST_CASE("every state on the way to a word fits it") {
  std::mt19937 random(2);
  for (int round = 0; round < 500; ++round) {
    std::string word;
    for (std::size_t i = 1 + random() % 4; i > 0; --i)
      append_utf8(word, 0xAC00 + static_cast<char32_t>(random() % 11172));
    const std::string keys = dubeolsik_keys(word);
    for (std::size_t typed = 0; typed <= keys.size(); ++typed) {
      CAPTURE(word);
      CAPTURE(typed);
      REQUIRE(is_key_prefix(compose_keys(keys.substr(0, typed)), word));
    }
  }
}

TEST_CASE("a final consonant counts as the next initial and letters as their parts") {
  for (const auto& [typed, word] : std::vector<std::pair<std::string, std::string>>{{"윤ㅎ", "윤하"},
                                                                                    {"앙", "아이유"},
                                                                                    {"아ㅇ", "아이유"},
                                                                                    {"고", "과"},
                                                                                    {"갑", "값"},
                                                                                    {"빅", "비가"}}) {
    CAPTURE(typed);
    CHECK(is_key_prefix(typed, word));
  }
  CHECK_FALSE(is_key_prefix("안", "아이유"));
}

TEST_CASE("fast typing loses shift but adds none") {
  CHECK(is_key_prefix("바", "빠르다"));
  CHECK_FALSE(is_key_prefix("빠", "바다"));
  CHECK(has_shifted_keys("딸"));
  CHECK(has_shifted_keys("옛날"));
  CHECK_FALSE(has_shifted_keys("달"));
}

TEST_CASE("initials are the first consonant of each syllable") {
  CHECK(initials("윤하") == "ㅇㅎ");
  CHECK(initials("빨간 a1") == "ㅃㄱ a1");
  CHECK(is_all_initials("ㅇㅎ"));
  CHECK_FALSE(is_all_initials("ㅇㅏ"));
  CHECK_FALSE(is_all_initials("윤ㅎ"));
  CHECK_FALSE(is_all_initials(""));
}

TEST_SUITE_END();
