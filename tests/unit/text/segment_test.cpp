// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: runs hold one script and nothing else; settings move the borders of words.
#include "text/segment.h"

#include <doctest/doctest.h>

#include "base/utf8.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/segment");

namespace {

std::vector<std::string> runs(std::string_view text, const WordRules& rules = {}) {
  std::vector<FoldedChar> chars;
  fold_into(chars, text, 0, text.size());
  std::vector<Run> found;
  std::vector<CharKind> kinds;
  find_runs(found, chars, rules, kinds);
  std::vector<std::string> out;
  for (const Run& run : found) {
    std::string& word = out.emplace_back();
    for (std::size_t at = run.begin; at < run.end; ++at) append_utf8(word, chars[at].code);
  }
  return out;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("scripts part by themselves") {
  CHECK(runs("YOUNHA(윤하)") == Words{"younha", "윤하"});
  CHECK(runs("BTS는 2019년") == Words{"bts", "는", "2019", "년"});
  CHECK(runs("東京タワーでBTSを") == Words{"東京タワーで", "bts", "を"});
  CHECK(runs("人々のラーメン") == Words{"人々のラーメン"});
  CHECK(runs("ロイ・キム") == Words{"ロイ", "キム"});
  CHECK(runs("윤ㅎ ㅋㅋㅋ") == Words{"윤ㅎ", "ㅋㅋㅋ"});
}

TEST_CASE("an apostrophe holds the end of a contraction and nothing else") {
  CHECK(runs("It’s 'so' girls' rock'n'roll") == Words{"it's", "so", "girls", "rock", "n", "roll"});
  CHECK(runs("L'Arc's don`t y'all") == Words{"l", "arc's", "don't", "y", "all"});
  CHECK(runs("BTS'윤하'") == Words{"bts", "윤하"});
  CHECK(runs("''a''b''") == Words{"a", "b"});
}

TEST_CASE("symbols separate words") {
  CHECK(runs("f(x) R&B C++ K.Will se-woon") == Words{"f", "x", "r", "b", "c", "k", "will", "se", "woon"});
  CHECK(runs("snake_case a\u2013b 💔x") == Words{"snake", "case", "a", "b", "x"});
  CHECK(runs(" \t\n!?").empty());
  CHECK(runs("").empty());
}

TEST_CASE("separators of the settings end words") {
  const WordRules rules({"x", "&hellip;"}, {}, {});
  CHECK(runs("4X4 a&hellip;b", rules) == Words{"4", "4", "a", "b"});
}

TEST_CASE("non-separators of the settings belong to the word beside them") {
  const WordRules rules({}, {"#", "++", "&"}, {});
  CHECK(runs("C# c++ #윤하 R&B + #", rules) == Words{"c#", "c++", "#윤하", "r&b", "#"});
}

TEST_CASE("words of the dictionary stay whole where words begin and end") {
  const WordRules rules({}, {}, {"J. R. R.", "W.E.B.", "rock"});
  CHECK(runs("J. R. R. Tolkien", rules) == Words{"j. r. r.", "tolkien"});
  CHECK(runs("W.E.B. Du Bois", rules) == Words{"w.e.b.", "du", "bois"});
  CHECK(runs("rocket rock", rules) == Words{"rocket", "rock"});
}

TEST_CASE("empty strings in settings change nothing") {
  const WordRules rules({""}, {""}, {""});
  CHECK(rules.empty());
  CHECK(runs("a b", rules) == Words{"a", "b"});
}

TEST_SUITE_END();
