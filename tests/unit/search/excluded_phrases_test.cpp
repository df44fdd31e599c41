// SPDX-License-Identifier: GPL-2.0-or-later
// What stands behind a minus: letters of Han characters are found inside of words, whole phrases only whole,
// and however long a document is, the search for them ends with the request's budget.
#include "search/match/excluded_phrases.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "search/plan/planner.h"
#include "support/test_index.h"

using namespace nunmul;

TEST_SUITE_BEGIN("search/excluded_phrases");

namespace {

std::string long_document() {
  std::string text;
  for (int i = 0; i < 3'000; ++i) text += "夜空の星 夜明け前 ";
  return R"({"id":1,"title":"One","text":")" + text + "\"}";
}

struct Excluded {
  explicit Excluded(TestIndex& index, std::string_view q)
      : generation(index.index().generation()), plan(plan_query(*generation, q, {}, {})) {}

  const Segment& segment() const { return *generation->segments()[0].segment; }

  std::shared_ptr<const Generation> generation;
  QueryPlan plan;
};

}  // namespace

TEST_CASE("letters are found inside of words, phrases as they stand") {
  TestIndex index;
  index.update({R"({"id":1,"title":"夜空の星","text":"starry night sky"})"});
  RequestBudget budget;
  for (const auto& [q, found] : {std::pair{"-\"空\"", true},
                                 {"-空", false},
                                 {"-\"海\"", false},
                                 {"-\"night sky\"", true},
                                 {"-\"sky night\"", false},
                                 {"-star", false}}) {
    CAPTURE(q);
    const Excluded excluded(index, q);
    const ExcludedPhrases phrases(excluded.segment(), index.settings, excluded.plan.excluded, budget);
    CHECK((!phrases.empty() && phrases.stand_in(0)) == found);
  }
}

TEST_CASE("the search in one long document ends with the budget") {
  TestIndex index;
  index.update({long_document()});
  const Excluded excluded(index, "-夜空の海 -夜明けの海");
  const auto end = std::make_shared<WorkEnd>();
  RequestBudget budget({}, end);
  const ExcludedPhrases phrases(excluded.segment(), index.settings, excluded.plan.excluded, budget);
  CHECK_FALSE(phrases.stand_in(0));
  end->set(WorkEnd::Clock::now(), "the client has gone");
  CHECK_THROWS_WITH_AS(phrases.stand_in(0), "the client has gone", Error);
}

TEST_SUITE_END();
