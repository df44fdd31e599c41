// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/translated_words.h"

#include <algorithm>

#include "search/plan/word_expansion.h"
#include "search/postings/family_weight.h"
#include "text/analyzer.h"
#include "text/inflection.h"
#include "text/language_resources.h"
#include "text/utf8.h"

namespace nunmul {
namespace {

// On the weight of an English word, shared by all that a word may mean. As measured on judged queries: words
// that documents have find them by themselves, and from a third on their translations begin to harm.
constexpr double kFoundWord = 0.3;
constexpr double kUnknownWord = 0.9;
constexpr std::size_t kLeastHangul = 2;  // one syllable means too much
constexpr std::size_t kMostTokens = 4;   // of Han characters and kana, which ICU may have cut too finely

std::string joined(const std::vector<Token>& tokens, std::size_t first, std::size_t count) {
  std::string letters;
  for (std::size_t t = first; t < first + count; ++t) letters += tokens[t].word;
  return letters;
}

// 泣い, 泣かない → 泣く: the word of the dictionary that has such a stem.
std::vector<std::string_view> english_of_inflected(const WordTranslations& dictionary,
                                                   std::string_view word) {
  constexpr std::u32string_view kLastKana = U"うくぐすつぬぶむるい";
  const std::u32string letters = to_utf32(word);
  for (std::size_t length = letters.size(); length > 0; --length) {
    for (const char32_t kana : kLastKana) {
      std::u32string base = letters.substr(0, length);
      base.push_back(kana);
      const auto stems = japanese_stems(base);
      const bool fits = std::any_of(stems.begin(), stems.end(),
                                    [&](const std::u32string& stem) { return letters.starts_with(stem); });
      if (!fits) continue;
      if (auto english = dictionary.english_of(to_utf8(base)); !english.empty()) return english;
    }
  }
  return {};
}

// 발명되었나, 발명한 → 발명; 특수부대 → 특수 and 부대. The beginning counts if a verb or another word follows
// it.
std::vector<std::string_view> english_of_beginning(const WordTranslations& dictionary,
                                                   std::string_view word) {
  constexpr std::u32string_view kVerbBeginnings = U"하한할함해했되된될됨돼됐적인";
  const std::u32string letters = to_utf32(word);
  for (std::size_t length = letters.size() - 1; length >= kLeastHangul; --length) {
    const std::u32string_view rest = std::u32string_view(letters).substr(length);
    auto english = dictionary.english_of(to_utf8(std::u32string_view(letters).substr(0, length)));
    if (english.empty()) continue;
    const auto other =
        rest.size() < kLeastHangul ? std::vector<std::string_view>{} : dictionary.english_of(to_utf8(rest));
    if (other.empty() && kVerbBeginnings.find(rest.front()) == std::u32string_view::npos) continue;
    english.insert(english.end(), other.begin(), other.end());
    return english;
  }
  return {};
}

std::vector<std::string_view> english_of_hangul(const WordTranslations& dictionary, const Token& token) {
  for (const std::string* word : {&token.word, &token.stem}) {
    if (count_chars(*word) < kLeastHangul) continue;
    if (auto english = dictionary.english_of(*word); !english.empty()) return english;
  }
  return count_chars(token.stem) > kLeastHangul ? english_of_beginning(dictionary, token.stem)
                                                : std::vector<std::string_view>{};
}

std::vector<std::string_view> english_of(const WordTranslations& dictionary, const std::vector<Token>& tokens,
                                         std::size_t first, std::size_t count) {
  if (tokens[first].script == Script::Hangul) return english_of_hangul(dictionary, tokens[first]);
  const std::string word = joined(tokens, first, count);
  auto english = dictionary.english_of(word);
  return english.empty() ? english_of_inflected(dictionary, word) : english;
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
  for (std::size_t next = first + 1; count < kMostTokens && next < tokens.size(); ++next, ++count)
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
