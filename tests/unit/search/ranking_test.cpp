// SPDX-License-Identifier: GPL-2.0-or-later
// The contract's formula gives the contract's figures; our own order puts whole names above everything
// and never turns around when a document gets better.
#include "search/rank/ranking.h"

#include <doctest/doctest.h>

using namespace nunmul;

TEST_SUITE_BEGIN("search/ranking");

namespace {

const std::vector<std::string> kDefaultRules{"words", "typo",         "proximity", "attributeRank",
                                             "sort",  "wordPosition", "exactness"};

Features one_word_third_in_its_attribute() {
  Features features;
  features.units = 1;
  features.words = 1;
  features.position_cost = 2;  // two words from its place in the query
  features.exact_words = 1;
  return features;
}

}  // namespace

TEST_CASE("the worked example of the contract scores 116 of 132") {
  const auto ranks = rule_ranks(kDefaultRules, one_word_third_in_its_attribute(), 1, 1);
  CHECK(ranking_score(ranks) == doctest::Approx(116.0 / 132.0));
}

TEST_CASE("details name each rule in its order") {
  const Json details = ranking_details(kDefaultRules, one_word_third_in_its_attribute(), 1, 1);
  std::vector<std::string> names;
  for (const auto& [name, row] : details.items()) names.push_back(name);
  CHECK(names ==
        std::vector<std::string>{"words", "typo", "proximity", "attributeRank", "wordPosition", "exactness"});
  CHECK(details["typo"]["maxTypoCount"] == 1);
  CHECK(details["exactness"]["matchType"] == "noExactMatch");
  CHECK(details["exactness"]["order"] == 5);
}

TEST_CASE("a typo costs a rank, and ranks never fall below one") {
  Features features = one_word_third_in_its_attribute();
  const double exact = ranking_score(rule_ranks(kDefaultRules, features, 1, 1));
  features.typos = 1;
  CHECK(ranking_score(rule_ranks(kDefaultRules, features, 1, 1)) < exact);
  features.typos = 50;
  features.position_cost = 5000;
  for (const RuleRank& rank : rule_ranks(kDefaultRules, features, 1, 1)) CHECK(rank.rank >= 1);
}

TEST_CASE("a whole name stands above any weight of words") {
  Features name;
  name.units = name.words = 2;
  name.exactness = Exactness::Whole;
  name.field_cover = 1;
  Features prose;
  prose.units = prose.words = 2;
  prose.closeness = 1;
  CHECK(blended_score(name, 0.3) > blended_score(prose, 3));
}

TEST_CASE("more of the query is never worse") {
  Features features;
  features.units = 4;
  double before = -1;
  for (std::uint32_t words = 0; words <= 4; ++words) {
    features.words = words;
    const double score = ranking_score_of_blend(blended_score(features, 0.2));
    CHECK(score > before);
    CHECK(score <= 1);
    before = score;
  }
}
