// SPDX-License-Identifier: GPL-2.0-or-later
// Words that several documents have and no theme covers are listed, the commonest first; what the tables
// know, and what only one document has, is not.
#include "eval/uncovered_words.h"

#include <doctest/doctest.h>

#include "support/test_index.h"
#include "text/analyzer.h"

using namespace nunmul;

TEST_SUITE_BEGIN("eval/uncovered_words");

TEST_CASE("frequent words without a theme are listed, with their documents") {
  TestIndex index;
  index.update({R"({"id":1,"title":"Grommets","text":"A sad grommet and a widget, 2024."})",
                R"({"id":2,"title":"Grommet","text":"The widget of a breakup. 굴착기는"})",
                R"({"id":3,"title":"One","text":"grommets everywhere, 굴착기가"})"});
  const auto generation = index.index().generation();
  std::vector<std::string> words;
  for (const UncoveredWord& word : uncovered_words(*generation, 10)) words.push_back(word.word);
  REQUIRE(words.size() == 3);
  CHECK(words[0].starts_with("grommet"));
  CHECK(std::find(words.begin(), words.end(), "widget") != words.end());
  CHECK(uncovered_words(*generation, 1).size() == 1);
  CHECK(uncovered_words(*generation, 1).front().documents >= 3);
}

TEST_CASE("a text has the themes that it names") {
  const Analyzer analyzer(tree_resources());
  CHECK(themes_of(analyzer, "이별 rain") == std::vector<std::string>{"breakup", "rain"});
  CHECK(themes_of(analyzer, "grommet").empty());
}

TEST_SUITE_END();
