// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: ways of writing one name share a key, different names do not; keys are bounded.
#include "text/phonetic.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "base/utf8.h"
#include "text/fold.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/phonetic");

namespace {

bool share(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const auto& x) { return std::find(b.begin(), b.end(), x) != b.end(); });
}

bool same_sound(std::string_view a, std::string_view b) {
  return share(fine_keys(fold(a)), fine_keys(fold(b)));
}

bool same_skeleton(std::string_view a, std::string_view b) {
  return share(skeletons(fine_keys(fold(a))), skeletons(fine_keys(fold(b))));
}

}  // namespace

TEST_CASE("romanisations and stage names have the key of the Hangul name") {
  const std::pair<std::string, std::vector<std::string>> cases[] = {
      {"윤하", {"Younha", "Yunha", "Yoonha", "YOUNHA"}},
      {"거미", {"Gummy", "Geomi"}},
      {"크러쉬", {"Crush", "Keureoswi"}},
      {"정세운", {"Jeong Sewoon", "Jung Se-woon"}},
      {"박효신", {"Park Hyo Shin", "Bak Hyosin"}},
      {"이소라", {"Lee So-ra", "I Sora"}},
      {"임창정", {"Im Chang-jung", "Lim Chang Jung"}},
      {"첫눈", {"cheotnun", "cheonnun"}},
      {"오늘 헤어졌어요", {"oneul heeojyeosseoyo"}},
      {"엠씨몽", {"MC Mong"}},
      {"씨엘", {"CL"}},
      {"트와이스", {"Twice"}},
      {"블랙핑크", {"Blackpink"}},
      {"바이브", {"Vibe"}},
      {"케이윌", {"K.Will"}},
  };
  for (const auto& [hangul, latin_forms] : cases) {
    for (const std::string& latin : latin_forms) {
      CAPTURE(hangul);
      CAPTURE(latin);
      CHECK(same_sound(hangul, latin));
    }
  }
}

TEST_CASE("a Korean name that is asked for in katakana has its key, though kana write less than Hangul") {
  for (const auto& [hangul, kana] : {std::pair{"강소라", "カン ソラ"},
                                     {"박성웅", "パク ソンウン"},
                                     {"박해수", "パク ヘス"},
                                     {"류승범", "リュ スンボム"},
                                     {"박민영", "パク ミニョン"},
                                     {"황정음", "ファン ジョンウム"},
                                     {"남궁민", "ナムグン ミン"}}) {
    CAPTURE(kana);
    CHECK(share(fine_keys(fold(hangul)), asked_fine_keys(fold(kana))));
  }
  CHECK(asked_fine_keys("park min young") == fine_keys("park min young"));
  CHECK(asked_fine_keys(fold("アンアンアンアン アンアンアンアン アンアンアンアン")).size() <= 80);
}

TEST_CASE("loan words have the key of their English word") {
  for (const auto& [hangul, english] : std::vector<std::pair<std::string, std::string>>{{"발라드", "ballad"},
                                                                                        {"드라마", "drama"},
                                                                                        {"블루", "blue"},
                                                                                        {"클럽", "club"},
                                                                                        {"댄스", "dance"},
                                                                                        {"로맨스", "romance"},
                                                                                        {"멜로디", "melody"},
                                                                                        {"기타", "guitar"},
                                                                                        {"레인", "rain"}}) {
    CAPTURE(hangul);
    CHECK(same_sound(hangul, english));
  }
}

TEST_CASE("spellings of a Latin name share a key with each other") {
  CHECK(same_sound("Younha", "Yunha"));
  CHECK(same_sound("Lee Sun-hee", "Lee Seonhee"));
}

TEST_CASE("kana have the key of their romaji") {
  CHECK(same_sound("あいみょん", "aimyon"));
  CHECK(same_sound("ユンナ", "yunna"));
}

TEST_CASE("katakana of a foreign word or name have its key, without the vowels that Japanese adds") {
  for (const auto& [kana, latin] :
       std::vector<std::pair<std::string, std::string>>{{"スマイル", "smile"},
                                                        {"ソング", "song"},
                                                        {"パク・ヒョシン", "Park Hyo Shin"},
                                                        {"キム", "Kim"},
                                                        {"テミン", "Taemin"}}) {
    CAPTURE(kana);
    CHECK(same_sound(kana, latin));
  }
  CHECK(same_skeleton("マスカレード", "masquerade"));
}

TEST_CASE("English vowels are read as Korean writes them") {
  for (const auto& [hangul, english] : std::vector<std::pair<std::string, std::string>>{
           {"아이콘", "iKON"}, {"개리", "Gary"}, {"모션", "motion"}, {"액션", "action"}, {"아이", "eye"}}) {
    CAPTURE(hangul);
    CHECK(same_sound(hangul, english));
  }
}

TEST_CASE("consonants that begin no word are spelled") {
  CHECK(same_sound("씨엔블루", "CNBLUE"));
  CHECK(same_sound("엔시티", "NCT"));
}

TEST_CASE("scripts in one name are read together") {
  CHECK(same_sound("MC몽", "엠씨몽"));
  CHECK(same_sound("다이나믹Duo", "다이나믹듀오"));
}

TEST_CASE("different names have different keys") {
  const std::string names[] = {"윤하", "거미",   "아이유",   "태연", "백현",
                               "보아", "크러쉬", "소녀시대", "빅뱅", "첸"};
  for (const std::string& a : names) {
    for (const std::string& b : names) {
      CAPTURE(a);
      CAPTURE(b);
      CHECK(same_sound(a, b) == (a == b));
    }
  }
}

TEST_CASE("a skeleton is the consonants, three at least") {
  CHECK(skeleton("jaNjenin") == "jnjn");
  CHECK(skeleton("onha") == "");
  CHECK(same_skeleton("장재인", "Jang Jae-in"));
  CHECK(same_skeleton("드라마틱", "Dorama-teek"));
}

TEST_CASE("what does not sound has no key") {
  CHECK(fine_keys("").empty());
  CHECK(fine_keys("2019 !?").empty());
  CHECK(fine_keys("涙").empty());
  CHECK(fine_keys("ㅇㅎ").empty());
  CHECK(fine_keys("'").empty());
}

TEST_CASE("keys of any name are few and bounded") {
  std::mt19937 random(4);
  const std::u32string letters = U"aeiouywnghrcklsetmx' 윤하크쉬값ゆンー1";
  for (int round = 0; round < 500; ++round) {
    std::string name;
    for (std::size_t i = random() % 300; i > 0; --i) append_utf8(name, letters[random() % letters.size()]);
    const std::vector<std::string> keys = fine_keys(name);
    CAPTURE(name);
    REQUIRE(keys.size() <= 16);
    for (const std::string& key : keys) REQUIRE(key.size() <= 600);
  }
}

TEST_SUITE_END();
