// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: with a dictionary a Japanese or Korean query finds English texts, inflected and compound words
// too; without one it does not; where the words themselves stand, their texts come first.
#include "search/plan/translated_words.h"

#include <doctest/doctest.h>

#include "support/sample_dictionaries.h"
#include "support/test_index.h"

using namespace nunmul;

TEST_SUITE_BEGIN("search/translated_words");

namespace {

std::shared_ptr<const LanguageResources> with_dictionaries(const SampleDictionaries& dictionaries) {
  ResourcePlaces places;
  places.folder = std::filesystem::path(NUNMUL_SOURCE_DIR) / "index" / "languages";
  places.dictionaries = dictionaries.places();
  return LanguageResources::load(places);
}

void fill(TestIndex& index) {
  index.update({R"({"id":"light","text":"The keeper of the lighthouse writes home."})",
                R"({"id":"era","text":"An era of steam and iron."})",
                R"({"id":"scale","text":"She measures the depth with a line."})",
                R"({"id":"ko","text":"등대 아래에서 기다린다."})",
                R"({"id":"other","text":"Nothing of all that."})"});
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a query finds texts of another language with a dictionary, and only with it") {
  const SampleDictionaries dictionaries;
  TestIndex with(with_dictionaries(dictionaries)), without;
  fill(with);
  fill(without);
  for (const auto& [query, id] : {std::pair{"時代", "era"},
                                  {"시대", "era"},
                                  {"시대는", "era"},
                                  {"測った", "scale"},
                                  {"測らない", "scale"}}) {
    CAPTURE(query);
    CHECK(with.ids(query, MatchingStrategy::Any) == Ids{id});
    CHECK(without.ids(query, MatchingStrategy::Any).empty());
  }
}

TEST_CASE("texts that have the word itself come first") {
  const SampleDictionaries dictionaries;
  TestIndex index(with_dictionaries(dictionaries));
  fill(index);
  CHECK(index.ids("등대", MatchingStrategy::Any) == Ids{"ko", "light"});
}

TEST_CASE("strategies that promise words do not translate") {
  const SampleDictionaries dictionaries;
  TestIndex index(with_dictionaries(dictionaries));
  fill(index);
  CHECK(index.ids("時代", MatchingStrategy::All).empty());
  CHECK(index.ids("時代", MatchingStrategy::Last).empty());
}
