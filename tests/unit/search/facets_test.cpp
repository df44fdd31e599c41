// SPDX-License-Identifier: GPL-2.0-or-later
// Facets: values that compare equal are counted together over segments, ordered and cut as asked; names
// and patterns are checked; the values of a facet are found by words with prefixes and typos.
#include "search/columns/facets.h"

#include <doctest/doctest.h>

#include <map>
#include <random>

#include "search/match/facet_query.h"
#include "support/documents_in_columns.h"

TEST_SUITE_BEGIN("search/facets");

using namespace nunmul;

namespace {

Settings settings_with(const char* patch) {
  Settings settings;
  apply_settings(settings, parse_json(patch));
  return settings;
}

const char* const kAll = R"({"filterableAttributes":["*"]})";

// Documents in one or more segments, all of them found.
struct Found {
  std::vector<std::unique_ptr<DocumentsInColumns>> segments;
  SegmentColumns columns;
  std::vector<Bitmap> matches;

  Found(const std::vector<const char*>& texts, const Settings& settings) {
    for (const char* text : texts) add(parse_json(text), settings);
  }
  void add(const Json& documents, const Settings& settings) {
    segments.push_back(std::make_unique<DocumentsInColumns>(documents, settings));
    columns.push_back(segments.back().get());
    matches.emplace_back(documents.size(), true);
  }
};

std::string distribution(const std::vector<const char*>& segments, const char* settings_text,
                         const std::vector<std::string>& asked) {
  const Settings settings = settings_with(settings_text);
  const Found found(segments, settings);
  RequestBudget budget;
  return dump_json(count_facets(asked, found.columns, found.matches, settings, budget).distribution);
}

Token token(const char* word, Script script = Script::Latin) {
  Token made;
  made.word = made.stem = word;
  made.script = script;
  return made;
}

bool fits(const std::vector<Token>& query, const std::vector<Token>& value, std::uint32_t typos) {
  return FacetQuery(query, [&](const Token&) { return typos; }).fits(value);
}

}  // namespace

TEST_CASE("values are counted once a document, under the spelling first stored") {
  const char* documents =
      R"([{"genre":"Romance"},{"genre":["romance","ROMANCE ","sci fi"]},{"genre":null},{"genre":[]},{}])";
  CHECK(distribution({documents}, kAll, {"genre"}) == R"({"genre":{"Romance":2,"sci fi":1}})");
}

TEST_CASE("numbers come in ascending order, then booleans and text") {
  CHECK(distribution({R"([{"id":123},{"id":2},{"id":2.5},{"id":"a"},{"id":true},{"id":"B"}])"}, kAll,
                     {"id"}) == R"({"id":{"2":1,"2.5":1,"123":1,"true":1,"a":1,"B":1}})");
}

TEST_CASE("a number and a text that are spelled alike are one key") {
  CHECK(distribution({R"([{"id":2},{"id":"2"},{"id":"true"},{"id":true}])"}, kAll, {"id"}) ==
        R"({"id":{"2":2,"true":2}})");
}

TEST_CASE("segments are counted together") {
  CHECK(distribution({R"([{"g":"b"},{"g":"A"}])", R"([{"h":1}])", R"([{"g":"a"},{"g":"c"},{"g":["B","a"]}])"},
                     kAll, {"g", "h"}) == R"({"g":{"A":3,"b":2,"c":1},"h":{"1":1}})");
}

TEST_CASE("the order decides what is kept") {
  const std::vector<const char*> documents = {
      R"([{"g":"a"},{"g":"b"},{"g":"b"},{"g":"c"},{"g":"c"},{"g":"d"},{"g":"d"},{"g":"d"}])"};
  CHECK(distribution(documents, R"({"filterableAttributes":["g"],"faceting":{"maxValuesPerFacet":2}})",
                     {"g"}) == R"({"g":{"a":1,"b":2}})");
  CHECK(distribution(documents,
                     R"({"filterableAttributes":["g"],"faceting":{"sortFacetValuesBy":{"*":"count"}}})",
                     {"g"}) == R"({"g":{"d":3,"b":2,"c":2,"a":1}})");
  CHECK(distribution(documents,
                     R"({"filterableAttributes":["g"],"faceting":{"maxValuesPerFacet":1,)"
                     R"("sortFacetValuesBy":{"g":"count"}}})",
                     {"g"}) == R"({"g":{"d":3}})");
  CHECK(distribution(documents, R"({"filterableAttributes":["g"],"faceting":{"maxValuesPerFacet":0}})",
                     {"g"}) == R"({"g":{}})");
}

TEST_CASE("stats are the span of the numbers among the documents found") {
  const Settings settings = settings_with(kAll);
  Found found({R"([{"y":2017},{"y":1999.5},{"y":"x"}])", R"([{"y":[3,2020]},{"z":"text"}])"}, settings);
  RequestBudget budget;
  CHECK(dump_json(count_facets({"y", "z"}, found.columns, found.matches, settings, budget).stats) ==
        R"({"y":{"min":3.0,"max":2020.0}})");
  found.matches[1] = Bitmap(2);
  CHECK(dump_json(count_facets({"y"}, found.columns, found.matches, settings, budget).stats) ==
        R"({"y":{"min":1999.5,"max":2017.0}})");
}

TEST_CASE("names, nested names, patterns and * choose among the filterable attributes") {
  const std::vector<const char*> documents = {R"([{"tag_a":1,"tag_b":2,"other":3,"o":{"x":4}}])"};
  const char* rules = R"({"filterableAttributes":["tag*","o","unused"]})";
  CHECK(distribution(documents, rules, {"*"}) == R"({"o":{},"o.x":{"4":1},"tag_a":{"1":1},"tag_b":{"2":1}})");
  CHECK(distribution(documents, rules, {"tag*"}) == R"({"tag_a":{"1":1},"tag_b":{"2":1}})");
  CHECK(distribution(documents, rules, {"o"}) == R"({"o":{},"o.x":{"4":1}})");
  CHECK(distribution(documents, rules, {"unused", "tag_b"}) == R"({"tag_b":{"2":1},"unused":{}})");
  CHECK(distribution(documents, rules, {}) == "{}");
  CHECK(distribution(documents, "{}", {"*"}) == "{}");
  CHECK_THROWS_WITH_AS(
      distribution(documents, rules, {"other"}),
      "Invalid facet distribution: Attribute `other` is not filterable. Available filterable attribute "
      "patterns are: `o`, `tag*`, `unused`.",
      Error);
  CHECK_THROWS_AS(distribution(documents, "{}", {"tag_a"}), Error);
  CHECK_THROWS_AS(distribution(documents, rules, {"oth*"}), Error);
}

TEST_CASE("counts over random segments are those of a plain count") {
  std::mt19937 random(3);
  const Settings settings = settings_with(kAll);
  for (int round = 0; round < 30; ++round) {
    Found found({}, settings);
    std::map<int, std::uint64_t> expected;
    const int values = round % 2 ? 5 : 3000;
    for (int segment = 0; segment < 1 + round % 4; ++segment) {
      Json documents = Json::array();
      const int count = static_cast<int>(random() % 300);
      std::vector<bool> chosen;
      for (int i = 0; i < count; ++i) {
        const int value = static_cast<int>(random() % static_cast<unsigned>(values));
        documents.push_back({{"v", value}});
        chosen.push_back(round % 3 == 0 || random() % 2);
        if (chosen.back()) ++expected[value];
      }
      found.add(documents, settings);
      for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (!chosen[i]) found.matches.back().reset(i);
      }
    }
    const Facet facet = count_facet("v", found.columns, found.matches, {10'000, FacetOrder::Alpha});
    REQUIRE(facet.values.size() == expected.size());
    std::size_t at = 0;
    for (const auto& [value, count] : expected) {
      CHECK(facet.values[at].value == std::to_string(value));
      CHECK(facet.values[at].count == count);
      ++at;
    }
  }
}

TEST_CASE("a facet is searched in its order until there are enough values") {
  const Settings settings = settings_with(kAll);
  const Found found({R"([{"g":"ab"},{"g":"abc"},{"g":"abc"},{"g":"b"},{"g":"abd"}])"}, settings);
  int asked = 0;
  const auto begins = [&](std::string_view value) {
    ++asked;
    return value.starts_with("ab");
  };
  const auto hits = find_facet_values("g", found.columns, found.matches, {2, FacetOrder::Count}, begins);
  REQUIRE(hits.size() == 2);
  CHECK(hits[0].value == "abc");
  CHECK(hits[0].count == 2);
  CHECK(hits[1].value == "ab");
  CHECK(asked == 2);
}

TEST_CASE("every word of the facet's query is found in a value, the last one as a prefix") {
  const std::vector<Token> value{token("red"), token("velvet")};
  CHECK(fits({}, value, 0));
  CHECK(fits({token("vel")}, value, 0));
  CHECK(fits({token("velvet"), token("re")}, value, 0));
  CHECK_FALSE(fits({token("vel"), token("red")}, value, 0));
  CHECK_FALSE(fits({token("blue")}, value, 0));
  CHECK(fits({token("velvte")}, value, 1));
  CHECK(fits({token("vwl")}, value, 1));
  CHECK_FALSE(fits({token("welvet")}, value, 1));
  CHECK(fits({token("welvet")}, value, 2));
}

TEST_CASE("no keystroke on the way to a Korean value loses it") {
  const std::vector<Token> value{token("아이유", Script::Hangul)};
  for (const char* typed : {"ㅇ", "아", "앙", "아이", "아잉", "아이유"}) {
    CAPTURE(typed);
    CHECK(fits({token(typed, Script::Hangul)}, value, 0));
  }
  CHECK_FALSE(fits({token("윤", Script::Hangul)}, value, 0));
  CHECK(fits({token("아아유", Script::Hangul)}, value, 1));
}

TEST_CASE("typos are insertions, deletions, substitutions and swaps, the first letter counts twice") {
  const struct {
    const char32_t* word;
    const char32_t* text;
    std::uint32_t needed;  // 3: more than two
  } rows[] = {
      {U"word", U"word", 0}, {U"word", U"wrod", 1}, {U"word", U"wor", 1}, {U"word", U"wword", 1},
      {U"word", U"ward", 1}, {U"word", U"ford", 2}, {U"word", U"ord", 2}, {U"word", U"owrd", 2},
      {U"word", U"wxyz", 3}, {U"", U"", 0},         {U"", U"a", 2},
  };
  for (const auto& row : rows) {
    CAPTURE(row.needed);
    for (std::uint32_t typos = 0; typos <= 2; ++typos)
      CHECK(within_typos(row.word, row.text, typos, false) == (row.needed <= typos));
  }
  CHECK(within_typos(U"wrod", U"words and more", 1, true));
  CHECK_FALSE(within_typos(U"wrod", U"words", 1, false));
}
