// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: each family of name terms is what its row in token.h says; terms occur once and are
// bounded; every keystroke on the way to a name is a prefix of one of its key sequences.
#include "text/name_terms.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include "base/utf8.h"
#include "text/analyzer.h"
#include "text/jamo.h"
#include "text/phonetic.h"
#include "unit/text/sample_resources.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/name_terms");

namespace {

const Analyzer& analyzer() {
  static const Analyzer instance(sample_resources());
  return instance;
}

std::vector<std::string> values(std::string_view name, Family family) {
  std::vector<std::string> out;
  for (const Term& term : analyzer().name_terms(name)) {
    if (term.family == family) out.push_back(term.value);
  }
  return out;
}

bool has(std::string_view name, Family family, std::string_view value) {
  const std::vector<std::string> all = values(name, family);
  return std::find(all.begin(), all.end(), value) != all.end();
}

bool sound_alike(std::string_view a, std::string_view b) {
  const std::vector<std::string> keys = values(a, Family::FineKey);
  return std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return has(b, Family::FineKey, key); });
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a name in brackets is a name of its own") {
  const std::string title = "On A Rainy Day(비가 내리는 날에는)YOUNHA(윤하)";
  CHECK(has(title, Family::FineKey, "onha"));
  CHECK(has(title, Family::FineKey, "pikanelinonalenon"));
  for (const char* keys : {"qlrksoflsmsskfdpsms", "soflsmsskfdpsms", "skfdpsms", "dbsgk", "younha"}) {
    CAPTURE(keys);
    CHECK(has(title, Family::KeySequence, keys));
  }
  CHECK(has(title, Family::Initials, "ㅂㄱㄴㄹㄴㄴㅇㄴ"));
  CHECK(has(title, Family::Initials, "ㅇㅎ"));
}

TEST_CASE("family names are found on either side") {
  CHECK(sound_alike("Han Jieun", "Jieun Han"));
  CHECK(sound_alike("한지은", "Jieun Han"));
  CHECK(sound_alike("Han Ji-eun", "한지은"));
  CHECK(sound_alike("이소라", "So-ra Lee"));
}

TEST_CASE("a bracket inside of a word does not part it") {
  CHECK(has("f(x)", Family::KeySequence, "fx"));
  CHECK(has("(G)I-DLE", Family::KeySequence, "gidle"));
  CHECK(has("YOUNHA(Yunha)", Family::KeySequence, "younha"));
}

TEST_CASE("a guest is a name of its own") {
  CHECK(has("Song feat. 아이유", Family::KeySequence, "song"));
  CHECK(has("Song feat. 아이유", Family::KeySequence, "dkdldb"));
  CHECK_FALSE(has("Song feat. 아이유", Family::KeySequence, "feat"));
  CHECK(has("Feat", Family::KeySequence, "feat"));
}

TEST_CASE("scripts glued together are one name, parted by a space two") {
  CHECK(sound_alike("MC몽", "엠씨몽"));
  CHECK(sound_alike("MC 몽", "엠씨몽"));
  CHECK(sound_alike("정은지 Jeong Eun-ji", "정은지"));
}

TEST_CASE("kana have their reading, with and without long vowels") {
  CHECK(values("ユンナ", Family::Reading) == Words{"^ゆ", "ゆん", "んな"});
  const Words coffee = values("コーヒー", Family::Reading);
  CHECK(std::find(coffee.begin(), coffee.end(), "こひ") != coffee.end());
  CHECK(std::find(coffee.begin(), coffee.end(), "こー") != coffee.end());
  CHECK(values("윤하 rain", Family::Reading).empty());
}

TEST_CASE("Han characters have their Japanese reading where MeCab is there") {
  if (!analyzer().resources().kana_reader()) return;
  CHECK(values("涙", Family::Reading) == Words{"^な", "なみ", "みだ"});
}

TEST_CASE("Han characters have their Korean reading") {
  CHECK(has("少女時代", Family::HanjaStem, "소녀시대"));
  CHECK(has("少女時代", Family::HanjaStem, "시대"));
  CHECK(has("金在中", Family::HanjaStem, "김재중"));
  CHECK(values("少", Family::HanjaStem).empty());
}

TEST_CASE("every keystroke on the way to a name fits one of its key sequences") {
  for (const std::string name : {"윤하", "비가 내리는 날에는", "아이유 (IU)", "값진 노래", "첫눈"}) {
    std::string letters;
    for (const Token& token : analyzer().tokenize(name)) {
      if (token.script == Script::Hangul) letters += token.word;
    }
    const std::string keys = dubeolsik_keys(letters);
    const Words sequences = values(name, Family::KeySequence);
    for (std::size_t typed = 1; typed <= keys.size(); ++typed) {
      const std::string shown = key_sequence(compose_keys(keys.substr(0, typed)));
      CAPTURE(name);
      CAPTURE(shown);
      CHECK(std::any_of(sequences.begin(), sequences.end(),
                        [&](const auto& s) { return s.starts_with(shown); }));
    }
  }
}

TEST_CASE("terms occur once and are bounded, whatever the text") {
  std::mt19937 random(9);
  const std::u32string letters = U"aeu윤하비涙少女ナーのk (x)-/feat. 'ㅎ\u0301";
  for (int round = 0; round < 300; ++round) {
    std::string name;
    for (std::size_t i = random() % 400; i > 0; --i) append_utf8(name, letters[random() % letters.size()]);
    std::set<std::pair<Family, std::string>> seen;
    const std::size_t tokens = analyzer().tokenize(name).size();
    for (const Term& term : analyzer().name_terms(name)) {
      REQUIRE(seen.insert({term.family, term.value}).second);
      REQUIRE(term.position < tokens);
      REQUIRE(term.value.size() <= 200);
      REQUIRE_FALSE(term.value.empty());
    }
  }
}

TEST_CASE("a very long text has the name terms of its beginning") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "윤하 ";
  CHECK(analyzer().name_terms(text).size() < 1000);
  CHECK(analyzer().name_terms(std::string(1 << 20, 'a')).size() < 100);
}

TEST_SUITE_END();
