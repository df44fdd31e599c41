// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: numbers below a hundred million come back from either writing.
#include "text/numerals.h"

#include <doctest/doctest.h>

using namespace nunmul;

TEST_SUITE_BEGIN("text/numerals");

TEST_CASE("numerals are read as digits") {
  CHECK(with_digits("三人") == "3人");
  CHECK(with_digits("第三章") == "第3章");
  CHECK(with_digits("二〇二四年") == "2024年");
  CHECK(with_digits("二千二十四年") == "2024年");
  CHECK(with_digits("二千二十四年五月一日") == "2024年5月1日");
  CHECK(with_digits("百万") == "1000000");
  CHECK(with_digits("涙") == std::nullopt);
  CHECK(with_digits("一二三四五六七八九〇一二三四五六七八九") == std::nullopt);
}

TEST_CASE("digits are written in both ways") {
  CHECK(in_han_characters("3") == std::vector<std::string>{"三"});
  CHECK(in_han_characters("2024") == std::vector<std::string>{"二千二十四", "二〇二四"});
  CHECK(in_han_characters("10") == std::vector<std::string>{"十", "一〇"});
  CHECK(in_han_characters("123456789").empty());
  CHECK(in_han_characters("3a").empty());
  CHECK(in_han_characters("").empty());
}

TEST_CASE("every number comes back") {
  for (std::uint64_t n = 1; n < 100'000'000; n = n * 3 + 7) {
    const std::string digits = std::to_string(n);
    for (const std::string& han : in_han_characters(digits)) {
      CAPTURE(han);
      CHECK(is_numeral(han));
      CHECK(with_digits(han) == digits);
    }
  }
}

TEST_SUITE_END();
