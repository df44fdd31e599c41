// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: each family's terms are what its row in token.h says; tokens are in order, do not overlap
// and lie between characters; tokenize is analyze without terms; pieces and settings do not change
// what is found; any input takes linear time.
#include "text/analyzer.h"

#include <doctest/doctest.h>

#include <chrono>
#include <random>
#include <thread>

#include "base/utf8.h"
#include "text/language_resources.h"
#include "unit/text/sample_resources.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/analyzer");

namespace {

using Values = std::vector<std::string>;

Values values(const AnalyzedText& text, Family family) {
  Values out;
  for (const Term& term : text.terms) {
    if (term.family == family) out.push_back(term.value);
  }
  return out;
}

Values words(const std::vector<Token>& tokens) {
  Values out;
  for (const Token& token : tokens) out.push_back(token.word);
  return out;
}

void check_tokens(std::string_view text, const std::vector<Token>& tokens) {
  std::vector<bool> border(text.size() + 1);
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).length) border[at] = true;
  border[text.size()] = true;
  std::uint32_t last_end = 0;
  std::uint32_t position = 0;
  for (const Token& token : tokens) {
    REQUIRE(token.begin >= last_end);
    REQUIRE(token.end >= token.begin);
    REQUIRE(token.end <= text.size());
    REQUIRE(border[token.begin]);
    REQUIRE(border[token.end]);
    REQUIRE(token.position == position);
    REQUIRE(token.separated == (position == 0 || token.begin != last_end));
    REQUIRE_FALSE(token.word.empty());
    REQUIRE_FALSE(token.stem.empty());
    last_end = token.end;
    ++position;
  }
}

}  // namespace

TEST_CASE("each family has its terms") {
  const Analyzer analyzer(sample_resources());
  const AnalyzedText text = analyzer.analyze("On A Rainy Day(비가 내리는 날에는)YOUNHA(윤하), 涙の歌");
  CHECK(values(text, Family::LatinStem) == Values{"on", "a", "raini", "day", "younha"});
  CHECK(values(text, Family::HangulStem) == Values{"비", "내리", "날", "윤하"});
  CHECK(values(text, Family::HangulBigram) == Values{"비", "내리", "날", "윤하"});
  CHECK(values(text, Family::HanWord) == Values{"涙", "歌"});
  CHECK(values(text, Family::HanBigram) == Values{"涙の", "の歌"});
  CHECK(values(text, Family::Kanji) == Values{"涙", "歌"});
}

TEST_CASE("bigrams are of the stem, a stem of one syllable is its own") {
  const Analyzer analyzer(sample_resources());
  const AnalyzedText text = analyzer.analyze("발라드를 비가");
  CHECK(values(text, Family::HangulBigram) == Values{"발라", "라드", "비"});
  CHECK(values(analyzer.analyze("涙"), Family::HanBigram) == Values{"涙"});
  CHECK(values(analyzer.analyze("さよなら"), Family::HanBigram).empty());
}

TEST_CASE("all kana are found in pairs, however they are written") {
  const Analyzer analyzer(sample_resources());
  CHECK(values(analyzer.analyze("レモンの歌"), Family::KanaPair) == Values{"れも", "もん", "んの"});
  CHECK(values(analyzer.analyze("ヴァイオリン"), Family::KanaPair) ==
        values(analyzer.analyze("ばいおりん"), Family::KanaPair));
  CHECK(values(analyzer.analyze("涙"), Family::KanaPair).empty());
}

TEST_CASE("terms have the position of the token where they begin, in rising order") {
  const Analyzer analyzer(sample_resources());
  const AnalyzedText text = analyzer.analyze("YOUNHA 비가 涙の歌 少女時代");
  std::uint32_t last = 0;
  for (const Term& term : text.terms) {
    CHECK(term.position >= last);
    REQUIRE(term.position < text.tokens.size());
    const Token& token = text.tokens[term.position];
    if (term.family != Family::LatinStem && term.family != Family::KanaPair)
      CHECK(token.word.find(term.value.substr(0, 3)) != std::string::npos);
    last = term.position;
  }
}

TEST_CASE("tokens keep the bytes of the text") {
  const Analyzer analyzer(sample_resources());
  const std::string text = "Beyoncé’s ﾅﾐﾀﾞ, BTS는!";
  const std::vector<Token> tokens = analyzer.tokenize(text);
  REQUIRE(words(tokens) == Values{"beyonce's", "ナミダ", "bts", "는"});
  CHECK(text.substr(tokens[0].begin, tokens[0].end - tokens[0].begin) == "Beyoncé’s");
  CHECK(text.substr(tokens[1].begin, tokens[1].end - tokens[1].begin) == "ﾅﾐﾀﾞ");
  CHECK(tokens[2].separated);
  CHECK_FALSE(tokens[3].separated);
}

TEST_CASE("old and new forms of Han characters are one word") {
  const Analyzer analyzer(sample_resources());
  CHECK(values(analyzer.analyze("國家"), Family::Kanji) == values(analyzer.analyze("国家"), Family::Kanji));
  CHECK(values(analyzer.analyze("國"), Family::HanWord) == Values{"国"});
}

TEST_CASE("settings move the borders of words") {
  const Analyzer analyzer(sample_resources(), {{"x"}, {"#"}, {"J. R. R.", "가나"}});
  CHECK(words(analyzer.tokenize("4x4 C# J. R. R. 가나")) == Values{"4", "4", "c#", "j. r. r.", "가나"});
  CHECK(values(analyzer.analyze("J. R. R. Running"), Family::LatinStem) == Values{"j. r. r.", "run"});
}

TEST_CASE("a text of many pieces is read as one") {
  const Analyzer in_pieces(sample_resources());
  const Analyzer in_one(sample_resources(), {{"\x01"}, {}, {}});
  std::string text;
  for (int i = 0; i < 3000; ++i)
    text += i % 3 ? "비가 내리는 날에는 rain's " : "涙の歌、東京タワー。ﾅﾐﾀﾞe\u0301 ";
  const AnalyzedText a = in_pieces.analyze(text);
  const AnalyzedText b = in_one.analyze(text);
  CHECK(words(a.tokens) == words(b.tokens));
  CHECK(a.terms == b.terms);
  check_tokens(text, a.tokens);
}

TEST_CASE("tokens of random text are in order and between characters") {
  const std::u32string letters =
      U"abE\u0301\u00ADが\u3099ﾀﾞ윤\u1112\u1161\u11ABㅎ비가는㍿½ﬁ涙東ター\u200B’' \U0001F494(.";
  const Analyzer analyzer(sample_resources());
  std::mt19937 random(5);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (std::size_t i = random() % 40; i > 0; --i) {
      if (random() % 20 == 0) {
        text.push_back(static_cast<char>(random()));
      } else {
        append_utf8(text, letters[random() % letters.size()]);
      }
    }
    CAPTURE(text);
    const AnalyzedText analyzed = analyzer.analyze(text);
    check_tokens(text, analyzed.tokens);
    const std::vector<Token> tokens = analyzer.tokenize(text);
    REQUIRE(words(tokens) == words(analyzed.tokens));
  }
}

TEST_CASE("threads analyze alike") {
  const Analyzer analyzer(sample_resources());
  const std::string text = "Broken hearts 비가 내리는 날에는, 少女時代の涙 ﾅﾐﾀﾞ";
  const AnalyzedText expected = analyzer.analyze(text);
  const std::vector<Term> names = analyzer.name_terms(text);
  const std::size_t concepts = analyzer.resources().find_concepts(expected.tokens).size();
  std::vector<int> wrong(4);
  {
    std::vector<std::jthread> threads;
    for (int& count : wrong) {
      threads.emplace_back([&] {
        for (int i = 0; i < 100; ++i) {
          const AnalyzedText analyzed = analyzer.analyze(text);
          count += analyzed.terms != expected.terms;
          count += analyzer.name_terms(text) != names;
          count += analyzer.resources().find_concepts(analyzed.tokens).size() != concepts;
        }
      });
    }
  }
  CHECK(wrong == std::vector<int>(4));
}

TEST_CASE("huge words and heaps of marks take linear time and give bounded terms") {
  const Analyzer analyzer(sample_resources());
  std::string marks = "a";
  for (int i = 0; i < 10'000; ++i) append_utf8(marks, i % 2 ? U'\u0301' : U'\u3099');
  std::string hangul;
  for (int i = 0; i < 350'000; ++i) append_utf8(hangul, U'가' + static_cast<char32_t>(i % 11172));
  std::string han;
  for (int i = 0; i < 350'000; ++i) append_utf8(han, 0x4E00 + static_cast<char32_t>(i % 20000));
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& text :
       {std::string(1 << 20, 'x'), hangul, han, marks, std::string(1 << 20, '\xFF')}) {
    const AnalyzedText analyzed = analyzer.analyze(text);
    check_tokens(text, analyzed.tokens);
    for (const Term& term : analyzed.terms) REQUIRE(term.value.size() <= 200);
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

TEST_CASE("the language of a field decides how its words are stemmed, and nothing else") {
  const Analyzer analyzer(sample_resources());
  const std::string_view text = "Les chevaux et le cheval 비가 涙の歌 Haus";
  const AnalyzedText english = analyzer.analyze(text);
  const AnalyzedText french = analyzer.analyze(text, StemLanguage::French);
  CHECK(values(english, Family::LatinStem) == Values{"les", "chevaux", "et", "le", "cheval", "haus"});
  CHECK(values(french, Family::LatinStem) == Values{"le", "cheval", "et", "le", "cheval", "haus"});
  CHECK(words(french.tokens) == words(english.tokens));
  for (const Family family :
       {Family::HangulStem, Family::HangulBigram, Family::HanWord, Family::HanBigram, Family::Kanji})
    CHECK(values(french, family) == values(english, family));
  CHECK(values(analyzer.analyze("книги raining", StemLanguage::Russian), Family::LatinStem) ==
        Values{"книг", "rain"});
}

TEST_SUITE_END();
