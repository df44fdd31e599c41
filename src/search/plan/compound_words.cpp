// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/compound_words.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/utf8.h"
#include "index/terms.h"
#include "index/vocabulary.h"
#include "search/plan/word_expansion.h"
#include "text/analyzer.h"
#include "text/jamo.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxLetters = 80;  // of a word that is read so
constexpr std::size_t kMaxPart = 10;     // letters of a known part

// What a part costs is about the negative logarithm of how often it occurs, as if so many documents more had
// it than do.
constexpr double kOfTheme = 10, kOfName = 300, kOfStopWord = 100, kOfNoun = 3, kOfVerb = 3, kOfOtherWord = 3;
constexpr double kDocumentsMore = 1000;  // where an index has few documents, they say little
constexpr double kParticleCost = 1.5;
constexpr double kPartCost = 3;         // of any part: long ones are better than several short ones
constexpr double kOneSyllableCost = 4;  // in addition; anything can be read as single syllables
// Names that nobody knows are short; more letters than that are hardly one word.
constexpr double kUnknownCost = 6, kNameLetterCost = 3, kUnknownLetterCost = 6;
constexpr std::size_t kNameLetters = 5;

// The cheapest way to read one word as several (Viterbi).
class Parting {
 public:
  Parting(const Generation& generation, std::string_view word)
      : generation_(generation),
        resources_(generation.analyzer().resources()),
        letters_(to_utf32(word)),
        best_(letters_.size() + 1),
        name_to_(letters_.size() + 1) {}

  // Where its parts begin, in letters, but for the first; none if it is best read as one.
  std::vector<std::size_t> cuts() {
    for (std::size_t end = 1; end <= letters_.size(); ++end) {
      name_to_[end] = is_name(std::u32string_view(letters_).substr(0, end));
      reach(end);
    }
    std::vector<std::size_t> cuts;
    for (std::size_t at = best_.back().begin; at > 0; at = best_[at].begin) cuts.push_back(at);
    std::reverse(cuts.begin(), cuts.end());
    return cuts;
  }

 private:
  struct Way {
    double cost = 0;
    std::size_t begin = 0;  // of its last part
  };

  void reach(std::size_t end) {
    best_[end] = {unknown_cost(end), 0};
    for (std::size_t begin = 0; begin < end; ++begin) {
      const double before = best_[begin].cost;
      double cost = before + unknown_cost(end - begin);
      if (end - begin <= kMaxPart && before + kPartCost < best_[end].cost)
        cost = std::min(cost, before + part_cost(begin, end - begin));
      if (cost < best_[end].cost) best_[end] = {cost, begin};
    }
  }

  static double unknown_cost(std::size_t letters) {
    const std::size_t of_name = std::min(letters, kNameLetters);
    return kPartCost + kUnknownCost + kNameLetterCost * static_cast<double>(of_name) +
           kUnknownLetterCost * static_cast<double>(letters - of_name);
  }

  double cost_of(double documents) const {
    const double all = static_cast<double>(generation_.documents()) + kDocumentsMore;
    return kPartCost + std::log(all / documents);
  }

  double part_cost(std::size_t begin, std::size_t count) const {
    const std::u32string_view part = std::u32string_view(letters_).substr(begin, count);
    const std::size_t stem = resources_.hangul_stemmer().stem_length(part);
    double documents = documents_of(part, stem, begin);
    double cost = unknown_cost(count);
    if (documents > 0) cost = cost_of(documents) + (count == 1 ? kOneSyllableCost : 0);
    if (stem == count) return cost;
    documents = documents_of_stem(part.substr(0, stem));
    if (documents == 0) return cost;
    return std::min(cost, cost_of(documents) + kParticleCost + (stem == 1 ? kOneSyllableCost : 0));
  }

  // How many documents have the part, or may be thought to.
  double documents_of(std::u32string_view part, std::size_t stem, std::size_t begin) const {
    Token token;
    token.script = Script::Hangul;
    token.word = to_utf8(part);
    token.stem = to_utf8(part.substr(0, stem));
    double documents = static_cast<double>(documents_of_word(generation_, token.word));
    if (resources_.is_stop_word(token)) documents += kOfStopWord;
    if (begin == 0 && name_to_[part.size()]) documents += kOfName;
    // One syllable is a theme at the front of a word, or behind a name: many words end in one by accident.
    const bool may_be_theme =
        (begin == 0 || part.size() > 1 || behind_name(begin)) && part.size() < letters_.size();
    if (may_be_theme && !resources_.find_concepts({&token, 1}).empty()) documents += kOfTheme;
    const KoreanLexicon& lexicon = resources_.korean_lexicon();
    if (lexicon.has_noun(part)) documents += kOfNoun;
    if (lexicon.has_other_word(part)) documents += kOfOtherWord;
    if (documents == 0 && is_verb(part)) documents += kOfVerb;
    return documents;
  }

  // One that the tables know, and that means nothing else.
  bool is_name(std::u32string_view part) const {
    if (part.size() < 2 || part.size() > kMaxPart || part.size() == letters_.size()) return false;
    Token token;
    token.script = Script::Hangul;
    token.word = token.stem = to_utf8(part);
    const std::vector<NameMatch> names = resources_.find_names({&token, 1});
    return std::any_of(names.begin(), names.end(), [](const NameMatch& name) { return !name.ambiguous; });
  }

  // Whether the letters before are best read as a name. (Inside of a word one is there by accident: 선라이즈
  // is no 라이즈.)
  bool behind_name(std::size_t end) const { return best_[end].begin == 0 && name_to_[end]; }

  // A form of a verb that the dictionary has, not of one that is told by its tail alone: of that a whole
  // sentence may be the stem.
  bool is_verb(std::u32string_view part) const {
    const KoreanLexicon& lexicon = resources_.korean_lexicon();
    const std::vector<std::string> verbs = lexicon.verbs_of(part);
    return std::any_of(verbs.begin(), verbs.end(), [&](const std::string& verb) {
      std::u32string other_form = to_utf32(verb);
      other_form.pop_back();
      const std::vector<std::string> known = lexicon.verbs_of(other_form + U"지만");
      return std::find(known.begin(), known.end(), verb) != known.end();
    });
  }

  double documents_of_stem(std::u32string_view stem) const {
    const std::string word = to_utf8(stem);
    double documents = 0;
    for (const LiveSegment& live : generation_.segments()) {
      const Vocabulary& vocabulary = live.segment->vocabulary();
      if (const auto id = vocabulary.find(word))
        documents += std::max<double>(1, static_cast<double>(vocabulary.documents(*id)));
    }
    return documents + (resources_.korean_lexicon().has_noun(stem) ? kOfNoun : 0);
  }

  const Generation& generation_;
  const LanguageResources& resources_;
  const std::u32string letters_;
  std::vector<Way> best_;      // to read the letters up to there
  std::vector<bool> name_to_;  // whether the letters up to there are a name
};

bool may_be_compound(const Generation& generation, const Token& token) {
  if (token.script != Script::Hangul || token.end - token.begin != token.word.size()) return false;
  const std::size_t letters = count_chars(token.word);
  if (letters < 3 || letters > kMaxLetters) return false;
  if (documents_of_word(generation, token.word) > 0 || documents_of_stem(generation, token.stem) > 0)
    return false;
  const LanguageResources& resources = generation.analyzer().resources();
  const std::vector<Token> alone{token};
  if (resources.is_stop_word(token) || !resources.find_names(alone).empty()) return false;
  return spellings_with_prefix(generation, Family::KeySequence, key_sequence(token.word)).empty();
}

}  // namespace

std::string with_compounds_apart(const Generation& generation, std::string_view q) {
  std::string apart(q);
  const std::vector<Token> tokens = generation.analyzer().tokenize(q);
  for (auto token = tokens.rbegin(); token != tokens.rend(); ++token) {
    const bool quoted = std::count(q.begin(), q.begin() + token->begin, '"') % 2 == 1;
    if (quoted || !may_be_compound(generation, *token)) continue;
    const std::vector<std::size_t> cuts = Parting(generation, token->word).cuts();
    for (auto cut = cuts.rbegin(); cut != cuts.rend(); ++cut)
      apart.insert(token->begin + bytes_of_chars(token->word, *cut), " ");
  }
  return apart;
}

}  // namespace nunmul
