// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: particles and endings go where they agree with the sound before them, and only there; a
// stem is never empty; words to be kept are kept.
#include "text/hangul.h"

#include <doctest/doctest.h>

#include "base/utf8.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/hangul");

namespace {

HangulStemmer stemmer() {
  return HangulStemmer({"은", "는", "이", "가", "을", "를",   "의", "에",   "에는",   "에서",
                        "와", "과", "도", "만", "로", "으로", "라", "부터", "이라는", "지만"},
                       {"했지만", "하다", "지", "습니다", "었다"});
}

std::string stem(const HangulStemmer& stemmer, std::string_view word) {
  const std::u32string syllables = to_utf32(word);
  return to_utf8(std::u32string_view(syllables).substr(0, stemmer.stem_length(syllables)));
}

}  // namespace

TEST_CASE("particles and endings are taken off") {
  const std::pair<std::string, std::string> cases[] = {
      {"비가", "비"},         {"날에는", "날"},         {"학교에서", "학교"},   {"음악을", "음악"},
      {"서울로", "서울"},     {"집으로", "집"},         {"사랑했지만", "사랑"}, {"노래와", "노래"},
      {"이별이라는", "이별"}, {"먹습니다", "먹습니다"}, {"윤하의", "윤하"},     {"길로", "길"},
  };
  const HangulStemmer stems = stemmer();
  for (const auto& [word, expected] : cases) {
    CAPTURE(word);
    CHECK(stem(stems, word) == expected);
  }
}

TEST_CASE("what does not agree with the sound before it stays") {
  const HangulStemmer stems = stemmer();
  for (const std::string word : {"사과", "아이", "나이", "국가", "윤하", "거미", "수지", "가", "비"}) {
    CAPTURE(word);
    CHECK(stem(stems, word) == word);
  }
  CHECK(stem(stems, "책으로로") == "책으로");  // one of them, not two
}

TEST_CASE("words to be kept are never shortened, with a particle they are shortened to themselves") {
  HangulStemmer stems = stemmer();
  CHECK(stem(stems, "이소라") == "이소");
  stems.keep_whole(U"이소라");
  stems.keep_whole(U"가을");
  CHECK(stem(stems, "이소라") == "이소라");
  CHECK(stem(stems, "이소라의") == "이소라");
  CHECK(stem(stems, "가을에는") == "가을");
  CHECK(stem(stems, "가을") == "가을");
}

TEST_CASE("lone jamo and other scripts are left alone") {
  const HangulStemmer stems = stemmer();
  CHECK(stem(stems, "윤ㅎ") == "윤ㅎ");
  CHECK(stem(stems, "ㅋㅋ") == "ㅋㅋ");
  CHECK(stems.stem_length(U"") == 0);
}

TEST_CASE("without tables nothing is taken off") {
  CHECK(HangulStemmer().stem_length(U"비가") == 2);
  CHECK(HangulStemmer({"", "x"}, {}).form_count() == 0);
}

TEST_SUITE_END();
