// SPDX-License-Identifier: GPL-2.0-or-later
// The JSON of a search: fields in the contract's order, documents as they were sent, counters by mode.
#include "search/present/search_result.h"

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("search/search_result");

using namespace nunmul;

namespace {

Hit hit_of(const char* document) {
  Hit hit;
  hit.document = document;
  hit.ranking_score = 0.5;
  return hit;
}

std::string response(const SearchResult& result, const SearchRequest& request) {
  return search_response_json(result, request, 3, Json{{"indexUid", "songs"}}, Json{{"requestUid", "u"}});
}

}  // namespace

TEST_CASE("a hit is the document and then what was asked for, in order") {
  Hit hit = hit_of(R"({"id":12345678901234567890,"x":1.0})");
  SearchRequest request;
  CHECK(hit_json(hit, request) == R"({"id":12345678901234567890,"x":1.0})");
  hit.formatted = parse_json(R"({"id":"1"})");
  hit.matches_position = Json::object();
  hit.ranking_score_details = parse_json(R"({"words":{"order":0}})");
  request.show_ranking_score = request.show_ranking_score_details = request.retrieve_vectors = true;
  CHECK(hit_json(hit, request, parse_json(R"({"_federation":{"a":1}})")) ==
        R"({"id":12345678901234567890,"x":1.0,"_vectors":{},"_formatted":{"id":"1"},"_matchesPosition":{},)"
        R"("_rankingScore":0.5,"_rankingScoreDetails":{"words":{"order":0}},"_federation":{"a":1}})");
}

TEST_CASE("a hit says what its score is made of, or its ranks under rules") {
  Hit hit = hit_of("{}");
  hit.score_rows = {{"found", 0.5, 1, 2}, {"typo", 0, 2, 3}};
  SearchRequest request;
  request.explain = true;
  CHECK(hit_json(hit, request) ==
        R"({"_nunmulScore":[{"name":"found","value":1.0,"of":2.0,"weight":0.5,"points":0.25},)"
        R"({"name":"typo","value":2.0,"of":3.0}]})");
}

TEST_CASE("a hit that shows no field is an object all the same") {
  SearchRequest request;
  CHECK(hit_json(hit_of("{}"), request) == "{}");
  request.show_ranking_score = true;
  CHECK(hit_json(hit_of("{ }\n"), request) == R"({"_rankingScore":0.5})");
}

TEST_CASE("with offset and limit the count is an estimate") {
  SearchRequest request;
  request.q = "눈물 \"";
  SearchResult result;
  result.hits = {hit_of(R"({"id":1})"), hit_of(R"({"id":2})")};
  result.total_hits = 42;
  result.offset = 5;
  CHECK(response(result, request) ==
        R"({"indexUid":"songs","hits":[{"id":1},{"id":2}],"query":"눈물 \"","processingTimeMs":3,"limit":20,)"
        R"("offset":5,)"
        R"("estimatedTotalHits":42,"requestUid":"u"})");
}

TEST_CASE("with pages the counters are those of pages") {
  SearchRequest request;
  SearchResult result;
  result.total_hits = 41;
  request.page = 2;
  CHECK(response(result, request)
            .find(R"("hitsPerPage":20,"page":2,"totalPages":3,"totalHits":41,"requestUid")") !=
        std::string::npos);
  request.page.reset();
  request.hits_per_page = 0;
  CHECK(response(result, request).find(R"("hitsPerPage":0,"page":1,"totalPages":0,"totalHits":41)") !=
        std::string::npos);
  request.page = 0;
  request.hits_per_page = 41;
  CHECK(response(result, request).find(R"("hitsPerPage":41,"page":0,"totalPages":1,"totalHits":41)") !=
        std::string::npos);
}

TEST_CASE("facets are there if they were asked for, and performance by step") {
  SearchRequest request;
  request.show_performance_details = true;
  SearchResult result;
  result.facet_distribution = parse_json(R"({"g":{"a":1}})");
  result.facet_stats = Json::object();
  result.performance_ms = {{"plan", 1.234}};
  CHECK(
      response(result, request)
          .find(R"("facetDistribution":{"g":{"a":1}},"facetStats":{},"performanceDetails":{"plan":"1.23ms"},)"
                R"("requestUid")") != std::string::npos);
}
