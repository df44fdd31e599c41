// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/uncovered_words.h"

#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "index/vocabulary.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {

constexpr std::uint64_t kFewestDocuments = 2;

struct Forms {
  std::string commonest;
  std::uint64_t most = 0;  // documents of that form
  std::uint64_t documents = 0;
};

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::map<std::string, Forms> forms_by_stem(const Generation& generation) {
  std::map<std::string, Forms> by_stem;
  for (const LiveSegment& live : generation.segments()) {
    const Vocabulary& vocabulary = live.segment->vocabulary();
    for (WordId id = 0; id < vocabulary.size(); ++id) {
      const std::uint64_t documents = vocabulary.documents(id);
      if (documents == 0) continue;
      Forms& forms = by_stem[std::string(vocabulary.stem(id))];
      forms.documents += documents;
      if (documents <= forms.most) continue;
      forms.most = documents;
      forms.commonest = vocabulary.word(id);
    }
  }
  return by_stem;
}

bool is_covered(const Analyzer& analyzer, const std::string& word) {
  const LanguageResources& resources = analyzer.resources();
  const std::vector<Token> tokens = analyzer.tokenize(word);
  return !resources.find_concepts(tokens).empty() || !resources.find_names(tokens).empty() ||
         std::all_of(tokens.begin(), tokens.end(),
                     [&](const Token& token) { return resources.is_stop_word(token); });
}

}  // namespace

std::vector<UncoveredWord> uncovered_words(const Generation& generation, std::size_t most) {
  std::vector<UncoveredWord> words;
  for (auto& [stem, forms] : forms_by_stem(generation))
    if (forms.documents >= kFewestDocuments && count_chars(forms.commonest) > 1 && !has_digit(stem) &&
        !is_covered(generation.analyzer(), forms.commonest) && !is_covered(generation.analyzer(), stem))
      words.push_back({std::move(forms.commonest), forms.documents});
  std::stable_sort(words.begin(), words.end(),
                   [](const UncoveredWord& a, const UncoveredWord& b) { return a.documents > b.documents; });
  if (words.size() > most) words.resize(most);
  return words;
}

std::vector<std::string> themes_of(const Analyzer& analyzer, const std::string& text) {
  std::vector<std::string> themes;
  for (const ConceptMatch& match : analyzer.resources().find_concepts(analyzer.tokenize(text)))
    themes.emplace_back(match.id);
  return themes;
}

}  // namespace nunmul
