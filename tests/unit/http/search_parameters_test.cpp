// SPDX-License-Identifier: GPL-2.0-or-later
// Bodies and queries of one meaning make one search; every parameter has its own code; what is not
// offered is refused by name.
#include "http/search_parameters.h"

#include <doctest/doctest.h>

#include "http/json_reader.h"
#include "http/query_reader.h"

using namespace nunmul;

TEST_SUITE_BEGIN("http/search_parameters");

namespace {

SearchRequest of_body(const char* body) {
  return read_search_request(read_object(parse_json(body), search_fields()));
}
SearchRequest of_query(std::string_view query) {
  return read_search_request(read_parameters(parse_query(query), search_fields()));
}

ErrorCode code_of(const char* body) {
  try {
    of_body(body);
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::InvalidInput;
}

}  // namespace

TEST_CASE("an empty object has the defaults") {
  const SearchRequest request = of_body("{}");
  CHECK(request.q.empty());
  CHECK(request.limit == 20);
  CHECK(request.offset == 0);
  CHECK(request.crop_marker == "…");
  CHECK(request.highlight_pre_tag == "<em>");
  CHECK_FALSE(request.facets);
  CHECK_FALSE(request.matching_strategy);
  CHECK_FALSE(request.counted_pages());
}

TEST_CASE("a query means what the body means") {
  const SearchRequest body = of_body(
      R"({"q":"a b","limit":3,"sort":["year:desc","title:asc"],"facets":["kind"],
          "attributesToCrop":["text:5","title"],"cropLength":7,"filter":["a = 1"],
          "showRankingScore":true,"rankingScoreThreshold":0.5,"matchingStrategy":"all"})");
  const SearchRequest query = of_query(
      "q=a+b&limit=3&sort=year:desc,title:asc&facets=kind&attributesToCrop=text:5,title&cropLength=7&filter=%"
      "5B%22a+%3D+1%22%5D"
      "&showRankingScore=true&rankingScoreThreshold=0.5&matchingStrategy=all");
  for (const SearchRequest* request : {&body, &query}) {
    CHECK(request->q == "a b");
    CHECK(request->limit == 3);
    CHECK(request->sort == std::vector<std::string>{"year:desc", "title:asc"});
    CHECK(*request->facets == std::vector<std::string>{"kind"});
    REQUIRE(request->attributes_to_crop.size() == 2);
    CHECK(request->attributes_to_crop[0].length == 5);
    CHECK(request->attributes_to_crop[1].length == 7);
    CHECK(request->filter == Json::array({"a = 1"}));
    CHECK(request->show_ranking_score);
    CHECK(*request->ranking_score_threshold == 0.5);
    CHECK(*request->matching_strategy == MatchingStrategy::All);
  }
}

TEST_CASE("a star in attributesToSearchOn does not limit") {
  CHECK_FALSE(of_body(R"({"attributesToSearchOn":["*"]})").attributes_to_search_on);
  CHECK_FALSE(of_body(R"({"attributesToSearchOn":null})").attributes_to_search_on);
  CHECK(of_body(R"({"attributesToSearchOn":["title"]})").attributes_to_search_on);
}

TEST_CASE("what is wrong or not offered has its own code") {
  const std::pair<const char*, ErrorCode> rows[] = {
      {R"({"matchingStrategy":"x"})", ErrorCode::InvalidSearchMatchingStrategy},
      {R"({"rankingScoreThreshold":2})", ErrorCode::InvalidSearchRankingScoreThreshold},
      {R"({"locales":["xx"]})", ErrorCode::InvalidSearchLocales},
      {R"({"hybrid":{"embedder":"x"}})", ErrorCode::InvalidSearchEmbedder},
      {R"({"hybrid":1})", ErrorCode::InvalidSearchHybridQuery},
      {R"({"vector":[1]})", ErrorCode::MissingSearchHybrid},
      {R"({"media":{}})", ErrorCode::MissingSearchHybrid},
      {R"({"personalize":{}})", ErrorCode::FeatureNotEnabled},
      {R"({"useNetwork":true})", ErrorCode::FeatureNotEnabled},
      {R"({"query":"x"})", ErrorCode::BadRequest},
  };
  for (const auto& [body, code] : rows) {
    CAPTURE(body);
    CHECK(code_of(body) == code);
  }
}

TEST_CASE("every parameter may be null") {
  for (const Field& field : search_fields()) {
    CAPTURE(field.name);
    CHECK_NOTHROW(of_body(("{\"" + std::string(field.name) + "\":null}").c_str()));
  }
}

TEST_CASE("a facet search takes the whole state of an adapter") {
  const Fields fields =
      read_object(parse_json(R"({"facetName":"a","limit":"x","q":"b"})"), facet_search_fields());
  const FacetSearchRequest request = read_facet_search_request(fields);
  CHECK(request.facet_name == "a");
  CHECK_FALSE(request.facet_query);
  CHECK(request.among.q == "b");
}
