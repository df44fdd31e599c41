// SPDX-License-Identifier: GPL-2.0-or-later
// Highlights, crops and positions: what is marked, which window of a long text is shown, and that without
// its tags and markers a formatted text is a part of the text.
#include "search/present/highlighter.h"

#include <doctest/doctest.h>

#include <random>

#include "base/utf8.h"
#include "search/present/text_window.h"

TEST_SUITE_BEGIN("search/highlighter");

using namespace nunmul;

namespace {

bool is_word_byte(char c) {
  return (static_cast<unsigned char>(c) & 0x80) || std::isalnum(static_cast<unsigned char>(c));
}

// Words of ASCII and of anything beyond it.
std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word_byte(text[at])) {
      ++at;
      continue;
    }
    Token token;
    token.begin = static_cast<std::uint32_t>(at);
    while (at < text.size() && is_word_byte(text[at])) ++at;
    token.end = static_cast<std::uint32_t>(at);
    token.word = text.substr(token.begin, token.end - token.begin);
    token.position = static_cast<std::uint32_t>(tokens.size());
    for (char& c : token.word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    tokens.push_back(token);
  }
  return tokens;
}

// Words of the query; the last is a prefix and marked as far as it goes.
class Words : public TokenMatcher {
 public:
  explicit Words(std::string_view query) : query_(tokenize(query)) {}

  std::vector<TokenMatch> find(std::string_view, const std::vector<Token>& tokens) const override {
    std::vector<TokenMatch> matches;
    for (std::uint32_t i = 0; i < tokens.size(); ++i) {
      for (std::uint32_t word = 0; word < query_.size(); ++word) {
        const bool prefix = word + 1 == query_.size() && tokens[i].word.starts_with(query_[word].word);
        if (!prefix && tokens[i].word != query_[word].word) continue;
        matches.push_back({i, i, tokens[i].begin,
                           tokens[i].begin + static_cast<std::uint32_t>(query_[word].word.size()), word});
      }
    }
    return matches;
  }

 private:
  std::vector<Token> query_;
};

const char* const kPrince =
    R"({"id":456,"title":"Le Petit Prince","author":"Antoine de Saint-Exupéry","genre":["adventure",)"
    R"("prince",3],)"
    R"("comment":"A french book about a prince that walks on little cute planets","o":{"n":"the prince",)"
    R"("ok":true,"no":null}})";

struct Dressed {
  Hit hit;
  std::string formatted() const { return hit.formatted ? dump_json(*hit.formatted) : "absent"; }
  std::string positions() const { return dump_json(hit.matches_position.value()); }
};

Dressed dressed(const SearchRequest& request, const char* query, const Settings& settings = {},
                const char* document = kPrince) {
  const Json parsed = parse_json(document);
  std::vector<std::string> fields;
  for (const auto& [name, field] : parsed.items()) fields.push_back(name);
  const Words words(query);
  RequestBudget budget;
  Highlighter highlighter(request, settings, fields, words, budget, tokenize);
  Dressed result;
  if (highlighter.is_wanted()) highlighter.dress(result.hit, parsed);
  return result;
}

std::string cropped(const char* text, const char* query, std::uint32_t length) {
  SearchRequest request;
  request.attributes_to_crop = {{"t", length}};
  const std::string document = dump_json(Json{{"t", text}});
  const Dressed result = dressed(request, query, {}, document.c_str());
  return (*result.hit.formatted)["t"].get<std::string>();
}

}  // namespace

TEST_CASE("matches are marked, numbers become strings, the rest keeps its shape") {
  SearchRequest request;
  request.attributes_to_highlight = {"*"};
  CHECK(dressed(request, "prince").formatted() ==
        R"({"id":"456","title":"Le Petit <em>Prince</em>","author":"Antoine de Saint-Exupéry",)"
        R"("genre":["adventure","<em>prince</em>","3"],)"
        R"("comment":"A french book about a <em>prince</em> that walks on little cute planets",)"
        R"("o":{"n":"the <em>prince</em>","ok":true,"no":null}})");
}

TEST_CASE("only the named attributes are marked, with what is nested under them") {
  SearchRequest request;
  request.attributes_to_retrieve = std::vector<std::string>{"id", "title"};
  request.attributes_to_highlight = {"o"};
  request.highlight_pre_tag = "__ais-highlight__";
  request.highlight_post_tag = "__/ais-highlight__";
  CHECK(dressed(request, "prince").formatted() ==
        R"({"id":"456","title":"Le Petit Prince","o":{"n":"the __ais-highlight__prince__/ais-highlight__",)"
        R"("ok":true,"no":null}})");
  request.attributes_to_retrieve = std::vector<std::string>{};
  request.attributes_to_highlight = {"o.n"};
  CHECK(dressed(request, "the pri").formatted() ==
        R"({"o":{"n":"__ais-highlight__the__/ais-highlight__ __ais-highlight__pri__/ais-highlight__nce"}})");
}

TEST_CASE("numbers are marked as text") {
  SearchRequest request;
  request.attributes_to_highlight = {"id"};
  request.attributes_to_retrieve = std::vector<std::string>{};
  CHECK(dressed(request, "45").formatted() == R"({"id":"<em>45</em>6"})");
}

TEST_CASE("_formatted is there only if a displayed attribute is asked for") {
  SearchRequest request;
  CHECK(dressed(request, "prince").formatted() == "absent");
  request.attributes_to_highlight = {"unknown"};
  CHECK(dressed(request, "prince").formatted() == "absent");
  request.attributes_to_highlight = {"o.deeper"};
  CHECK(dressed(request, "prince").formatted() != "absent");
  Settings settings;
  settings.displayed_attributes = {"title"};
  request.attributes_to_highlight = {"comment"};
  CHECK(dressed(request, "prince", settings).formatted() == "absent");
  request.attributes_to_highlight = {"*"};
  CHECK(dressed(request, "prince", settings).formatted() == R"({"title":"Le Petit <em>Prince</em>"})");
  request.attributes_to_highlight = {};
  request.attributes_to_crop = {{"title", 1}};
  CHECK(dressed(request, "prince", settings).formatted() == R"({"title":"…Prince"})");
}

TEST_CASE("a long text is cut to a window around the match") {
  CHECK(cropped("A french book about a prince that walks on little cute planets", "prince", 6) ==
        "…book about a prince that walks…");
  CHECK(cropped("A french book about a prince that walks", "prince", 1) == "…prince…");
  CHECK(cropped("A french book about a prince that walks", "prince", 2) == "…a prince…");
  CHECK(cropped("A french book about a prince", "prince", 4) == "…book about a prince");
  CHECK(cropped("prince of a french book", "prince", 2) == "prince of…");
  CHECK(cropped("A french book", "nothing", 2) == "A french…");
  CHECK(cropped("A french book", "", 3) == "A french book");
  CHECK(cropped("A french book", "book", 0) == "A french book");
  CHECK(cropped("\"Ah!\" (one), two; three.", "nothing", 2) == "\"Ah!\" (one…");
  CHECK(cropped("zero \"Ah!\" one, two.", "two", 2) == "…one, two.");
  CHECK(cropped("", "x", 1) == "");
}

TEST_CASE("what an apostrophe parts is counted as two words of a window") {
  const char* text = "The Hitchhiker's Guide to the Galaxy is a comedy";
  CHECK(cropped(text, "", 5) == "The Hitchhiker's Guide to…");
  CHECK(cropped(text, "galaxy", 8) == "…s Guide to the Galaxy is a comedy");
  CHECK(cropped(text, "hitchhiker's", 3) == "The Hitchhiker's…");
  CHECK(cropped(text, "hitchhiker's", 1) == "…Hitchhiker…");
  CHECK(cropped("It's so 'n' rock'n'roll's' end", "", 7) == "It's so 'n' rock'n'roll…");
  CHECK(cropped("It's", "", 2) == "It's");
}

TEST_CASE("the window has the most distinct words, then the closest, then those in order, then the first") {
  CHECK(cropped("a x x b x x x x x x x a b", "a b", 2) == "…a b");
  CHECK(cropped("a a a x x x x x a x b x", "a b", 3) == "…a x b…");
  CHECK(cropped("a x b x x x x x a b x x", "a b", 3) == "…x a b…");
  CHECK(cropped("b a x x x x x a b x x", "a b", 2) == "…a b…");
  CHECK(cropped("x a x x a x", "a", 1) == "…a…");
}

TEST_CASE("what lies outside of the window is not marked") {
  SearchRequest request;
  request.attributes_to_retrieve = std::vector<std::string>{};
  request.attributes_to_highlight = {"comment"};
  request.attributes_to_crop = {{"comment", 3}};
  request.crop_marker = "[..]";
  CHECK(dressed(request, "planets book").formatted() ==
        R"({"comment":"[..]french <em>book</em> about[..]"})");
}

TEST_CASE("a name's own length goes before that of *") {
  SearchRequest request;
  request.attributes_to_retrieve = std::vector<std::string>{};
  request.attributes_to_crop = {{"*", 2}, {"title", 1}};
  const Dressed result = dressed(request, "prince");
  CHECK((*result.hit.formatted)["title"] == "…Prince");
  CHECK((*result.hit.formatted)["author"] == "Antoine de…");
  CHECK((*result.hit.formatted)["id"] == "456");
}

TEST_CASE("positions are bytes by path, with the place in arrays") {
  SearchRequest request;
  request.show_matches_position = true;
  request.attributes_to_retrieve = std::vector<std::string>{"id"};
  CHECK(dressed(request, "prince").positions() ==
        R"({"title":[{"start":9,"length":6}],"genre":[{"start":0,"length":6,"indices":[1]}],)"
        R"("comment":[{"start":22,"length":6}],)"
        R"("o.n":[{"start":4,"length":6}]})");
  CHECK(dressed(request, "nothing").positions() == "{}");
  CHECK(dressed(request, "b", {}, R"({"l":[{"n":"a"},{"n":["x","b é b"]}],"k":7})").positions() ==
        R"({"l.n":[{"start":0,"length":1,"indices":[1,1]},{"start":5,"length":1,"indices":[1,1]}]})");
  Settings settings;
  settings.displayed_attributes = {"title"};
  CHECK(dressed(request, "prince", settings).positions() == R"({"title":[{"start":9,"length":6}]})");
}

TEST_CASE("overlapping matches are marked as one piece, touching ones apart") {
  class Fixed : public TokenMatcher {
   public:
    std::vector<TokenMatch> find(std::string_view, const std::vector<Token>&) const override {
      return {{1, 1, 4, 7, 0}, {0, 1, 0, 5, 1},   {2, 2, 7, 9, 0},
              {0, 0, 0, 0, 0}, {0, 0, 0, 999, 0}, {5, 9, 0, 1, 0}};
    }
  };
  SearchRequest request;
  request.attributes_to_highlight = {"t"};
  const Fixed fixed;
  RequestBudget budget;
  Highlighter highlighter(request, Settings{}, {"t"}, fixed, budget,
                          [](std::string_view) { return std::vector<Token>(3); });
  Hit hit;
  highlighter.dress(hit, parse_json(R"({"t":"abcdefghij"})"));
  CHECK(dump_json(*hit.formatted) == R"({"t":"<em>abcdefg</em><em>hi</em>j"})");
}

TEST_CASE("random texts without tags are the texts, and windows have their length") {
  std::mt19937 random(13);
  const char* kWords[] = {"a", "b", "Ab", "눈물", "c,", " . ", "(d)", "é"};
  for (int i = 0; i < 500; ++i) {
    std::string text;
    for (unsigned n = random() % 25; n > 0; --n)
      text += std::string(kWords[random() % std::size(kWords)]) + (random() % 3 ? " " : "-");
    const std::string query = std::string(kWords[random() % 4]) + " " + kWords[random() % 4];
    SearchRequest request;
    request.attributes_to_highlight = {"t"};
    request.highlight_pre_tag = "<";
    request.highlight_post_tag = ">";
    const std::string document = dump_json(Json{{"t", text}});
    std::string marked = (*dressed(request, query.c_str(), {}, document.c_str()).hit.formatted)["t"];
    std::erase_if(marked, [](char c) { return c == '<' || c == '>'; });
    CHECK(marked == text);

    const auto length = static_cast<std::uint32_t>(random() % 8);
    const std::vector<Token> tokens = tokenize(text);
    const TextWindow window = choose_window(text, tokens, Words(query).find(text, tokens), length);
    const std::size_t words =
        tokenize(std::string_view(text).substr(window.begin, window.end - window.begin)).size();
    CHECK(words == (length == 0 ? tokens.size() : std::min<std::size_t>(length, tokens.size())));
    CHECK(window.cut_before == (window.begin > 0));
    CHECK(window.cut_after == (window.end < text.size()));
  }
}
