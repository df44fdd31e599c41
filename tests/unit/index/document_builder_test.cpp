// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: a field's declared languages decide its stems and its readings of Han characters; other
// fields have the same terms as without a declaration.
#include "index/document_builder.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "support/test_index.h"

using namespace nunmul;

TEST_SUITE_BEGIN("index/document_builder");

namespace {

using Terms = std::vector<std::string>;

// The terms of a family, sorted, without its prefix.
Terms terms_of(const Settings& settings, const Json& document, Family family) {
  const Analyzer analyzer(tree_resources());
  DocumentBuilder builder(settings, analyzer);
  builder.build(document);
  Terms terms;
  for (const auto& [term, wdf] : builder.postings())
    if (term[0] == row_of(family).prefix) terms.push_back(term.substr(1));
  return terms;
}

Settings declared(const char* path, const char* locale) {
  Settings settings;
  const Json rule{{"attributePatterns", Json::array({path})}, {"locales", Json::array({locale})}};
  apply_setting(settings, "localizedAttributes", Json::array({rule}));
  return settings;
}

}  // namespace

TEST_CASE("the words of a French field have French stems, those beside it English ones") {
  const Json document{{"text", "raining chevaux"}, {"texte", "nationaux"}};
  CHECK(terms_of(Settings{}, document, Family::LatinStem) == Terms{"chevaux", "nationaux", "rain"});
  CHECK(terms_of(declared("texte", "fr"), document, Family::LatinStem) ==
        Terms{"chevaux", "national", "rain"});
}

TEST_CASE("a Chinese name has no Japanese reading and a Japanese one no Korean reading") {
  const Json document{{"title", "少女時代"}};
  const Terms readings = terms_of(Settings{}, document, Family::Reading);
  const Terms hanja = terms_of(Settings{}, document, Family::HanjaStem);
  REQUIRE_FALSE(hanja.empty());
  CHECK(terms_of(declared("title", "cmn"), document, Family::Reading).empty());
  CHECK(terms_of(declared("title", "zh"), document, Family::HanjaStem) == hanja);
  CHECK(terms_of(declared("title", "ja"), document, Family::HanjaStem).empty());
  CHECK(terms_of(declared("title", "ja"), document, Family::Reading) == readings);
  CHECK(terms_of(declared("title", "ko"), document, Family::HanjaStem) == hanja);
}

TEST_SUITE_END();
