// SPDX-License-Identifier: GPL-2.0-or-later
// Ranking rules are read once and written as they were.
#include "index/ranking_rule.h"

#include <doctest/doctest.h>

using namespace nunmul;

TEST_SUITE_BEGIN("index/ranking_rule");

TEST_CASE("each rule is read, and written as it was") {
  for (const char* text : {"words", "typo", "proximity", "attributeRank", "sort", "wordPosition", "exactness",
                           "attribute", "year:asc", "year:desc", "a:b:desc", "words:asc"}) {
    CAPTURE(text);
    const auto rule = find_ranking_rule(text);
    REQUIRE(rule);
    CHECK(to_string(*rule) == text);
  }
}

TEST_CASE("a custom rule has its attribute and its way") {
  const auto rule = find_ranking_rule("a:b:desc");
  REQUIRE(rule);
  CHECK(rule->kind == RankingRule::Kind::Custom);
  CHECK(rule->attribute == "a:b");
  CHECK_FALSE(rule->ascending);
  CHECK(rule->orders_by_values());
  CHECK_FALSE(find_ranking_rule("typo")->orders_by_values());
}

TEST_CASE("other texts are no rules") {
  for (const char* text : {"", "Typo", "year", ":asc", "year:", "year:ASC"}) {
    CAPTURE(text);
    CHECK_FALSE(find_ranking_rule(text));
  }
}

TEST_SUITE_END();
