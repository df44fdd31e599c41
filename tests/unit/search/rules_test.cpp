// SPDX-License-Identifier: GPL-2.0-or-later
// The contract's formula gives the contract's figures, a cost lowers a rank and never below one, and a
// listed rule gives its ranks.
#include "search/rank/rules.h"

#include <doctest/doctest.h>

using namespace nunmul;

TEST_SUITE_BEGIN("search/rules");

namespace {

const std::vector<RankingRule> kDefaultRules = Settings{}.ranking_rules;

Features one_word_third_in_its_attribute() {
  Features features;
  features.units = 1;
  features.words = 1;
  features.position_cost = 2;  // two words from its place in the query
  features.exact_words = 1;
  return features;
}

std::vector<RuleRank> ranks_of(const Features& features) {
  return rule_ranks(kDefaultRules, features, {1, 1});
}

}  // namespace

TEST_CASE("the worked example of the contract scores 116 of 132") {
  CHECK(ranking_score(ranks_of(one_word_third_in_its_attribute())) == doctest::Approx(116.0 / 132.0));
}

TEST_CASE("a typo costs a rank, and ranks never fall below one") {
  Features features = one_word_third_in_its_attribute();
  const double exact = ranking_score(ranks_of(features));
  features.typos = 1;
  CHECK(ranking_score(ranks_of(features)) < exact);
  features.typos = 50;
  features.position_cost = 5000;
  for (const RuleRank& rank : ranks_of(features)) CHECK(rank.rank >= 1);
}

TEST_CASE("the words come first, Attribute and Exactness give two ranks, sorts and custom rules none") {
  using Kind = RankingRule::Kind;
  const std::vector<RankingRule> rules{
      {Kind::Sort}, {Kind::Attribute}, {Kind::Custom, "year"}, {Kind::Exactness}};
  std::vector<Kind> kinds;
  for (const RuleRank& rank : rule_ranks(rules, one_word_third_in_its_attribute(), {}))
    kinds.push_back(rank.rule);
  CHECK(kinds == std::vector<Kind>{Kind::Words, Kind::AttributeRank, Kind::WordPosition, Kind::Exactness,
                                   Kind::Exactness});
}

TEST_CASE("bounds come from the words that may be misspelt and the attributes that are named") {
  QueryPlan plan;
  plan.units.resize(2);
  plan.units[0].allowed_typos = 1;
  plan.units[1].allowed_typos = 2;
  Settings settings;
  CHECK(rule_bounds(settings, plan).typos == 3);
  CHECK(rule_bounds(settings, plan).attributes == 1);
  settings.searchable_attributes = {"title", "text"};
  CHECK(rule_bounds(settings, plan).attributes == 2);
}

TEST_SUITE_END();
