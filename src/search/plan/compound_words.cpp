// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/compound_words.h"

#include <algorithm>
#include <vector>

#include "base/utf8.h"
#include "index/terms.h"
#include "search/plan/word_expansion.h"
#include "text/analyzer.h"
#include "text/jamo.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxLetters = 12;
constexpr std::size_t kMaxParts = 4;

// The best way to read one word as several: with the fewest parts, of those with the longest first.
class Parting {
 public:
  Parting(const Generation& generation, std::string_view word)
      : generation_(generation), letters_(to_utf32(word)) {}

  // Where its parts begin, in letters, but for the first; none if it cannot be read so.
  std::vector<std::size_t> cuts() {
    std::vector<std::size_t> cuts;
    for (std::size_t parts = 2; parts <= kMaxParts && cuts_.empty(); ++parts) read(0, parts, false, cuts);
    return cuts_;
  }

 private:
  enum class Part { None, Theme, Word };

  bool read(std::size_t begin, std::size_t parts, bool has_theme, std::vector<std::size_t>& cuts) {
    const std::size_t left = letters_.size() - begin;
    if (left < parts) return false;
    for (std::size_t count = parts == 1 ? left : left - parts + 1; count > 0; --count) {
      const Part part = part_of(begin, count);
      if (part != Part::None && follow(begin + count, parts, has_theme || part == Part::Theme, cuts))
        return true;
      if (parts == 1) return false;
    }
    return false;
  }

  bool follow(std::size_t end, std::size_t parts, bool has_theme, std::vector<std::size_t>& cuts) {
    if (parts == 1) {
      if (has_theme) cuts_ = cuts;
      return has_theme;
    }
    cuts.push_back(end);
    const bool readable = read(end, parts - 1, has_theme, cuts);
    cuts.pop_back();
    return readable;
  }

  // One syllable is a theme at the front of a word only: many end in one by accident.
  Part part_of(std::size_t begin, std::size_t count) const {
    const std::string part = to_utf8(std::u32string_view(letters_).substr(begin, count));
    const Analyzer& analyzer = generation_.analyzer();
    const std::vector<Token> tokens = analyzer.tokenize(part);
    if (tokens.size() != 1) return Part::None;
    if (begin > 0 && analyzer.resources().is_stop_word(tokens[0])) return Part::Word;
    if (count < 2 && begin > 0) return Part::None;
    if (!analyzer.resources().find_concepts(tokens).empty()) return Part::Theme;
    return count > 1 && documents_of_word(generation_, part) > 0 ? Part::Word : Part::None;
  }

  const Generation& generation_;
  const std::u32string letters_;
  std::vector<std::size_t> cuts_;
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

std::string with_spaces(const Generation& generation, std::string_view q) {
  std::string apart(q);
  const std::vector<Token> tokens = generation.analyzer().tokenize(q);
  for (auto token = tokens.rbegin(); token != tokens.rend(); ++token) {
    const bool quoted = std::count(q.begin(), q.begin() + token->begin, '"') % 2 == 1;
    if (quoted || !may_be_compound(generation, *token)) continue;
    std::vector<std::size_t> cuts = Parting(generation, token->word).cuts();
    for (auto cut = cuts.rbegin(); cut != cuts.rend(); ++cut)
      apart.insert(token->begin + bytes_of_chars(token->word, *cut), " ");
  }
  return apart;
}

}  // namespace

std::string with_compounds_apart(const Generation& generation, std::string_view q) {
  std::string apart = with_spaces(generation, q);
  if (apart.size() == q.size()) return apart;
  return with_spaces(generation, apart);  // a part may be one again: 사랑노래 of 사랑노래추천
}

}  // namespace nunmul
