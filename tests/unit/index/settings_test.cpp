// SPDX-License-Identifier: GPL-2.0-or-later
// Settings: the defaults are the contract's twenty keys word for word; every value is checked with the
// code of its setting and the place in the message; what is answered is what was sent, sets sorted;
// null and reset go back to the default; a stored text comes back equal.
#include "index/settings.h"

#include "index/attribute_names.h"
#include "index/column_values.h"

#include <doctest/doctest.h>

#include "base/error.h"

TEST_SUITE_BEGIN("index/settings");

using namespace nunmul;

namespace {

Settings with(const char* patch) {
  Settings settings;
  apply_settings(settings, parse_json(patch));
  return settings;
}

std::string answered(const char* name, const char* value) {
  Settings settings;
  apply_setting(settings, name, parse_json(value));
  return dump_json(setting_json(settings, name));
}

struct Refusal {
  std::string code;
  std::string message;
};

Refusal refusal_of(const char* patch) {
  try {
    with(patch);
  } catch (const Error& error) {
    return {std::string(error_row(error.code()).name), error.what()};
  }
  return {};
}

}  // namespace

TEST_CASE("the defaults are the contract's, in its order") {
  CHECK(
      dump_json(to_json(Settings{})) ==
      R"({"displayedAttributes":["*"],"searchableAttributes":["*"],"filterableAttributes":[],)"
      R"("sortableAttributes":[],"rankingRules":["words","typo","proximity","attributeRank","sort",)"
      R"("wordPosition",)"
      R"("exactness"],"stopWords":[],"nonSeparatorTokens":[],"separatorTokens":[],"dictionary":[],)"
      R"("synonyms":{},)"
      R"("distinctAttribute":null,"proximityPrecision":"byWord","typoTolerance":{"enabled":true,)"
      R"("minWordSizeForTypos":{"oneTypo":5,"twoTypos":9},"disableOnWords":[],"disableOnAttributes":[],)"
      R"("disableOnNumbers":false},"faceting":{"maxValuesPerFacet":100,"sortFacetValuesBy":{"*":"alpha"}},)"
      R"("pagination":{"maxTotalHits":1000},"embedders":{},"searchCutoffMs":null,"localizedAttributes":null,)"
      R"("facetSearch":true,"prefixSearch":"indexingTime"})");
}

TEST_CASE("there is a route for each of the twenty settings") {
  CHECK(setting_rows().size() == 20);
  for (const SettingRow& row : setting_rows()) CHECK_NOTHROW(setting_json(Settings{}, row.name));
}

TEST_CASE("every setting has a description, our own ones too") {
  CHECK(own_setting_rows().size() == 3);
  for (const auto* rows : {&setting_rows(), &own_setting_rows()}) {
    for (const SettingRow& row : *rows) {
      CAPTURE(row.name);
      CHECK_FALSE(row.description.empty());
    }
  }
}

TEST_CASE("lists keep their order and sets are sorted without duplicates") {
  CHECK(answered("searchableAttributes", R"(["title","artist"])") == R"(["title","artist"])");
  CHECK(answered("displayedAttributes", R"(["title","artist"])") == R"(["title","artist"])");
  CHECK(answered("sortableAttributes", R"(["year","age","year"])") == R"(["age","year"])");
  CHECK(answered("stopWords", R"(["the","a","the"])") == R"(["a","the"])");
  CHECK(answered("dictionary", R"(["J. R. R.","B"])") == R"(["B","J. R. R."])");
  CHECK(answered("synonyms", R"({"b":["z","y"],"a":["IU","c d"]})") == R"({"a":["IU","c d"],"b":["z","y"]})");
}

TEST_CASE("filterable attributes are answered as names or as whole rules") {
  CHECK(answered("filterableAttributes", R"(["genre",{"attributePatterns":["tag*"]},"age"])") ==
        R"(["genre",{"attributePatterns":["tag*"],"features":{"facetSearch":false,"filter":{"equality":true,)"
        R"("comparison":false}}},"age"])");
  const Settings settings = with(R"({"filterableAttributes":["genre",{"attributePatterns":["tag*"],)"
                                 R"("features":{"filter":{"comparison":true}}},"*"]})");
  CHECK(find_filterable(settings, "genre.name")->bare);
  CHECK(find_filterable(settings, "genre")->comparison);
  CHECK_FALSE(find_filterable(settings, "tags")->facet_search);
  CHECK(find_filterable(settings, "tags")->comparison);
  CHECK(find_filterable(settings, "x")->facet_search);
}

TEST_CASE("typo tolerance merges field by field and null resets a field") {
  Settings settings =
      with(R"({"typoTolerance":{"minWordSizeForTypos":{"oneTypo":4},"disableOnWords":["b","a"]}})");
  apply_settings(settings,
                 parse_json(R"({"typoTolerance":{"enabled":false,"minWordSizeForTypos":{"twoTypos":7}}})"));
  CHECK(dump_json(setting_json(settings, "typoTolerance")) ==
        R"({"enabled":false,"minWordSizeForTypos":{"oneTypo":4,"twoTypos":7},"disableOnWords":["a","b"],)"
        R"("disableOnAttributes":[],"disableOnNumbers":false})");
  apply_settings(settings, parse_json(R"({"typoTolerance":{"enabled":null,"minWordSizeForTypos":null}})"));
  CHECK(settings.typo_tolerance.enabled);
  CHECK(settings.typo_tolerance.two_typos == 9);
  CHECK(settings.typo_tolerance.disable_on_words.size() == 2);
  apply_settings(settings, parse_json(R"({"typoTolerance":null})"));
  CHECK(settings == Settings{});
}

TEST_CASE("sortFacetValuesBy is replaced as a whole and has its * entry") {
  Settings settings = with(R"({"faceting":{"sortFacetValuesBy":{"genre":"count"}}})");
  CHECK(dump_json(setting_json(settings, "faceting")) ==
        R"({"maxValuesPerFacet":100,"sortFacetValuesBy":{"*":"alpha","genre":"count"}})");
  apply_settings(settings,
                 parse_json(R"({"faceting":{"maxValuesPerFacet":5,"sortFacetValuesBy":{"*":"count"}}})"));
  CHECK(dump_json(setting_json(settings, "faceting")) ==
        R"({"maxValuesPerFacet":5,"sortFacetValuesBy":{"*":"count"}})");
}

TEST_CASE("null resets a setting, and what is left out stays") {
  Settings settings =
      with(R"({"stopWords":["a"],"rankingRules":["words"],"searchCutoffMs":50,"distinctAttribute":"x"})");
  CHECK_FALSE(settings.default_ranking_rules);
  apply_settings(settings,
                 parse_json(R"({"rankingRules":null,"searchCutoffMs":null,"distinctAttribute":null})"));
  CHECK(settings.default_ranking_rules);
  CHECK(settings.stop_words.size() == 1);
  apply_setting(settings, "stopWords", nullptr);
  CHECK(settings == Settings{});
}

TEST_CASE("ranking rules set to the default are no longer the default") {
  const Settings settings = with(
      R"({"rankingRules":["words","typo","proximity","attributeRank","sort","wordPosition","exactness"]})");
  CHECK_FALSE(settings.default_ranking_rules);
  CHECK_FALSE(settings == Settings{});
}

TEST_CASE("a wrong value is refused with the code of its setting and the place") {
  const struct {
    const char* patch;
    const char* code;
    const char* message;  // its begin
  } rows[] = {
      {R"({"displayedAttributes":"x"})", "invalid_settings_displayed_attributes",
       "Invalid value type at `.displayedAttributes`: expected an array, but found a string: `\"x\"`"},
      {R"({"searchableAttributes":["a",1]})", "invalid_settings_searchable_attributes",
       "Invalid value type at `.searchableAttributes[1]`: expected a string, but found a positive integer: "
       "`1`"},
      {R"({"filterableAttributes":[{"attributePatterns":"x"}]})", "invalid_settings_filterable_attributes",
       "Invalid value type at `.filterableAttributes[0].attributePatterns`"},
      {R"({"filterableAttributes":[{}]})", "invalid_settings_filterable_attributes",
       "Missing field `attributePatterns` inside `.filterableAttributes[0]`"},
      {R"({"filterableAttributes":[{"attributePatterns":["a"],"features":{"x":1}}]})",
       "invalid_settings_filterable_attributes",
       "Unknown field `x` inside `.filterableAttributes[0].features`"},
      {R"({"sortableAttributes":{}})", "invalid_settings_sortable_attributes", "Invalid value type"},
      {R"({"rankingRules":["foo"]})", "invalid_settings_ranking_rules",
       "Invalid value at `.rankingRules[0]`: `foo`"},
      {R"({"rankingRules":["year:up"]})", "invalid_settings_ranking_rules",
       "Invalid value at `.rankingRules[0]`"},
      {R"({"rankingRules":[":asc"]})", "invalid_settings_ranking_rules",
       "Invalid value at `.rankingRules[0]`"},
      {R"({"rankingRules":["attribute","attributeRank"]})", "invalid_settings_ranking_rules",
       "Invalid value at `.rankingRules`"},
      {R"({"rankingRules":["wordPosition","attribute"]})", "invalid_settings_ranking_rules", "Invalid value"},
      {R"({"stopWords":true})", "invalid_settings_stop_words", "Invalid value type"},
      {R"({"synonyms":{"a":"b"}})", "invalid_settings_synonyms", "Invalid value type at `.synonyms.a`"},
      {R"({"distinctAttribute":["a"]})", "invalid_settings_distinct_attribute", "Invalid value type"},
      {R"({"typoTolerance":{"minWordSizeForTypos":{"oneTypo":-1}}})", "invalid_settings_typo_tolerance",
       "Invalid value type at `.typoTolerance.minWordSizeForTypos.oneTypo`: expected a positive integer, but "
       "found a "
       "negative integer: `-1`"},
      {R"({"typoTolerance":{"minWordSizeForTypos":{"oneTypo":300}}})", "invalid_settings_typo_tolerance",
       "Invalid value"},
      {R"({"typoTolerance":{"minWordSizeForTypos":{"oneTypo":9,"twoTypos":5}}})",
       "invalid_settings_typo_tolerance", "Invalid value"},
      {R"({"typoTolerance":"x"})", "invalid_settings_typo_tolerance",
       "Invalid value type at `.typoTolerance`: expected an object"},
      {R"({"faceting":{"sortFacetValuesBy":{"a":"up"}}})", "invalid_settings_faceting",
       "Unknown value `up` at `.faceting.sortFacetValuesBy.a`: expected one of `alpha`, `count`"},
      {R"({"faceting":{"maxValuesPerFacet":"1"}})", "invalid_settings_faceting", "Invalid value type"},
      {R"({"pagination":{"maxTotalHits":1.5}})", "invalid_settings_pagination", "Invalid value type"},
      {R"({"pagination":{"maxTotalHits":99999999999999999999}})", "invalid_settings_pagination",
       "Invalid value"},
      {R"({"separatorTokens":[1]})", "invalid_settings_separator_tokens", "Invalid value type"},
      {R"({"nonSeparatorTokens":1})", "invalid_settings_non_separator_tokens", "Invalid value type"},
      {R"({"dictionary":1})", "invalid_settings_dictionary", "Invalid value type"},
      {R"({"proximityPrecision":"byLine"})", "invalid_settings_proximity_precision",
       "Unknown value `byLine`"},
      {R"({"searchCutoffMs":-5})", "invalid_settings_search_cutoff_ms", "Invalid value type"},
      {R"({"localizedAttributes":[{"attributePatterns":["a"],"locales":["xx"]}]})",
       "invalid_settings_localized_attributes",
       "Invalid value at `.localizedAttributes[0].locales[0]`: unknown locale `xx`"},
      {R"({"localizedAttributes":[{"locales":["ko"]}]})", "invalid_settings_localized_attributes",
       "Missing field `attributePatterns`"},
      {R"({"localizedAttributes":[{"attributePatterns":["a"]}]})", "invalid_settings_localized_attributes",
       "Missing field `locales`"},
      {R"({"facetSearch":"yes"})", "invalid_settings_facet_search", "Invalid value type"},
      {R"({"prefixSearch":true})", "invalid_settings_prefix_search", "Invalid value type"},
      {R"({"embedders":{"default":{"source":"rest"}}})", "invalid_settings_embedders",
       "Invalid value at `.embedders.default`"},
      {R"({"embedders":[]})", "invalid_settings_embedders", "Invalid value type"},
      {R"({"nope":1})", "bad_request",
       "Unknown field `nope`: expected one of `displayedAttributes`, `searchableAttributes`"},
      {R"([])", "bad_request", "Invalid value type: expected an object, but found an array: `[]`"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.patch);
    const Refusal refusal = refusal_of(row.patch);
    CHECK(refusal.code == row.code);
    CHECK(refusal.message.substr(0, std::string(row.message).size()) == row.message);
  }
}

TEST_CASE("a value sent to its own route has no path in the message") {
  Settings settings;
  CHECK_THROWS_WITH_AS(apply_setting(settings, "stopWords", "a"),
                       "Invalid value type: expected an array, but found a string: `\"a\"`", Error);
}

TEST_CASE("a refused patch changes nothing") {
  Settings settings;
  CHECK_THROWS_AS(apply_settings(settings, parse_json(R"({"stopWords":["a"],"dictionary":3})")), Error);
  CHECK(settings == Settings{});
}

TEST_CASE("embedders may be empty or null") {
  CHECK(answered("embedders", "{}") == "{}");
  CHECK(answered("embedders", "null") == "{}");
}

TEST_CASE("stored settings come back equal") {
  Settings settings = with(
      R"({"filterableAttributes":["a",{"attributePatterns":["b*","*c"],
            "features":{"facetSearch":true,"filter":{"equality":false,"comparison":true}}}],
          "rankingRules":["sort","year:desc","words"],
          "localizedAttributes":[{"attributePatterns":["*_ja"],"locales":["ja","kor"]}],
          "synonyms":{"아이유":["IU"]},"pagination":{"maxTotalHits":7},"prefixSearch":"disabled",
          "proximityPrecision":"byAttribute","faceting":{"sortFacetValuesBy":{"a":"count"}},
          "searchCutoffMs":100,"facetSearch":false})");
  apply_own_settings(settings,
                     parse_json(R"({"defaultMatchingStrategy":"all","nameAttributes":["n"],"rules":[]})"));
  const Settings back = deserialize_settings(serialize_settings(settings));
  CHECK(back == settings);
  CHECK(serialize_settings(back) == serialize_settings(settings));
  CHECK(back.default_matching_strategy == MatchingStrategy::All);
  CHECK(dump_json(own_settings_json(back)) ==
        R"({"defaultMatchingStrategy":"all","nameAttributes":["n"],"rules":[]})");
}

TEST_CASE("own settings are checked under a code of their own") {
  Settings settings;
  CHECK_THROWS_AS(apply_own_settings(settings, parse_json(R"({"defaultMatchingStrategy":"most"})")), Error);
  CHECK_THROWS_AS(apply_own_settings(settings, parse_json(R"({"x":1})")), Error);
  apply_own_settings(settings, parse_json(R"({"defaultMatchingStrategy":"any"})"));
  apply_own_settings(settings, parse_json(R"({"defaultMatchingStrategy":null})"));
  CHECK(settings == Settings{});
}

TEST_CASE("a pattern names a path, what is nested under it, and what its star leaves open") {
  const struct {
    const char* pattern;
    const char* path;
    bool matches;
  } rows[] = {
      {"genre", "genre", true},
      {"genre", "genre.name", true},
      {"genre", "genres", false},
      {"genre.name", "genre", false},
      {"*", "a.b", true},
      {"tag*", "tags.name", true},
      {"tag*", "ta", false},
      {"*_ja", "title_ja", true},
      {"*_ja", "title_ja.x", true},
      {"*_ja", "title_jap", false},
      {"*mid*", "a.midst", true},
      {"*mid*", "a.mi", false},
      {"", "a", false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.pattern);
    CAPTURE(row.path);
    CHECK(attribute_matches(row.pattern, row.path) == row.matches);
  }
}

TEST_CASE("ranks, columns and displays follow the names") {
  const Settings settings = with(
      R"({"searchableAttributes":["title","album.name"],"displayedAttributes":["title"],
          "sortableAttributes":["year"],"distinctAttribute":"sku","rankingRules":["words","date.n:desc"],
          "filterableAttributes":["kind"]})");
  CHECK(searchable_place(settings, "album.name") == 1u);
  CHECK(searchable_place(settings, "title.ko") == 0u);
  CHECK(searchable_place(settings, "album") == std::nullopt);
  CHECK(is_displayed(settings, "title.ko"));
  CHECK_FALSE(is_displayed(settings, "year"));
  const Json document = parse_json(R"({"year":1,"sku":{"x":2},"date":{"n":3},"kind":{"x":4},"title":"t"})");
  std::set<std::string> columns;
  ColumnValues(settings).for_each(
      document, [&](const std::string& path, const std::vector<const Json*>&) { columns.insert(path); });
  CHECK(columns == std::set<std::string>{"year", "sku", "date.n", "kind", "kind.x"});
  CHECK(searchable_place(Settings{}, "x") == 0u);
  CHECK(AttributeNames(Settings{}.name_attributes).covers("title_ko"));
  CHECK_FALSE(AttributeNames(Settings{}.name_attributes).covers("description"));
}

TEST_CASE("only what changes the index needs another one") {
  const struct {
    const char* patch;
    bool reindex;
  } rows[] = {
      {R"({"searchableAttributes":["a"]})", true},
      {R"({"filterableAttributes":["a"]})", true},
      {R"({"sortableAttributes":["a"]})", true},
      {R"({"distinctAttribute":"a"})", true},
      {R"({"dictionary":["a b"]})", true},
      {R"({"separatorTokens":["|"]})", true},
      {R"({"rankingRules":["year:asc"]})", true},
      {R"({"rankingRules":["words"]})", false},
      {R"({"stopWords":["a"]})", false},
      {R"({"displayedAttributes":["a"]})", false},
      {R"({"synonyms":{"a":["b"]}})", false},
      {R"({"typoTolerance":{"enabled":false}})", false},
      {R"({"localizedAttributes":[{"attributePatterns":["a"],"locales":["ko"]}]})", true},
  };
  for (const auto& row : rows) {
    CAPTURE(row.patch);
    CHECK(needs_reindex(Settings{}, with(row.patch)) == row.reindex);
  }
  Settings own;
  apply_own_settings(own, parse_json(R"({"nameAttributes":["label"]})"));
  CHECK(needs_reindex(Settings{}, own));
  own = {};
  apply_own_settings(own, parse_json(R"({"defaultMatchingStrategy":"last"})"));
  CHECK_FALSE(needs_reindex(Settings{}, own));
}

TEST_CASE("a field is of the languages of the first rule that names it") {
  const Settings settings = with(
      R"({"localizedAttributes":[{"attributePatterns":["*_fr"],"locales":["kor","fr","deu"]},)"
      R"({"attributePatterns":["text_*"],"locales":["de"]},{"attributePatterns":["plain"],"locales":["eng",)"
      R"("fra"]},)"
      R"({"attributePatterns":["han"],"locales":["cmn","zh"]},{"attributePatterns":["kana"],)"
      R"("locales":["ja"]},)"
      R"({"attributePatterns":["both"],"locales":["ja","zh"]},{"attributePatterns":["none"],)"
      R"("locales":[]}]})");
  CHECK(field_languages(settings, "text_fr").stems == StemLanguage::French);
  CHECK(field_languages(settings, "text_x.y").stems == StemLanguage::German);
  CHECK(field_languages(settings, "plain").stems == StemLanguage::English);
  CHECK(field_languages(settings, "other").stems == StemLanguage::English);
  const struct {
    const char* path;
    bool kana, hanja;
  } rows[] = {{"han", false, true}, {"kana", true, false},   {"both", true, true},
              {"none", true, true}, {"text_fr", true, true}, {"x", true, true}};
  for (const auto& row : rows) {
    CAPTURE(row.path);
    CHECK(field_languages(settings, row.path).kana_readings == row.kana);
    CHECK(field_languages(settings, row.path).hanja_readings == row.hanja);
  }
  CHECK(stem_languages(settings) == std::vector{StemLanguage::French, StemLanguage::German});
  CHECK(stem_languages(Settings{}).empty());
}
