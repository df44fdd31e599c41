// SPDX-License-Identifier: GPL-2.0-or-later
// Words of a facet's query are found in its values as in a search, and the quick look at a value never
// says no to one that fits.
#include "search/match/facet_query.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "support/test_index.h"

using namespace nunmul;

TEST_SUITE_BEGIN("search/facet_query");

namespace {

std::uint32_t typos_of(const Token& token) {
  const std::size_t letters = count_chars(token.word) * (token.script == Script::Hangul ? 3 : 1);
  return letters >= 9 ? 2 : letters >= 5 ? 1 : 0;
}

FacetQuery query_of(const Analyzer& analyzer, const std::string& text) {
  return FacetQuery(analyzer.tokenize(text), typos_of);
}

const std::vector<std::string> kWords{
    "bravo",  "Bravissimo", "running", "ran",       "StarWars",   "O'Neil", "mp3",    "2NE1",
    "가나다", "아이유",     "앙",      "꼬마",      "고마",       "비가",   "값싼",   "과자",
    "ㅇ",     "윤ㅎ",       "東京",    "タワー",    "ﾀﾜｰ",        "涙の歌", "Ｂ小町", "élan",
    "ﬁn",     "ßa",         "1984",    "12monkeys", "별달밤편지", "x_y",
};

// A word that begins like one of the list, with a letter wrong now and then.
std::string typed(std::mt19937& random) {
  std::u32string word = to_utf32(kWords[random() % kWords.size()]);
  if (random() % 2 == 0) word.resize(1 + random() % word.size());
  if (random() % 3 == 0) word[random() % word.size()] = to_utf32(kWords[random() % kWords.size()])[0];
  if (random() % 4 == 0) word.erase(random() % word.size(), 1);
  return to_utf8(word);
}

}  // namespace

TEST_CASE("the quick look never says no to a value that fits") {
  const Analyzer analyzer(tree_resources());
  std::mt19937 random(20260722);
  int fitting = 0, refused = 0;
  for (int round = 0; round < 300; ++round) {
    std::string text = typed(random);
    if (random() % 3 == 0) text += " " + typed(random);
    const FacetQuery query = query_of(analyzer, text);
    for (int i = 0; i < 100; ++i) {
      std::string value = kWords[random() % kWords.size()];
      value += (random() % 2 == 0 ? " " : "") + kWords[random() % kWords.size()];
      const bool fits = query.fits(analyzer.tokenize(value));
      const bool may_fit = query.may_fit(value);
      fitting += fits ? 1 : 0;
      refused += may_fit ? 0 : 1;
      CAPTURE(text);
      CAPTURE(value);
      CHECK((may_fit || !fits));
    }
  }
  CHECK(fitting > 1000);
  CHECK(refused > 10'000);
}

TEST_SUITE_END();
