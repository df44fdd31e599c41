// SPDX-License-Identifier: GPL-2.0-or-later
// MeCab's dictionary and hunspell-ko's word list are optional, each by itself: without them everything that
// rests on rules, pairs and our own tables works as with them, and what rests on them is missing, not wrong.
#include <doctest/doctest.h>

#include <array>

#include "support/test_index.h"

using namespace nunmul;

TEST_SUITE_BEGIN("search/without_dictionaries");

namespace {

struct Dictionaries {
  bool mecab = false;
  bool hunspell = false;
};
constexpr std::array<Dictionaries, 4> kAll{{{false, false}, {true, false}, {false, true}, {true, true}}};

std::shared_ptr<const LanguageResources> resources_with(const Dictionaries& dictionaries) {
  ResourcePlaces places;
  places.folder = std::filesystem::path(NUNMUL_SOURCE_DIR) / "index" / "languages";
  if (!dictionaries.mecab) places.mecab_dictionaries.clear();
  if (!dictionaries.hunspell) places.korean_word_list.clear();
  return LanguageResources::load(places);
}

bool is_present(const LanguageResources& resources, std::string_view name) {
  for (const ResourceStatus& status : resources.status())
    if (status.name == name) return status.present;
  return false;
}

void fill(TestIndex& index) {
  index.update(
      {R"({"id":"rain","title":"On A Rainy Day","artist":"윤하","description":"비가 내리는 날의 이별"})",
       R"({"id":"tears","title":"涙そうそう","description":"夏の歌。夜を歩いた。"})",
       R"({"id":"walk","title":"걸음","description":"밤길을 걸었다."})",
       R"({"id":"letter","title":"밤편지","description":"어두운 길"})",
       R"({"id":"lamp","title":"蛍光灯","description":"部屋の明かり"})",
       R"({"id":"lemon","title":"レモン","description":"夢ならばどれほどよかったでしょう"})"});
}

std::string first(const TestIndex& index, const std::string& q) {
  const std::vector<std::string> ids = index.ids(q, MatchingStrategy::Any);
  return ids.empty() ? "" : ids.front();
}

}  // namespace

TEST_CASE("words, parts, sounds, kana and themes are found with any of the dictionaries or none") {
  constexpr std::pair<const char*, const char*> kSearches[] = {{"윤하", "rain"},
                                                               {"younha", "rain"},
                                                               {"breakup", "rain"},
                                                               {"비 이별", "rain"},
                                                               {"涙そうそう", "tears"},
                                                               {"夏の歌", "tears"},
                                                               {"れもん", "lemon"},
                                                               {"レモン", "lemon"},
                                                               {"걸음", "walk"},
                                                               {"밤편지", "letter"},
                                                               {"\"밤길을 걸었다\"", "walk"},
                                                               {"\"夜を歩いた\"", "tears"},
                                                               {"윤ㅎ", "rain"},
                                                               {"이별 얼룩말", "rain"}};
  for (const Dictionaries& dictionaries : kAll) {
    TestIndex index(resources_with(dictionaries));
    fill(index);
    CAPTURE(dictionaries.mecab);
    CAPTURE(dictionaries.hunspell);
    for (const auto& [q, id] : kSearches) {
      CAPTURE(q);
      CHECK(first(index, q) == id);
    }
  }
}

TEST_CASE("a reading needs MeCab, a base form of Korean hunspell-ko") {
  for (const Dictionaries& dictionaries : kAll) {
    const auto resources = resources_with(dictionaries);
    TestIndex index(resources);
    fill(index);
    CAPTURE(dictionaries.mecab);
    CAPTURE(dictionaries.hunspell);
    CHECK((first(index, "けいこうとう") == "lamp") == is_present(*resources, "mecab"));
    CHECK((first(index, "걷다") == "walk") == is_present(*resources, "hunspell-ko"));
  }
}

TEST_CASE("an index tells with which dictionaries it was made") {
  CHECK(resources_with({false, false})->fingerprint() == resources_with({false, false})->fingerprint());
  for (const Dictionaries& dictionaries : {Dictionaries{true, false}, Dictionaries{false, true}}) {
    const auto with = resources_with(dictionaries), without = resources_with({false, false});
    const bool present = is_present(*with, dictionaries.mecab ? "mecab" : "hunspell-ko");
    CHECK((with->fingerprint() != without->fingerprint()) == present);
  }
}

TEST_SUITE_END();
