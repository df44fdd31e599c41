// SPDX-License-Identifier: GPL-2.0-or-later
// Words are found exactly, by prefix, by keys of a Korean keyboard, and with typos; the fuzzy look-up
// finds the same words as comparing with every one of them.
#include "index/vocabulary.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include "support/temp_dir.h"
#include "text/jamo.h"

using namespace nunmul;

TEST_SUITE_BEGIN("index/vocabulary");

namespace {

Vocabulary make(const TempDir& dir, std::vector<std::pair<std::string, Script>> words,
                const std::array<NameSpellings, kSpellingFamilies.size()>& spellings = {}) {
  std::sort(words.begin(), words.end());
  std::vector<VocabularyWord> rows;
  for (const auto& [word, script] : words)
    rows.push_back({word, word, script == Script::Hangul ? key_sequence(word) : "", script, 1});
  Vocabulary::write(dir / "words.bin", rows, spellings);
  return Vocabulary(dir / "words.bin");
}

// Optimal string alignment distance, the first letter counting two, over all cells.
std::uint32_t distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::uint32_t>> d(a.size() + 1, std::vector<std::uint32_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i == 0 ? 0 : static_cast<std::uint32_t>(i) + 1;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j == 0 ? 0 : static_cast<std::uint32_t>(j) + 1;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool first = i == 1 && j == 1;
      d[i][j] = std::min({d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0
                                             : first              ? 2U
                                                                  : 1U),
                          d[i - 1][j] + 1, d[i][j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + (i == 2 && j == 2 ? 2 : 1));
    }
  return d[a.size()][b.size()];
}

std::set<std::string> texts(const Vocabulary& vocabulary, const std::vector<FuzzyWord>& found) {
  std::set<std::string> words;
  for (const FuzzyWord& word : found) words.emplace(vocabulary.word(word.word));
  return words;
}

}  // namespace

TEST_CASE("a word is found exactly, and by its beginning") {
  const TempDir dir;
  const Vocabulary vocabulary = make(dir, {{"rain", Script::Latin},
                                           {"rainy", Script::Latin},
                                           {"range", Script::Latin},
                                           {"윤하", Script::Hangul}});
  REQUIRE(vocabulary.find("rain"));
  CHECK(vocabulary.word(*vocabulary.find("rain")) == "rain");
  CHECK_FALSE(vocabulary.find("rai"));
  const auto [first, last] = vocabulary.prefix_range("rai");
  CHECK(last - first == 2);
  const auto [none_first, none_last] = vocabulary.prefix_range("zebra");
  CHECK(none_first == none_last);
}

TEST_CASE("half-typed Hangul finds the words on whose way it lies") {
  const TempDir dir;
  const Vocabulary vocabulary =
      make(dir, {{"아이유", Script::Hangul}, {"아이돌", Script::Hangul}, {"윤하", Script::Hangul}});
  CHECK(vocabulary.hangul_with_keys(key_sequence("아잉")).size() == 1);
  CHECK(vocabulary.hangul_with_keys(key_sequence("앙")).size() == 2);
  CHECK(vocabulary.hangul_with_keys(key_sequence("윤ㅎ")).size() == 1);
  CHECK(vocabulary.hangul_with_keys(key_sequence("윤호")).empty());
}

TEST_CASE("the fuzzy look-up finds what comparing with every word finds") {
  const TempDir dir;
  std::mt19937 random(7);
  MESSAGE("seed 7");
  std::set<std::string> unique;
  while (unique.size() < 3000) {
    std::string word;
    for (std::size_t i = 0; i < 3 + random() % 7; ++i) word += static_cast<char>('a' + random() % 5);
    unique.insert(word);
  }
  std::vector<std::pair<std::string, Script>> words;
  for (const std::string& word : unique) words.emplace_back(word, Script::Latin);
  const Vocabulary vocabulary = make(dir, words);
  for (int round = 0; round < 60; ++round) {
    std::string query;
    for (std::size_t i = 0; i < 4 + random() % 5; ++i) query += static_cast<char>('a' + random() % 5);
    for (const std::uint32_t typos : {1U, 2U}) {
      CAPTURE(query);
      CAPTURE(typos);
      std::set<std::string> expected;
      for (const std::string& word : unique)
        if (distance(query, word) <= typos) expected.insert(word);
      CHECK(texts(vocabulary, vocabulary.fuzzy(query, false, typos, false)) == expected);
    }
  }
}

TEST_CASE("a fuzzy prefix finds the words behind a beginning that is near") {
  const TempDir dir;
  const Vocabulary vocabulary = make(dir, {{"network", Script::Latin},
                                           {"networking", Script::Latin},
                                           {"netware", Script::Latin},
                                           {"new", Script::Latin}});
  const auto found = texts(vocabulary, vocabulary.fuzzy("netwrok", false, 1, true));
  CHECK(found == std::set<std::string>{"network", "networking"});
}

TEST_CASE("a wrong letter of Hangul is one typo of its keys") {
  const TempDir dir;
  const Vocabulary vocabulary = make(dir, {{"소녀시대", Script::Hangul}, {"소나기", Script::Hangul}});
  CHECK(texts(vocabulary, vocabulary.fuzzy(key_sequence("소녀시데"), true, 1, false)) ==
        std::set<std::string>{"소녀시대"});
}

TEST_CASE("words that are typed by the same keys are as near as each other") {
  const TempDir dir;
  const Vocabulary vocabulary = make(dir, {{"달님", Script::Hangul},
                                           {"딸님", Script::Hangul},
                                           {"딸님이", Script::Hangul},
                                           {"별", Script::Hangul}});
  CHECK(texts(vocabulary, vocabulary.fuzzy(key_sequence("달닌"), true, 1, false)) ==
        std::set<std::string>{"달님", "딸님"});
}

TEST_CASE("a word is told from those that a vocabulary has not, however many they are") {
  const TempDir dir;
  std::vector<std::pair<std::string, Script>> words;
  for (int i = 0; i < 2000; ++i) words.emplace_back("word" + std::to_string(2 * i), Script::Latin);
  const Vocabulary vocabulary = make(dir, words);
  for (int i = 0; i < 4000; ++i) {
    CAPTURE(i);
    CHECK(vocabulary.find("word" + std::to_string(i)).has_value() == (i % 2 == 0));
  }
}

TEST_CASE("a run of words that begin alike ends where it ends among all of them") {
  std::mt19937 random(11);
  MESSAGE("seed 11");
  std::set<std::string> unique;
  while (unique.size() < 1000) {
    std::string word;
    for (std::size_t i = 0; i < 1 + random() % 6; ++i) word += static_cast<char>('a' + random() % 4);
    unique.insert(word);
  }
  const std::vector<std::string> words(unique.begin(), unique.end());
  std::vector<std::uint8_t> counts, least;
  for (std::size_t i = 0; i < words.size(); ++i)
    SharedBytes::add(i == 0 ? "" : words[i - 1], words[i], counts, least);
  const SharedBytes shared(counts, least);
  for (std::uint32_t first = 0; first < words.size(); ++first)
    for (std::size_t bytes = 1; bytes <= words[first].size(); ++bytes)
      for (const std::uint32_t last :
           {static_cast<std::uint32_t>(words.size()), std::min(first + 70, 999U)}) {
        std::uint32_t end = first + 1;
        while (end < last && words[end].compare(0, bytes, words[first], 0, bytes) == 0) ++end;
        if (shared.run_end(first, last, bytes) == end) continue;
        CAPTURE(words[first]);
        CAPTURE(bytes);
        CHECK(shared.run_end(first, last, bytes) == end);
      }
}

TEST_CASE("spellings of names are ranges, and near ones differ by one letter") {
  const TempDir dir;
  std::array<NameSpellings, kSpellingFamilies.size()> spellings;
  spellings[spelling_number(Family::FineKey)] = {
      {"onha", "onhaN"}, {1, 2}, {SpellingPosting(0, 1), SpellingPosting(1, 1)}};
  const Vocabulary vocabulary = make(dir, {}, spellings);
  const auto [first, last] = vocabulary.spelling_range(Family::FineKey, "onha");
  CHECK(last - first == 2);
  CHECK(vocabulary.spelling(Family::FineKey, first) == "onha");
  CHECK(vocabulary.near_sounds("onha").size() == 1);
}

TEST_CASE("spellings are found exactly and by their beginning, with the documents that have them") {
  const TempDir dir;
  std::array<NameSpellings, kSpellingFamilies.size()> spellings;
  spellings[spelling_number(Family::Initials)] = {
      {"ㅇ", "ㅇㅎ"},
      {1, 4},
      {SpellingPosting(3, 1), SpellingPosting(0, 2), SpellingPosting(3, 9), SpellingPosting(7, 1)}};
  const Vocabulary vocabulary = make(dir, {}, spellings);
  const auto [first, last] = vocabulary.spelling_range(Family::Initials, "ㅇ");
  CHECK(last - first == 2);
  REQUIRE(vocabulary.find_spelling(Family::Initials, "ㅇㅎ"));
  CHECK_FALSE(vocabulary.find_spelling(Family::Initials, "ㅎ"));
  CHECK_FALSE(vocabulary.find_spelling(Family::Skeleton, "ㅇㅎ"));
  const auto postings =
      vocabulary.spelling_postings(Family::Initials, *vocabulary.find_spelling(Family::Initials, "ㅇㅎ"));
  REQUIRE(postings.size() == 3);
  CHECK(postings[1].document() == 3);
  CHECK(postings[1].count() == 3);
  CHECK(vocabulary.spelling_postings(Family::Initials, first).size() == 1);
}
