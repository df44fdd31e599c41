// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: inflected forms share a stem, and what is remembered does not change the answer.
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
  CHECK(latin_stem("2019") == "2019");
  CHECK(latin_stem("") == "");
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
