// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: Japanese words have the first glosses of one or two words, Korean ones those of the same Han
// characters, or of the same symbols; what is absent is left out; threads read alike.
#include "text/word_translations.h"

#include <doctest/doctest.h>

#include <thread>

#include "support/sample_dictionaries.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/word_translations");

namespace {

using Words = std::vector<std::string_view>;

struct Tables {
  Tables() {
    kanji_forms.add(U'國', U'国');
    hanja.add(U'時', U"시");
    hanja.add(U'代', U"대");
  }
  KanjiForms kanji_forms;
  HanjaReadings hanja;
};

}  // namespace

TEST_CASE("words have their first glosses of one or two words") {
  const SampleDictionaries dictionaries;
  const Tables tables;
  const WordTranslations words(dictionaries.places(), tables.kanji_forms, tables.hanja);
  CHECK(words.english_of("灯台") == Words{"lighthouse"});
  CHECK(words.english_of("測る") == Words{"measure", "gauge", "yardstick"});
  CHECK(words.english_of("ランプ") == Words{"lamp"});
  CHECK(words.english_of("国民") == Words{"nation"});
  CHECK(words.english_of("首相") == Words{"prime", "minister"});
  CHECK(words.english_of("燈標").empty());
  CHECK(words.english_of("").empty());
}

TEST_CASE("Korean words have the English of their Han characters and of their symbols") {
  const SampleDictionaries dictionaries;
  const Tables tables;
  const WordTranslations words(dictionaries.places(), tables.kanji_forms, tables.hanja);
  CHECK(words.english_of("시대") == Words{"era", "age"});
  CHECK(words.english_of("선박") == Words{"ship"});
  CHECK(words.english_of("닻").empty());
}

TEST_CASE("countries, languages and cities have their English names") {
  const SampleDictionaries dictionaries;
  const Tables tables;
  const WordTranslations words(dictionaries.places(), tables.kanji_forms, tables.hanja);
  CHECK(words.english_of("독일") == Words{"germany"});
  CHECK(words.english_of("독일어") == Words{"german"});
  CHECK(words.english_of("미국") == Words{"united", "states", "us"});
  CHECK(words.english_of("뉴욕") == Words{"new", "york"});
  CHECK(words.english_of("먼나라").empty());
}

TEST_CASE("what is absent is left out") {
  const SampleDictionaries dictionaries;
  const Tables tables;
  const WordTranslations none({}, tables.kanji_forms, tables.hanja);
  CHECK(none.empty());
  CHECK(none.english_of("灯台").empty());
  DictionaryPlaces places = dictionaries.places();
  places.edict = "/nowhere";
  const WordTranslations symbols(places, tables.kanji_forms, tables.hanja);
  CHECK_FALSE(symbols.has_edict());
  CHECK(symbols.has_annotations());
  CHECK(symbols.english_of("灯台").empty());
  CHECK(symbols.english_of("선박") == Words{"ship"});
}

TEST_CASE("threads read alike") {
  const SampleDictionaries dictionaries;
  const Tables tables;
  const WordTranslations words(dictionaries.places(), tables.kanji_forms, tables.hanja);
  std::vector<Words> found(4);
  {
    std::vector<std::jthread> threads;
    for (Words& one : found) threads.emplace_back([&] { one = words.english_of("時代"); });
  }
  for (const Words& one : found) CHECK(one == Words{"era", "age"});
}
