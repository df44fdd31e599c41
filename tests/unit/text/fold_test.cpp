// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: writings of one thing fold to one form, different things do not; folding twice is folding
// once; offsets rise, lie between characters and cover what they came from; time is linear.
#include "text/fold.h"

#include <doctest/doctest.h>

#include <chrono>
#include <random>

#include "base/utf8.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/fold");

namespace {

std::vector<FoldedChar> folded(std::string_view text) {
  std::vector<FoldedChar> out;
  fold_into(out, text, 0, text.size());
  return out;
}

void check_offsets(std::string_view text) {
  std::vector<bool> border(text.size() + 1);
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).length) border[at] = true;
  border[text.size()] = true;
  std::uint32_t last_begin = 0;
  std::uint32_t last_end = 0;
  for (const FoldedChar& c : folded(text)) {
    REQUIRE(c.begin < c.end);
    REQUIRE(c.end <= text.size());
    REQUIRE(border[c.begin]);
    REQUIRE(border[c.end]);
    REQUIRE((c.begin >= last_end || (c.begin == last_begin && c.end == last_end)));
    last_begin = c.begin;
    last_end = c.end;
  }
}

}  // namespace

TEST_CASE("writings of one thing fold to one form") {
  const std::pair<std::string, std::string> cases[] = {
      {"YOUNHA", "younha"},
      {"ＹＯＵＮＨＡ", "younha"},
      {"shōjo", "shojo"},
      {"Beyoncé", "beyonce"},
      {"Beyonce\u0301", "beyonce"},
      {"Straße", "strasse"},
      {"Ærø", "aero"},
      {"Łódź", "lodz"},
      {"İstanbul", "istanbul"},
      {"ﾅﾐﾀﾞ", "ナミダ"},
      {"が", "が"},
      {"か\u3099", "が"},
      {"\u110B\u1172\u11AB\u1112\u1161", "윤하"},
      {"２０１９", "2019"},
      {"It’s", "it's"},
      {"Ελλάδα", "ελλαδα"},
      {"Йод", "йод"},
      {"ﬁne", "fine"},
      {"Ⅷ", "viii"},
      {"so\u00ADft", "soft"},
      {"a\u200Bb", "a b"},
      {"㍿", "株式会社"},
      {"ŞARKI", "sarki"},
  };
  for (const auto& [text, expected] : cases) {
    CAPTURE(text);
    CHECK(fold(text) == expected);
  }
}

TEST_CASE("kana keep their voicing marks") {
  CHECK(fold("がぎパ") == "がぎパ");
  CHECK(fold("ﾊﾟ") == "パ");
}

TEST_CASE("lone jamo stay lone in every block they come from") {
  CHECK(fold("ㅇㅎ") == "ㅇㅎ");
  CHECK(fold("윤ㅎ") == "윤ㅎ");
  CHECK(fold("ㅇㅏ") == "ㅇㅏ");
  CHECK(fold("\u1112") == "ㅎ");
  CHECK(fold("\u11AB") == "ㄴ");
  CHECK(fold("\uFFB7\uFFBE") == "ㅇㅎ");
  CHECK(fold("\uFFC2\uFFDC") == "ㅏㅣ");
}

TEST_CASE("folding twice is folding once") {
  for (char32_t code = 1; code < 0x30000; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    const std::string once = fold(to_utf8(std::u32string(1, code)));
    if (fold(once) != once) FAIL("code ", static_cast<unsigned>(code));
  }
}

TEST_CASE("a folded character has the bytes that it came from") {
  const std::vector<FoldedChar> chars = folded("aé か\u3099㍿");
  REQUIRE(chars.size() == 8);
  CHECK(chars[1].begin == 1);
  CHECK(chars[1].end == 3);
  CHECK(chars[3].code == U'が');
  CHECK(chars[3].begin == 4);
  CHECK(chars[3].end == 10);
  CHECK(chars[4].begin == 10);
  CHECK(chars[7].end == 13);
}

TEST_CASE("offsets count from the beginning of the text when a part is folded") {
  std::vector<FoldedChar> out;
  fold_into(out, "눈물 NUNMUL", 7, 10);
  REQUIRE(out.size() == 3);
  CHECK(out[0].code == U'n');
  CHECK(out[0].begin == 7);
  CHECK(out[2].end == 10);
}

TEST_CASE("offsets lie between characters in random text") {
  const std::u32string letters = U"aE\u0301\u00ADが\u3099ﾀﾞ윤\u1112\u1161\u11ABㅎ㍿ﬁ涙\u200B’ \U0001F494ſ";
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = random() % 20; i > 0; --i) {
      if (random() % 12 == 0) {
        text.push_back(static_cast<char>(random()));
      } else {
        append_utf8(text, letters[random() % letters.size()]);
      }
    }
    CAPTURE(text);
    check_offsets(text);
  }
}

TEST_CASE("many marks on one letter take linear time") {
  std::string text = "a";
  for (int i = 0; i < 200'000; ++i) append_utf8(text, i % 2 ? U'\u0301' : U'\u0323');
  const auto start = std::chrono::steady_clock::now();
  CHECK(fold(text) == "a");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}

TEST_SUITE_END();
