// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: words cover their run without a gap; runs do not influence each other.
#include "text/han.h"

#include <doctest/doctest.h>

#include <thread>

#include "base/utf8.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/han");

namespace {

std::vector<std::string> words(const HanWordBreaker& breaker, std::size_t run, std::u32string_view text) {
  std::vector<std::string> out;
  std::size_t begin = 0;
  for (const std::uint32_t end : breaker.words(run)) {
    REQUIRE(end > begin);
    out.push_back(to_utf8(text.substr(begin, end - begin)));
    begin = end;
  }
  REQUIRE(begin == text.size());
  return out;
}

std::vector<std::string> words(std::u32string_view text) {
  HanWordBreaker breaker;
  breaker.add_run(text);
  breaker.find_words();
  return words(breaker, 0, text);
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("words are found by dictionary") {
  CHECK(words(U"涙の歌") == Words{"涙", "の", "歌"});
  CHECK(words(U"少女時代") == Words{"少女", "時代"});
}

TEST_CASE("Han characters and katakana part even where the dictionary has them as a word") {
  CHECK(words(U"東京タワー") == Words{"東京", "タワー"});
  CHECK(words(U"関ヶ原").front() != "関");
}

TEST_CASE("runs taken together are cut as each by itself") {
  const std::u32string runs[] = {U"涙の歌", U"の", U"少女時代", U"\U00020BB7野家で", U"東京タワー"};
  HanWordBreaker breaker;
  for (const std::u32string& run : runs) breaker.add_run(run);
  breaker.find_words();
  for (std::size_t i = 0; i < std::size(runs); ++i) CHECK(words(breaker, i, runs[i]) == words(runs[i]));
}

TEST_CASE("a breaker is used again after clear") {
  HanWordBreaker breaker;
  breaker.find_words();
  breaker.clear();
  breaker.add_run(U"涙");
  breaker.find_words();
  CHECK(breaker.words(0).size() == 1);
}

TEST_CASE("each thread has its own iterator") {
  const Words expected = words(U"少女時代の涙の歌");
  std::vector<std::jthread> threads;
  std::vector<int> wrong(4);
  for (int& count : wrong) {
    threads.emplace_back([&count, &expected] {
      for (int i = 0; i < 200; ++i) {
        HanWordBreaker breaker;
        breaker.add_run(U"少女時代の涙の歌");
        breaker.find_words();
        count += breaker.words(0).size() != expected.size();
      }
    });
  }
  threads.clear();
  CHECK(wrong == std::vector<int>(4));
}

TEST_CASE("short hiragana is no word, unless it is all there is") {
  CHECK_FALSE(is_han_word(U"の", 3));
  CHECK(is_han_word(U"の", 1));
  CHECK(is_han_word(U"さよなら", 6));
  CHECK(is_han_word(U"涙", 3));
  CHECK_FALSE(is_han_pair(U'の', U'は'));
  CHECK(is_han_pair(U'涙', U'の'));
}

TEST_SUITE_END();
