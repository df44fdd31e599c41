// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/query_languages.h"

#include <algorithm>

#include "text/analyzer.h"
#include "text/language_resources.h"
#include "text/locales.h"

namespace nunmul {
namespace {

// English is what the analyzer made of the word, which may be one of the dictionary of the settings.
std::string stem_in(const Token& token, StemLanguage language) {
  const bool as_it_is = language == StemLanguage::English || token.script != Script::Latin;
  return as_it_is ? token.stem : latin_stem(token.word, language);
}

}  // namespace

QueryLanguages::QueryLanguages(const Generation& generation, const std::vector<std::string>& locales)
    : generation_(generation) {
  std::vector<StemLanguage> asked;
  for (const std::string& locale : locales)
    if (const auto language = find_stem_language(find_locale(locale).value_or("")))
      asked.push_back(*language);
  const std::vector<StemLanguage> declared = stem_languages(generation.settings());
  if (declared.empty()) return;
  languages_.push_back(StemLanguage::English);
  for (const StemLanguage language : declared)
    if (asked.empty() || std::find(asked.begin(), asked.end(), language) != asked.end())
      languages_.push_back(language);
}

std::uint64_t QueryLanguages::documents_of(const std::string& stem, StemLanguage language) const {
  const auto [known, is_new] = counted_.try_emplace({language, stem}, 0);
  if (is_new) known->second = documents_of_stem(generation_, stem, language);
  return known->second;
}

std::vector<CountedStem> QueryLanguages::stems_of(const Token& token) const {
  std::vector<CountedStem> stems;
  for (const StemLanguage language : languages_) {
    std::string stem = stem_in(token, language);
    if (std::any_of(stems.begin(), stems.end(), [&](const CountedStem& one) { return one.stem == stem; }))
      continue;
    const std::uint64_t documents = documents_of(stem, language);
    stems.push_back({std::move(stem), documents});
  }
  return stems;
}

std::vector<std::string> QueryLanguages::stems_of(const ExpandedWord& word) const {
  std::vector<std::string> stems{word.stem};
  if (word.script != Script::Latin) return stems;
  for (const StemLanguage language : languages_) stems.push_back(latin_stem(word.word, language));
  std::sort(stems.begin(), stems.end());
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  return stems;
}

std::vector<std::vector<Token>> QueryLanguages::stemmings_of(const std::vector<Token>& tokens) const {
  std::vector<std::vector<Token>> stemmings{tokens};
  for (const StemLanguage language : languages_) {
    std::vector<Token> stemmed = tokens;
    for (Token& token : stemmed) token.stem = stem_in(token, language);
    const auto same = [&](const std::vector<Token>& other) {
      return std::equal(stemmed.begin(), stemmed.end(), other.begin(), other.end(),
                        [](const Token& a, const Token& b) { return a.stem == b.stem; });
    };
    if (std::none_of(stemmings.begin(), stemmings.end(), same)) stemmings.push_back(std::move(stemmed));
  }
  return stemmings;
}

WordPattern QueryLanguages::pattern_of(const Token& token, const WordPattern::Options& options) const {
  WordPattern pattern(token, options);
  pattern.add_forms(languages_);
  pattern.add_verbs(generation_.analyzer().resources().korean_lexicon());
  return pattern;
}

bool QueryLanguages::is_known_stem(const Token& token) const {
  if (!concern(token)) return documents_of_stem(generation_, token.stem) > 0;
  const std::vector<CountedStem> stems = stems_of(token);
  return std::any_of(stems.begin(), stems.end(), [](const CountedStem& stem) { return stem.documents > 0; });
}

std::uint64_t QueryLanguages::documents_of_english_stem(std::string_view stem) const {
  return none() ? documents_of_stem(generation_, stem)
                : documents_of(std::string(stem), StemLanguage::English);
}

}  // namespace nunmul
