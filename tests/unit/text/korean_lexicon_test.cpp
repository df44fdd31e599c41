// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: a word list of conjoining jamo gives the verbs of a form, the written word's own among them,
// and nouns over the border of a stem; what is no word of the list gives nothing; an empty lexicon knows
// nothing.
#include "text/korean_lexicon.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/utf8.h"
#include "text/hangul.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/korean_lexicon");

namespace {

// As ko.dic has it: syllables as conjoining jamo.
std::string in_jamo(std::u32string_view text) {
  std::u32string jamo;
  for (const char32_t code : text) {
    if (!is_syllable(code)) {
      jamo.push_back(code);
      continue;
    }
    const char32_t number = code - 0xAC00;
    jamo.push_back(0x1100 + number / 588);
    jamo.push_back(0x1161 + number / 28 % 21);
    if (number % 28 != 0) jamo.push_back(0x11A7 + number % 28);
  }
  return to_utf8(jamo);
}

const KoreanLexicon& lexicon() {
  static const KoreanLexicon words(in_jamo(
      U"20\n밤/10\n편지/25\n우리나라/25\n비/25\n나무/25\n음식/10\n자주/67\n세\n걷다/44\n걷다/55\n걸다/44\n"
      U"먹다/36\n비다/44\n빌다/44\n슬프다/49\n그립다/57\n돕다/58\n짓다/60\n파랗다/62\n듣다/55\n들다/44\n"
      U"주다/36\n크다/49\n있다/47\n사랑하다/44\n원하다/44\n헤어진/3\na/32\n가x나/10\n"));
  return words;
}

using Verbs = std::vector<std::string>;

Verbs sorted_verbs(std::u32string_view word) {
  Verbs verbs = lexicon().verbs_of(word);
  std::sort(verbs.begin(), verbs.end());
  return verbs;
}

}  // namespace

TEST_CASE("a form has its verbs") {
  const std::pair<std::u32string, Verbs> cases[] = {{U"먹었어", {"먹다"}},
                                                    {U"먹다", {"먹다"}},
                                                    {U"걸었다", {"걷다", "걸다"}},
                                                    {U"걷는", {"걷다"}},
                                                    {U"비는", {"비다", "빌다"}},
                                                    {U"슬픈", {"슬프다"}},
                                                    {U"그리워", {"그립다"}},
                                                    {U"도와줘", {"돕다"}},
                                                    {U"지은", {"짓다"}},
                                                    {U"파란", {"파랗다"}},
                                                    {U"들어주는", {"듣다", "들다"}},
                                                    {U"큰", {"크다"}},
                                                    {U"원했던", {"원하다"}},
                                                    {U"먹고있는", {"먹다"}},
                                                    {U"비", {}},
                                                    {U"나무", {}},
                                                    {U"있었다", {}},
                                                    {U"사랑했다", {}},
                                                    {U"윤하", {}},
                                                    {U"", {}}};
  for (const auto& [word, verbs] : cases) CHECK_MESSAGE(sorted_verbs(word) == verbs, to_utf8(word));
}

TEST_CASE("a verb says with which syllables its forms begin") {
  CHECK(lexicon().first_syllables_of("걷다") == U"걷걸");
  CHECK(lexicon().first_syllables_of("먹다") == U"먹");
  CHECK(lexicon().first_syllables_of("킹받다") == U"킹");
}

TEST_CASE("a noun goes over the border of a stem") {
  CHECK(lexicon().end_of_noun_over(U"밤편지", 2) == 3);
  CHECK(lexicon().end_of_noun_over(U"우리나라의", 3) == 4);
  CHECK(lexicon().end_of_noun_over(U"음식의", 2) == 2);
  CHECK(lexicon().end_of_noun_over(U"편지", 2) == 2);
}

TEST_CASE("words by kind") {
  CHECK(lexicon().has_noun(U"편지"));
  CHECK_FALSE(lexicon().has_noun(U"자주"));
  CHECK(lexicon().has_other_word(U"자주"));
  CHECK(lexicon().has_other_word(U"세"));
  CHECK_FALSE(lexicon().has_noun(U"헤어진"));
}

TEST_CASE("without words nothing is known") {
  const KoreanLexicon none;
  CHECK(none.empty());
  CHECK(none.verbs_of(U"먹었다").empty());
  CHECK(none.verbs_of(U"킹받았다").empty());
  CHECK_FALSE(none.has_noun(U"편지"));
  CHECK(none.end_of_noun_over(U"밤편지", 2) == 2);
  CHECK(KoreanLexicon("\xFF\xFE//\n/\n///9999999999\n").entries() == 0);
}
