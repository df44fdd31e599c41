// SPDX-License-Identifier: GPL-2.0-or-later
// Which documents fit: by weight, word by word, without words; always within what is allowed.
#include "search/match/matches.h"

#include <doctest/doctest.h>

#include <functional>
#include <random>
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

namespace {

constexpr MatchingStrategy kStrategies[] = {MatchingStrategy::Last, MatchingStrategy::All,
                                            MatchingStrategy::Frequency, MatchingStrategy::Any};

// 1,500 texts of words some of which are common, begin alike or have a stem in common.
class Crowd {
 public:
  Crowd() {
    constexpr const char* kWords[] = {"rain",   "raining", "rainy", "river",  "rivers", "night",
                                      "nights", "autumn",  "train", "trains", "비가",   "비밀"};
    std::mt19937 random(14);
    index_.settings.filterable_attributes = {{.patterns = {"group"}, .bare = true}};
    std::vector<std::string> documents;
    for (int i = 0; i < 1500; ++i) {
      std::string text;
      for (std::size_t w = 0, words = 2 + random() % 12; w < words; ++w)
        text.append(kWords[std::min(random() % 12, random() % 12)]).append(" ");
      documents.push_back(R"({"id":)" + std::to_string(i) + R"(,"group":"g)" + std::to_string(random() % 3) +
                          R"(","text":")" + text + R"("})");
    }
    documents.push_back(R"({"id":"here","group":"g0","text":")" + std::string(200, 'x') +
                        R"( the quiet rain behind a long text of many other words that weigh it down"})");
    for (int i = 0; i < 300; ++i)
      documents.push_back(R"({"id":"other)" + std::to_string(i) + R"(","text":"rain quiet"})");
    index_.update(documents);
  }

  SearchResult search(const std::string& q, MatchingStrategy strategy,
                      const std::function<void(SearchRequest&)>& with = {}) {
    SearchRequest request;
    request.q = q;
    request.matching_strategy = strategy;
    if (with) with(request);
    return index_.search(request);
  }

  static std::vector<std::string> ids(const SearchResult& result) {
    std::vector<std::string> ids;
    for (const Hit& hit : result.hits) ids.push_back(hit.id);
    return ids;
  }

 private:
  TestIndex index_;
};

constexpr const char* kQueries[] = {"rain",
                                    "rainy ",
                                    "night tra",
                                    "river night rai",
                                    "\"rain river\"",
                                    "autumn -nights",
                                    "비",
                                    "trains \"night rain\"",
                                    "nigth rain",
                                    "rain river night autumn"};

}  // namespace

TEST_CASE("a phrase that one document has is found behind hundreds with its words") {
  Crowd crowd;
  for (const MatchingStrategy strategy : kStrategies) {
    const SearchResult result = crowd.search("\"quiet rain\"", strategy);
    CHECK(Crowd::ids(result) == std::vector<std::string>{"here"});
    CHECK(result.total_hits == 1);
  }
}

TEST_CASE("to ask for facets or a page leaves hits and total as they are") {
  Crowd crowd;
  for (const MatchingStrategy strategy : kStrategies) {
    for (const char* q : kQueries) {
      CAPTURE(q);
      const SearchResult plain = crowd.search(q, strategy);
      for (const auto& with : std::vector<std::function<void(SearchRequest&)>>{
               [](SearchRequest& request) { request.facets = std::vector<std::string>{"group"}; },
               [](SearchRequest& request) { request.page = 1; }}) {
        const SearchResult same = crowd.search(q, strategy, with);
        CHECK(Crowd::ids(same) == Crowd::ids(plain));
        CHECK(same.total_hits == plain.total_hits);
      }
    }
  }
}

TEST_CASE("a facet counts what a filter for its value finds, and all of it can be listed") {
  Crowd crowd;
  for (const MatchingStrategy strategy : kStrategies) {
    for (const char* q : kQueries) {
      CAPTURE(q);
      const SearchResult counted = crowd.search(
          q, strategy, [](SearchRequest& request) { request.facets = std::vector<std::string>{"group"}; });
      for (const auto& [group, count] : counted.facet_distribution->at("group").items()) {
        const std::string filter = "group = " + group;
        const SearchResult listed = crowd.search(q, strategy, [&](SearchRequest& request) {
          request.filter = filter;
          request.limit = 1000;
        });
        CHECK(listed.total_hits == count.get<std::size_t>());
        CHECK(listed.hits.size() == listed.total_hits);
      }
    }
  }
}

TEST_CASE("pages in a row are one list, whatever their size") {
  Crowd crowd;
  for (const MatchingStrategy strategy : kStrategies) {
    for (const char* q : kQueries) {
      CAPTURE(q);
      const auto all =
          Crowd::ids(crowd.search(q, strategy, [](SearchRequest& request) { request.limit = 1000; }));
      std::vector<std::string> paged;
      for (std::uint32_t offset = 0; offset < 1000; offset += 70)
        for (const Hit& hit : crowd
                                  .search(q, strategy,
                                          [&](SearchRequest& request) {
                                            request.offset = offset;
                                            request.limit = 70;
                                          })
                                  .hits)
          paged.push_back(hit.id);
      CHECK(paged == all);
    }
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
