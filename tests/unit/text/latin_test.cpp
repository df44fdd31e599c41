// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: inflected forms share a stem, in each language by its own rules, and what is remembered does
// not change the answer.
#include "text/latin.h"

#include <doctest/doctest.h>

#include <xapian.h>

#include <random>
#include <thread>

using namespace nunmul;

TEST_SUITE_BEGIN("text/latin");

TEST_CASE("inflected forms share a stem") {
  CHECK(latin_stem("raining") == "rain");
  CHECK(latin_stem("hearts") == latin_stem("heart"));
  CHECK(latin_stem("it's") == "it");
  CHECK(latin_stem("don't") == latin_stem("dont"));
  CHECK(latin_stem("2019") == "2019");
  CHECK(latin_stem("") == "");
}

TEST_CASE("a language has its own stems") {
  CHECK(latin_stem("chevaux", StemLanguage::French) == std::string("cheval"));
  CHECK(latin_stem("chevaux") != "cheval");
  CHECK(latin_stem("hausern", StemLanguage::German) == "haus");
  CHECK(latin_stem("книги", StemLanguage::Russian) == "книг");
  CHECK(latin_stem("raining", StemLanguage::English) == "rain");
  CHECK(latin_stem(std::string(1000, 's'), StemLanguage::French) == std::string(1000, 's'));
}

TEST_CASE("English words among words of another alphabet stay English") {
  CHECK(latin_stem("raining", StemLanguage::Russian) == "rain");
}

TEST_CASE("a language with a stemmer is found by its code") {
  CHECK(find_stem_language("fra") == StemLanguage::French);
  CHECK(find_stem_language("nob") == StemLanguage::Norwegian);
  CHECK(find_stem_language("eng") == StemLanguage::English);
  for (const char* code : {"kor", "jpn", "zho", "fr", "", "xxx"}) CHECK_FALSE(find_stem_language(code));
}

TEST_CASE("a stemmer of Xapian stands behind each language") {
  for (int l = 0; l <= static_cast<int>(StemLanguage::Turkish); ++l) {
    CAPTURE(l);
    CHECK_NOTHROW(latin_stem("κ", static_cast<StemLanguage>(l)));
    CHECK_NOTHROW(latin_stem("a", static_cast<StemLanguage>(l)));
  }
}

TEST_CASE("a very long word is its own stem") {
  const std::string word(1000, 's');
  CHECK(latin_stem(word) == word);
}

TEST_CASE("remembering does not change stems, in any thread") {
  const auto work = [] {
    const Xapian::Stem stemmer("english");
    std::mt19937 random(3);
    for (int i = 0; i < 30'000; ++i) {
      std::string word;
      for (std::size_t length = 1 + random() % 6; length > 0; --length) word += "aestdingly"[random() % 10];
      if (latin_stem(word) != stemmer(word)) throw std::runtime_error(word);
    }
  };
  std::jthread other(work);
  CHECK_NOTHROW(work());
}

TEST_SUITE_END();
