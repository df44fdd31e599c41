// SPDX-License-Identifier: GPL-2.0-or-later
// The plan of a query: units with the terms that stand for them, what may be dropped, and what
// the style of a strategy changes.
#include "search/plan/planner.h"

#include <doctest/doctest.h>

#include "search/rank/strategy.h"
#include "support/test_index.h"

using namespace nunmul;

TEST_SUITE_BEGIN("search/plan");

namespace {

class Planned {
 public:
  Planned() {
    index_.update({R"({"id":1,"title":"Rainy day","text":"a song about rain and a breakup"})",
                   R"({"id":2,"title":"비가 내리는 날","text":"이별 노래"})",
                   R"({"id":3,"title":"Rain","text":"day"})"});
  }

  QueryPlan plan(std::string_view q, MatchingStrategy strategy = MatchingStrategy::Last) {
    return plan_query(*index_.index().generation(), q, {}, strategy_of(strategy).style);
  }

 private:
  TestIndex index_;
};

bool asks(const std::vector<PlannedTerm>& terms, std::string_view term) {
  return std::any_of(terms.begin(), terms.end(), [&](const PlannedTerm& one) {
    return one.together ? asks(*one.together, term) : one.term == term;
  });
}

}  // namespace

TEST_CASE("a word is asked for by its stem, and one that goes on by what begins so") {
  Planned index;
  const QueryPlan plan = index.plan("days rai");
  REQUIRE(plan.units.size() == 2);
  CHECK(asks(plan.units[0].any, "Lday"));
  CHECK_FALSE(plan.units[0].prefix);
  CHECK(plan.units[1].prefix);
  CHECK(asks(plan.units[1].any, "Lrain"));
  CHECK(plan.units[1].documents > 0);
}

TEST_CASE("which words a document may lack is the strategy's") {
  Planned index;
  CHECK(index.plan("rain breakup nowhere", MatchingStrategy::All).required == 3);
  CHECK(index.plan("rain breakup nowhere", MatchingStrategy::Last).required == 1);
  CHECK(index.plan("rain breakup nowhere", MatchingStrategy::Last).unit_order ==
        std::vector<std::uint32_t>{0, 1, 2});
  CHECK(index.plan("rain breakup nowhere ", MatchingStrategy::Frequency).unit_order ==
        std::vector<std::uint32_t>{2, 1, 0});
  CHECK(index.plan("rain \"a breakup\"", MatchingStrategy::Last).unit_order.front() == 1);
}

TEST_CASE("only a sentence loses its common words and means themes") {
  Planned index;
  CHECK(index.plan("the breakup").units.size() == 2);
  const QueryPlan sentence = index.plan("the breakup", MatchingStrategy::Any);
  REQUIRE(sentence.units.size() == 1);
  CHECK(asks(sentence.units[0].any, "Xbreakup"));
  CHECK(sentence.full_weight > 0);
  CHECK(asks(sentence.terms, "Lbreakup"));
  CHECK(index.plan("breakup").terms.empty());
}

TEST_CASE("words behind a minus are no units") {
  Planned index;
  const QueryPlan plan = index.plan("rain -breakup");
  CHECK(plan.units.size() == 1);
  CHECK(plan.excluded.size() == 1);
  CHECK(index.plan("-breakup").empty());
}

TEST_SUITE_END();
