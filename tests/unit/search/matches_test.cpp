// SPDX-License-Identifier: GPL-2.0-or-later
// Which documents fit: by weight, word by word, without words; always within what is allowed.
#include "search/match/matches.h"

#include <doctest/doctest.h>

#include <set>

#include "search/plan/planner.h"
#include "search/rank/strategy.h"
#include "support/test_index.h"

using namespace nunmul;

TEST_SUITE_BEGIN("search/matches");

namespace {

class Sample {
 public:
  Sample() {
    index_.settings.filterable_attributes = {{.patterns = {"year"}, .comparison = true, .bare = true}};
    index_.update(
        {R"({"id":"a","title":"autumn rain","year":1})", R"({"id":"b","title":"autumn leaves","year":2})"});
    index_.update({R"({"id":"c","title":"winter rain","year":3})"});
  }

  struct Found {
    std::set<std::string> ids;
    Matches matches;
  };
  Found find(const SearchRequest& request, MatchingStrategy strategy) {
    return index_.index().generation()->read([&](const Snapshot& snapshot) {
      RequestBudget budget;
      const Scope scope = make_scope(snapshot, request, budget);
      const Strategy& asked = strategy_of(strategy);
      const QueryPlan plan = plan_query(scope.generation, request.q, {}, asked.style);
      Found found{{}, strategy_for(scope, plan, asked).match(scope, plan)};
      for (const MatchedDocument& document : found.matches.documents)
        found.ids.emplace(scope.generation.id(document.document));
      return found;
    });
  }
  std::set<std::string> ids(std::string q, MatchingStrategy strategy, const char* filter = nullptr) {
    SearchRequest request;
    request.q = std::move(q);
    if (filter) request.filter = filter;
    return find(request, strategy).ids;
  }

 private:
  TestIndex index_;
};

using Ids = std::set<std::string>;

}  // namespace

TEST_CASE("word by word, as many words as the strategy requires") {
  Sample sample;
  CHECK(sample.ids("autumn rain ", MatchingStrategy::All) == Ids{"a"});
  CHECK(sample.ids("autumn rain ", MatchingStrategy::Last) == Ids{"a", "b"});
  CHECK(sample.ids("rain autumn ", MatchingStrategy::Last) == Ids{"a", "c"});
}

TEST_CASE("by weight any word will do") {
  Sample sample;
  CHECK(sample.ids("autumn rain", MatchingStrategy::Any) == Ids{"a", "b", "c"});
  CHECK(sample.ids("\"autumn rain\"", MatchingStrategy::Any) == Ids{"a"});
}

TEST_CASE("filters and excluded words hold for every way") {
  Sample sample;
  for (const MatchingStrategy strategy : {MatchingStrategy::Last, MatchingStrategy::Any}) {
    CHECK(sample.ids("rain", strategy, "year > 1") == Ids{"c"});
    CHECK(sample.ids("rain -winter", strategy) == Ids{"a"});
    CHECK(sample.ids("-winter", strategy, "year > 1") == Ids{"b"});
  }
}

TEST_CASE("what concerns all matches is counted to the end") {
  Sample sample;
  SearchRequest request;
  request.q = "rain";
  request.facets.emplace();
  const Matches matches = sample.find(request, MatchingStrategy::Last).matches;
  CHECK(matches.complete);
  CHECK(matches.total == 2);
}

TEST_SUITE_END();
