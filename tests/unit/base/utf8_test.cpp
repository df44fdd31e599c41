// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: every code point survives the round trip; what is not UTF-8 becomes U+FFFD byte by byte
// and never more than that; cuts fall between characters.
#include "base/utf8.h"

#include <doctest/doctest.h>

#include <random>

using namespace nunmul;

TEST_SUITE_BEGIN("base/utf8");

TEST_CASE("every code point survives the round trip") {
  for (char32_t code = 1; code <= 0x10FFFF; code += code < 0x11000 ? 1 : 97) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    std::string bytes;
    append_utf8(bytes, code);
    const DecodedChar back = decode_utf8(bytes, 0);
    if (back.code != code || back.length != bytes.size()) FAIL("code ", static_cast<unsigned>(code));
  }
}

TEST_CASE("what begins no valid sequence is one replacement character for each byte") {
  const std::string cases[] = {
      "\xFF",         "\x80",
      "\xC0\x80",     "\xE0\x80\x80",
      "\xED\xA0\x80", "\xF4\x90\x80\x80",
      "\xE3\x81",     "\xF5\x80\x80\x80",
  };
  for (const std::string& bytes : cases) {
    CAPTURE(bytes.size());
    CHECK(to_utf32(bytes) == std::u32string(bytes.size(), kReplacement));
  }
}

TEST_CASE("a broken sequence does not swallow the character after it") {
  CHECK(to_utf32("\xE3\x81"
                 "a") == U"\uFFFD\uFFFDa");
  CHECK(to_utf32("\xEA\xB0눈") == U"\uFFFD\uFFFD눈");
}

TEST_CASE("surrogates and values beyond Unicode are written as the replacement character") {
  CHECK(to_utf8(std::u32string{0xD800, 0x110000, 0x10FFFF}) == "\uFFFD\uFFFD\U0010FFFF");
}

TEST_CASE("past the end there is a character of length 0") {
  CHECK(decode_utf8("a", 1).length == 0);
  CHECK(decode_utf8("", 0).length == 0);
}

TEST_CASE("a prefix ends between characters") {
  CHECK(utf8_prefix("윤하", 6) == "윤하");
  CHECK(utf8_prefix("윤하", 5) == "윤");
  CHECK(utf8_prefix("윤하", 2).empty());
}

TEST_CASE("an excerpt says that it was cut") {
  CHECK(utf8_excerpt("윤하", 6) == "윤하");
  CHECK(utf8_excerpt("윤하", 5) == "윤…");
}

TEST_CASE("the bytes of some characters end where the text does") {
  CHECK(bytes_of_chars("a윤하", 2) == 4);
  CHECK(bytes_of_chars("a윤하", 0) == 0);
  CHECK(bytes_of_chars("a윤하", 9) == 7);
}

TEST_CASE("the first byte that is not UTF-8 is found, and U+FFFD itself is a character") {
  CHECK_FALSE(find_invalid_utf8("윤\uFFFD하"));
  CHECK(find_invalid_utf8("윤\xED\xA0\x80") == 3);
}

TEST_CASE("random bytes are read to their end") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(random() % 40, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    std::size_t length = 0;
    for (std::size_t at = 0; at < bytes.size(); at += decode_utf8(bytes, at).length) {
      REQUIRE(decode_utf8(bytes, at).length > 0);
      ++length;
    }
    CHECK(count_chars(bytes) == length);
    CHECK(to_utf32(to_utf8(to_utf32(bytes))) == to_utf32(bytes));
  }
}

TEST_SUITE_END();
