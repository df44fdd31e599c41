// SPDX-License-Identifier: GPL-2.0-or-later
// Other queries where nothing is found: what helps is offered, and what only happens to find something is
// not.
#include "search/suggestions.h"

#include <doctest/doctest.h>

#include "support/test_index.h"

TEST_SUITE_BEGIN("search/suggestions");

using namespace nunmul;

namespace {

// Each as "way: query".
std::vector<std::string> offers(const std::string& q) {
  TestIndex index;
  index.settings.default_matching_strategy = MatchingStrategy::Any;
  index.update(
      {R"({"id":"wild","kind":"song","title":"야생화","description":"A song of rain. 눈물 노래."})",
       R"({"id":"younha","kind":"song","title":"Comet","artist":"윤하",)"
       R"("description":"A song that gets better."})",
       R"({"id":"late","kind":"film","title":"Town","description":"A film. 통하지 않는 마음, 전역한 날."})"});
  SearchRequest request;
  request.q = q;
  std::vector<std::string> out;
  index.index().generation()->read([&](const Snapshot& snapshot) {
    out.clear();
    RequestBudget budget;
    for (const QuerySuggestion& one : suggest_queries(snapshot, request, budget))
      out.push_back(std::string(name_of(one.way)) + ": " + one.q);
    return 0;
  });
  return out;
}

using Offers = std::vector<std::string>;

}  // namespace

TEST_CASE("the nearest spelling is offered") { CHECK(offers("눈뭉") == Offers{"spelling: 눈물"}); }

TEST_CASE(
    "a word far from all others is no misspelling of one, nor is one of two syllables of a longer one") {
  for (const char* q : {"battery", "토익", "전망"}) {
    CAPTURE(q);
    CHECK(offers(q).empty());
  }
}

TEST_CASE("the other layout is offered where most keys show syllables there") {
  const Offers with_a_slip = offers("\"dbsgk\" l");
  REQUIRE_FALSE(with_a_slip.empty());
  CHECK(with_a_slip.front() == "otherLayout: \"윤하\"");
  CHECK(offers("\"dbsgk\"") == Offers{"otherLayout: \"윤하\""});
  CHECK(offers("wedding").empty());
}

TEST_CASE("a query that says no more than a kind of entries is no help") {
  CHECK(offers("graduation songs").empty());
  CHECK(offers("졸업 노래").empty());
  CHECK(offers("\"qqqq\" rain") == Offers{"fewerWords: rain"});
}

TEST_SUITE_END();
