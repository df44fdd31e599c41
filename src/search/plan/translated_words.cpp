// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/translated_words.h"

#include <algorithm>

#include "search/plan/word_expansion.h"
#include "search/postings/family_weight.h"
#include "text/analyzer.h"
#include "text/inflected_translations.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {

// On the weight of an English word, shared by all that a word may mean. As measured on judged queries: words
// that documents have find them by themselves, and from a third on their translations begin to harm.
constexpr double kFoundWord = 0.3;
constexpr double kUnknownWord = 0.9;
constexpr std::size_t kMaxTokens = 4;  // of Han characters and kana, which ICU may have cut too finely

std::string joined(const std::vector<Token>& tokens, std::size_t first, std::size_t count) {
  std::string letters;
  for (std::size_t t = first; t < first + count; ++t) letters += tokens[t].word;
  return letters;
}

std::vector<std::string_view> english_of(const WordTranslations& dictionary, const std::vector<Token>& tokens,
                                         std::size_t first, std::size_t count) {
  return tokens[first].script == Script::Hangul
             ? english_of_hangul(dictionary, tokens[first])
             : english_of_japanese(dictionary, joined(tokens, first, count));
}

class Translator {
 public:
  Translator(const Generation& generation, const WordTerms& word_terms)
      : generation_(generation), word_terms_(word_terms) {}

  // Words that may be meant share the rarity of all of them together; otherwise the rarest, most likely not
  // meant, would count most.
  std::vector<PlannedTerm> terms_of(const std::vector<std::string_view>& english, double weight) const {
    std::vector<std::pair<Token, double>> counted;
    double together = 0;
    for (const std::string_view word : english) {
      for (Token& token : generation_.analyzer().tokenize(word)) {
        if (generation_.analyzer().resources().is_stop_word(token)) continue;
        const auto documents = static_cast<double>(documents_of_stem(generation_, token.stem));
        if (documents == 0) continue;
        together += documents;
        counted.emplace_back(std::move(token), documents);
      }
    }
    std::vector<PlannedTerm> terms;
    for (const auto& [token, documents] : counted) {
      const double factor = weight * std::min(1.0, rarity(together) / rarity(documents));
      for (PlannedTerm& term : word_terms_.of_word(token)) {
        term.weight *= factor;
        terms.push_back(std::move(term));
      }
    }
    return terms;
  }

 private:
  double rarity(double documents) const {
    return std::max(0.1, inverse_document_frequency(documents, static_cast<double>(generation_.documents())));
  }

  const Generation& generation_;
  const WordTerms& word_terms_;
};

// How many tokens from the first on may be one word of a dictionary.
std::size_t words_from(const std::vector<Token>& tokens, const std::vector<bool>& left_out,
                       std::size_t first) {
  std::size_t count = 1;
  if (tokens[first].script != Script::Han) return count;
  for (std::size_t next = first + 1; count < kMaxTokens && next < tokens.size(); ++next, ++count)
    if (tokens[next].script != Script::Han || tokens[next].separated || left_out[next]) break;
  return count;
}

// What is known by its name, or as a theme, finds English texts without a dictionary.
std::vector<bool> understood(const Generation& generation, const std::vector<Token>& tokens) {
  const LanguageResources& resources = generation.analyzer().resources();
  std::vector<bool> known(tokens.size());
  const auto mark = [&](std::size_t first, std::size_t count) {
    std::fill_n(known.begin() + static_cast<std::ptrdiff_t>(first), count, true);
  };
  for (const NameMatch& match : resources.find_names(tokens))
    if (!match.ambiguous) mark(match.first, match.count);
  for (const ConceptMatch& match : resources.find_concepts(tokens)) mark(match.first, match.count);
  return known;
}

}  // namespace

std::vector<TranslatedWords> translate_words(const Generation& generation, const WordTerms& word_terms,
                                             const std::vector<Token>& tokens) {
  std::vector<TranslatedWords> translated;
  const WordTranslations& dictionary = generation.analyzer().resources().translations();
  const bool latin = std::all_of(tokens.begin(), tokens.end(),
                                 [](const Token& token) { return token.script == Script::Latin; });
  if (latin || dictionary.empty()) return translated;
  const std::vector<bool> left_out = understood(generation, tokens);
  const Translator translator(generation, word_terms);
  for (std::size_t first = 0; first < tokens.size();) {
    std::vector<std::string_view> english;
    std::size_t count =
        tokens[first].script == Script::Latin || left_out[first] ? 0 : words_from(tokens, left_out, first);
    for (; count > 0; --count)
      if (english = english_of(dictionary, tokens, first, count); !english.empty()) break;
    const auto begin = tokens.begin() + static_cast<std::ptrdiff_t>(first),
               end = begin + static_cast<std::ptrdiff_t>(count);
    const bool found = std::any_of(
        begin, end, [&](const Token& token) { return documents_of_word(generation, token.word) > 0; });
    if (auto terms = translator.terms_of(english, found ? kFoundWord : kUnknownWord); !terms.empty())
      translated.push_back({first, count, std::move(terms)});
    first += std::max<std::size_t>(1, count);
  }
  return translated;
}

}  // namespace nunmul
