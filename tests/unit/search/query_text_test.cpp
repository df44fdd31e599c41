// SPDX-License-Identifier: GPL-2.0-or-later
// Words, phrases and exclusions are read as typed, and no text is an error.
#include "search/plan/query_text.h"

#include <doctest/doctest.h>

#include "support/test_index.h"

using namespace nunmul;

TEST_SUITE_BEGIN("search/query_text");

namespace {

QueryText read(const std::string& q, QueryTextOptions options = {}) {
  return read_query(q, Analyzer(tree_resources()), options);
}

std::vector<std::string> words(const QueryText& query) {
  std::vector<std::string> list;
  for (const QueryUnit& unit : query.units)
    for (const Token& token : unit.tokens) list.push_back((unit.quoted ? "\"" : "") + token.word);
  return list;
}

}  // namespace

TEST_CASE("the last word may go on unless something follows it") {
  CHECK(read("rain bal").units.back().prefix);
  CHECK_FALSE(read("rain bal").units.front().prefix);
  CHECK_FALSE(read("rain bal ").units.back().prefix);
  CHECK_FALSE(read("rain \"bal\"").units.back().prefix);
  CHECK_FALSE(read("rain bal", {10, false, false, nullptr}).units.back().prefix);
}

TEST_CASE("the key with which a kana begins is no word") {
  for (const std::string q : {"なみd", "なみｄ"}) {
    CAPTURE(q);
    const QueryText query = read(q);
    CHECK(words(query) == words(read("なみ")));
    CHECK(query.units.back().prefix);
    CHECK(query.unfinished_kana == "d");
    CHECK(query.words == "なみ");
  }
  CHECK(read("しｓｈ").unfinished_kana == "sh");
  for (const std::string q :
       {"なみ d", "なみd ", "なみdrama", "ビタミンc", "なみx", "\"なみd\"", "rock", "윤ㅎ", "なみ"}) {
    CAPTURE(q);
    CHECK(read(q).unfinished_kana.empty());
  }
}

TEST_CASE("quotes hold words together, and an open quote runs to the end") {
  CHECK(words(read("a \"rainy day\" b")) == std::vector<std::string>{"a", "\"rainy", "\"day", "b"});
  CHECK(words(read("\"rainy day")) == std::vector<std::string>{"\"rainy", "\"day"});
}

TEST_CASE("the text ends with the last word that counts") {
  CHECK(read("one two, three", {2}).words == "one two");
  CHECK(read("one -two \"three four\" five six", {3}).words == "one ");
  CHECK(read("one \"two\" three four", {3}).words == "one   three");
  CHECK(read("one two!", {2}).words == "one two!");
}

TEST_CASE("a minus before a word or phrase excludes it, inside a word it does not") {
  const QueryText query = read("rain -snow -\"on ice\" k-pop");
  CHECK(query.excluded.size() == 2);
  CHECK(words(query) == std::vector<std::string>{"rain", "k", "pop"});
  CHECK(read("- -").units.empty());
}

TEST_CASE("quotes, minus and spaces are as any keyboard has them") {
  for (const std::string q :
       {"“blue moon”", "„blue moon“", "＂blue moon＂", "「blue moon」", "“blue moon\"", "『blue moon』"}) {
    CAPTURE(q);
    CHECK(words(read(q)) == std::vector<std::string>{"\"blue", "\"moon"});
  }
  for (const std::string q : {"a －b", "a　-b", "a\u00A0–b", "a −「b」", "-b"}) {
    CAPTURE(q);
    CHECK(read(q).excluded.size() == 1);
  }
  CHECK(read("a–b — c").excluded.empty());
}

TEST_CASE("a phrase counts in whole, up to a hundred words") {
  std::string phrase = "\"";
  for (int i = 0; i < 120; ++i) phrase += "w" + std::to_string(i) + " ";
  REQUIRE(read(phrase + "\" more").units.size() == 1);
  CHECK(read(phrase + "\" more").units[0].tokens.size() == kMaxPhraseWords);
}

TEST_CASE("symbols are words only where nothing else was typed") {
  CHECK(words(read("♥ ???")) == std::vector<std::string>{"♥", "???"});
  CHECK(words(read("! \"rain\" love")) == std::vector<std::string>{"\"rain", "love"});
  CHECK(read("! \"rain\" love").words == " love");
}

TEST_CASE("stop words stay where they are a part of a known phrase") {
  const Analyzer analyzer(tree_resources());
  const std::vector<std::vector<Token>> phrases{analyzer.tokenize("song of the year")};
  QueryTextOptions options;
  options.drop_common = true;
  options.kept_phrases = &phrases;
  CHECK(words(read("the song of the year ", options)) ==
        std::vector<std::string>{"song", "of", "the", "year"});
  CHECK(read("the song of the year ", options).left_words_out());
}

TEST_CASE("at most ten words count") { CHECK(read("a b c d e f g h i j k l m").units.size() == 10); }

TEST_CASE("of a text without end only the beginning is read") {
  const QueryText query = read(std::string(1'000'000, 'a') + " \"quoted\"");
  REQUIRE(query.units.size() == 1);
  CHECK(query.units[0].tokens[0].word.size() <= 4'096);
  CHECK(query.words.size() <= 4'096);
}

TEST_CASE("stop words go only while something else is left") {
  QueryTextOptions options;
  options.drop_common = true;
  CHECK(words(read("the rain on the roof ", options)) == std::vector<std::string>{"rain", "roof"});
  CHECK(words(read("to be or not to be ", options)).size() == 6);
}

TEST_CASE("grammar inside a Japanese run is no word of the query") {
  CHECK(words(read("涙の歌")) == std::vector<std::string>{"涙", "歌"});
}

TEST_CASE("nothing, blanks and broken bytes give no words and no error") {
  CHECK(read("").units.empty());
  CHECK(read(" \t\n").units.empty());
  CHECK_NOTHROW(read("\xff\xed\xa0\x80"));
}
