// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: inflected forms begin with one of the stems; nouns have none.
#include "text/inflection.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/utf8.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/inflection");

namespace {

bool begins_with_one(std::string_view form, const std::vector<std::u32string>& stems) {
  const std::u32string letters = to_utf32(form);
  return std::any_of(stems.begin(), stems.end(), [&](const auto& stem) { return letters.starts_with(stem); });
}

}  // namespace

TEST_CASE("forms of Korean verbs begin with a stem") {
  const std::pair<std::string, std::vector<std::string>> cases[] = {
      {"헤어지다", {"헤어지고", "헤어졌다", "헤어져서", "헤어진", "헤어질", "헤어집니다"}},
      {"실연당하다", {"실연당한", "실연당했다", "실연당해서", "실연당하는"}},
      {"그리워하다", {"그리워했던"}},
      {"보내다", {"보냈다", "보낸"}},
      {"돌아오다", {"돌아와", "돌아왔다"}},
      {"외롭다", {"외롭고"}},
  };
  for (const auto& [word, forms] : cases) {
    const std::vector<std::u32string> stems = korean_stems(to_utf32(word));
    for (const std::string& form : forms) {
      CAPTURE(form);
      CHECK(begins_with_one(form, stems));
    }
  }
}

TEST_CASE("forms of Japanese verbs and adjectives begin with a stem") {
  const std::pair<std::string, std::vector<std::string>> cases[] = {
      {"泣く", {"泣いた", "泣きます", "泣かない", "泣けば"}},
      {"別れる", {"別れた", "別れて", "別れない"}},
      {"悲しい", {"悲しく", "悲しかった", "悲しさ"}},
      {"歌う", {"歌った", "歌い"}},
      {"死ぬ", {"死んだ"}},
      {"走る", {"走った", "走り"}},
  };
  for (const auto& [word, forms] : cases) {
    const std::vector<std::u32string> stems = japanese_stems(to_utf32(word));
    for (const std::string& form : forms) {
      CAPTURE(form);
      CHECK(begins_with_one(form, stems));
    }
  }
}

TEST_CASE("what follows a Korean stem is an ending or the stem is not meant") {
  for (const char32_t* rest : {U"", U"고", U"던", U"다", U"는데", U"을"}) CHECK(may_be_korean_ending(rest));
  CHECK_FALSE(may_be_korean_ending(U"리카"));
}

TEST_CASE("English forms are told from words that only begin alike") {
  for (const auto& [word, lemma] : std::vector<std::pair<std::string, std::string>>{{"heart", "heart"},
                                                                                    {"hearts", "heart"},
                                                                                    {"cities", "city"},
                                                                                    {"stopped", "stop"},
                                                                                    {"loving", "love"},
                                                                                    {"loved", "love"},
                                                                                    {"tear", "tears"},
                                                                                    {"sadness", "sad"},
                                                                                    {"younha's", "younha"},
                                                                                    {"kisses", "kiss"}}) {
    CAPTURE(word);
    CHECK(is_english_form(word, lemma));
  }
  for (const auto& [word, lemma] :
       std::vector<std::pair<std::string, std::string>>{{"part", "parting"},
                                                        {"university", "universe"},
                                                        {"even", "evening"},
                                                        {"any", "ani"},
                                                        {"lovely", "love"},
                                                        {"", "a"},
                                                        {"a", ""},
                                                        {"as", "a"}}) {
    CAPTURE(word);
    CHECK(is_english_form(word, lemma) == (lemma == "a" && word == "as"));
  }
}

TEST_CASE("other words have no stems") {
  CHECK(korean_stems(U"이별").empty());
  CHECK(korean_stems(U"바다").empty());
  CHECK(korean_stems(U"").empty());
  CHECK(japanese_stems(U"失恋").empty());
  CHECK(japanese_stems(U"ソング").empty());
  CHECK(japanese_stems(U"わかれる").empty());
  CHECK(japanese_stems(U"").empty());
}

TEST_SUITE_END();
