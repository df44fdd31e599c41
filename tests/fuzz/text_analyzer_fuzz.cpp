// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as a text, the first of them choosing settings. Held: tokens lie between characters, in
// order and without overlap; tokenize finds what analyze finds; terms are bounded and belong to a
// token; what is found of names lies within the tokens.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "text/analyzer.h"
#include "text/keyboard.h"
#include "text/language_resources.h"

#ifndef NUNMUL_SOURCE_DIR
#define NUNMUL_SOURCE_DIR "."
#endif

namespace {

using namespace nunmul;

void require(bool held) {
  if (!held) std::abort();
}

const Analyzer& analyzer(std::uint8_t choice) {
  static const auto resources = LanguageResources::load(NUNMUL_SOURCE_DIR "/index/languages");
  static const Analyzer plain(resources);
  static const Analyzer with_settings(resources, {{"x", "&"}, {"#", "++", "\xFF"}, {"J. R. R.", "윤하"}});
  return choice % 4 == 0 ? with_settings : plain;
}

std::vector<bool> borders(std::string_view text) {
  std::vector<bool> border(text.size() + 1);
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).length) border[at] = true;
  border[text.size()] = true;
  return border;
}

void check_tokens(std::string_view text, const std::vector<Token>& tokens) {
  const std::vector<bool> border = borders(text);
  std::uint32_t last_end = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    require(token.begin >= last_end && token.end >= token.begin && token.end <= text.size());
    require(border[token.begin] && border[token.end]);
    require(token.position == i && !token.word.empty() && !token.stem.empty());
    require(token.separated == (i == 0 || token.begin != last_end));
    last_end = token.end;
  }
}

void check_terms(const std::vector<Term>& terms, std::size_t tokens) {
  for (const Term& term : terms) {
    require(!term.value.empty() && term.value.size() <= 200 && term.position < tokens);
  }
}

void check_same(const std::vector<Token>& a, const std::vector<Token>& b) {
  require(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    require(a[i].word == b[i].word && a[i].begin == b[i].begin && a[i].end == b[i].end);
  }
}

void check_matches(const LanguageResources& resources, const std::vector<Token>& tokens) {
  for (const NameMatch& match : resources.find_names(tokens)) {
    require(match.count > 0 && match.first + match.count <= tokens.size());
  }
  for (const ConceptMatch& match : resources.find_concepts(tokens)) {
    require(match.count > 0 && match.first + match.count <= tokens.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const Analyzer& chosen = analyzer(bytes[0]);
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  const AnalyzedText analyzed = chosen.analyze(text);
  check_tokens(text, analyzed.tokens);
  check_terms(analyzed.terms, analyzed.tokens.size());
  check_same(analyzed.tokens, chosen.tokenize(text));
  check_terms(chosen.name_terms(text), analyzed.tokens.size());
  check_matches(chosen.resources(), analyzed.tokens);
  for (std::size_t i = 0; i < analyzed.tokens.size() && i < 20; ++i) {
    const std::string& word = analyzed.tokens[i].word;
    as_if_hangul(word);
    as_if_latin(word);
  }
  return 0;
}
