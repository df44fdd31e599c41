// SPDX-License-Identifier: GPL-2.0-or-later
// Runs every *.json of this folder:
//   {"about":"…","settings":{…},"own":{…},"documents":[…],
//    "searches":[{"about":"…","request":{…},"expect":{…}}]}
// `request` has q, matchingStrategy, filter, sort, limit, offset, facets, distinct, attributesToHighlight,
// attributesToSearchOn, locales, showMatchesPosition, rankingScoreThreshold; `expect` any of
//   ids        identifiers of the hits, in order       first      of the first ones only
//   contains   identifiers among them                  lacks      identifiers that must not be
//   total      how many fit                            formatted  {"ID":{field: text}}
//   scores     {"ID": score}, to four places           facets     facetDistribution
//   error      the API's code
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/files.h"
#include "support/test_index.h"

using namespace nunmul;

namespace {

SearchRequest request_of(const Json& json) {
  SearchRequest request;
  request.q = json.value("q", "");
  if (json.contains("matchingStrategy"))
    request.matching_strategy = find_matching_strategy(json["matchingStrategy"].get<std::string>());
  if (json.contains("filter")) request.filter = json["filter"];
  if (json.contains("sort")) request.sort = json["sort"].get<std::vector<std::string>>();
  if (json.contains("facets")) request.facets = json["facets"].get<std::vector<std::string>>();
  if (json.contains("locales")) request.locales = json["locales"].get<std::vector<std::string>>();
  if (json.contains("distinct")) request.distinct = json["distinct"].get<std::string>();
  if (json.contains("attributesToHighlight"))
    request.attributes_to_highlight = json["attributesToHighlight"].get<std::vector<std::string>>();
  if (json.contains("attributesToSearchOn"))
    request.attributes_to_search_on = json["attributesToSearchOn"].get<std::vector<std::string>>();
  if (json.contains("rankingScoreThreshold"))
    request.ranking_score_threshold = json["rankingScoreThreshold"].get<double>();
  request.limit = json.value("limit", 20U);
  request.offset = json.value("offset", 0U);
  return request;
}

bool has(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

void compare(const SearchResult& result, const Json& expect) {
  std::vector<std::string> ids;
  for (const Hit& hit : result.hits) ids.push_back(hit.id);
  CAPTURE(dump_json(Json(ids)));
  if (expect.contains("ids")) CHECK(dump_json(Json(ids)) == dump_json(expect["ids"]));
  if (expect.contains("first")) {
    const auto first = expect["first"].get<std::vector<std::string>>();
    REQUIRE(ids.size() >= first.size());
    CHECK(std::vector<std::string>(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(first.size())) ==
          first);
  }
  for (const Json& id : expect.value("contains", Json::array())) CHECK_MESSAGE(has(ids, id), id);
  for (const Json& id : expect.value("lacks", Json::array())) CHECK_MESSAGE(!has(ids, id), id);
  if (expect.contains("total")) CHECK(result.total_hits == expect["total"].get<std::uint64_t>());
  if (expect.contains("facets")) CHECK(dump_json(*result.facet_distribution) == dump_json(expect["facets"]));
  for (const Hit& hit : result.hits) {
    if (expect.contains("formatted") && expect["formatted"].contains(hit.id))
      for (const auto& [field, text] : expect["formatted"][hit.id].items())
        CHECK(dump_json(hit.formatted->at(field)) == dump_json(text));
    if (expect.contains("scores") && expect["scores"].contains(hit.id))
      CHECK(std::round(hit.ranking_score * 1e4) == std::round(expect["scores"][hit.id].get<double>() * 1e4));
  }
}

}  // namespace

TEST_SUITE_BEGIN("cases");

TEST_CASE("every case of this folder comes out as it says") {
  std::size_t searches = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(NUNMUL_SOURCE_DIR) / "tests" / "cases")) {
    if (entry.path().extension() != ".json") continue;
    const std::string file = entry.path().filename().string();
    CAPTURE(file);
    const Json test = parse_json(read_file(entry.path()));
    TestIndex index;
    if (test.contains("settings")) apply_settings(index.settings, test["settings"]);
    if (test.contains("own")) apply_own_settings(index.settings, test["own"]);
    std::vector<std::string> documents;
    for (const Json& document : test["documents"]) documents.push_back(dump_json(document));
    index.update(documents);
    for (const Json& search : test["searches"]) {
      const std::string asked = dump_json(search["request"]);
      CAPTURE(asked);
      const Json& expect = search["expect"];
      ++searches;
      if (expect.contains("error")) {
        try {
          index.search(request_of(search["request"]));
          FAIL_CHECK("no error");
        } catch (const Error& error) {
          CHECK(error_row(error.code()).name == expect["error"].get<std::string>());
        }
      } else {
        compare(index.search(request_of(search["request"])), expect);
      }
    }
  }
  CHECK(searches > 50);
}
