// SPDX-License-Identifier: GPL-2.0-or-later
// How a word of the query fits a word of a document, or several: the same table for ranking, phrases and
// highlights.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "search/plan/han_pattern.h"
#include "text/korean_lexicon.h"
#include "text/latin.h"
#include "text/token.h"

namespace nunmul {

// From the best to the least.
enum class Fit : std::uint8_t {
  Exact,   // the same word
  Stem,    // another form of it (raining, 비가), or the same in other kana
  Prefix,  // it goes on behind what was typed
  Typo,    // some letters differ
  Part,    // it stands inside a longer word of Hangul or Han (감성발라드, 少女時代)
  None,
};

struct WordFit {
  Fit fit = Fit::None;
  std::uint8_t typos = 0;
  bool relative = false;  // another form of a word of an alphabet (love for loved), not on its way to it

  explicit operator bool() const { return fit != Fit::None; }
};

// A word of a text.
struct TextWordView {
  TextWordView(std::string_view the_word, std::string_view the_stem, Script the_script)
      : word(the_word), stem(the_stem), script(the_script) {
    if (script == Script::Han) han.emplace(word);
  }

  std::string_view word;
  std::string_view stem;
  Script script = Script::Latin;
  std::optional<HanText> han;  // of a word of Han characters and kana
};

// How a pattern begins in a word of a text; Han characters may go on in the next.
struct Begun {
  WordFit fit;                  // of what is whole
  std::optional<HanPlace> han;  // where the letters stand, of a pattern of Han characters

  bool is_whole() const { return !han || han->is_whole(); }
  // Whether it fills the words that it takes, at that end.
  bool begins_word() const { return !han || han->begins_word(); }
  bool ends_word() const { return !han || han->ends_word; }
};

class WordPattern {
 public:
  enum class Borders : std::uint8_t { Both, FreeBegin, FreeEnd };
  struct Options {
    bool prefix = false;
    bool stems = true;  // other forms fit too
    bool parts = true;  // inside longer words too
    // The borders of a word in letters at the edge of a copied text, which may be cut there.
    Borders borders = Borders::Both;
  };
  WordPattern(const Token& token, const Options& options);

  // A word of the index, or a stem, that fits with so many typos; with `prefix` it goes on behind what
  // matched.
  void add_typo(std::string word, std::uint8_t typos, bool prefix);

  // Other forms of the verbs that a Korean word is one of fit too. The lexicon must outlive the pattern.
  void add_verbs(const KoreanLexicon& lexicon);

  // Other forms of the word in these languages fit too, in any field: the vocabulary keeps one stem for a
  // word, whichever field it stood in first.
  void add_forms(const std::vector<StemLanguage>& languages);

  // Adds another spelling of a word of Han characters and kana.
  void add_spelling(HanPattern::Spelling kind, std::string letters) { han_->add(kind, std::move(letters)); }

  // The best way in which it fits one word.
  WordFit fit(std::string_view word, std::string_view stem, Script script) const;

  // All ways in which it begins in a word, the best first.
  void begin(const TextWordView& word, std::vector<Begun>& ways) const;
  std::optional<Begun> go_on(const Begun& begun, const TextWordView& next) const;

  const Token& token() const { return token_; }
  const Options& options() const { return options_; }
  bool is_prefix() const { return options_.prefix; }
  const std::string& keys() const { return keys_; }  // of a word of Hangul, else ""

  // For a look at many words at once (search/match/word_filter.h): which fit with typos, and whether words of
  // the token's script may fit that are told by their letters only.
  const auto& typos() const { return typos_; }
  bool has_forms_of_languages() const { return !stems_.empty(); }
  const std::u32string& verb_beginnings() const { return verb_beginnings_; }
  bool may_be_inside() const { return may_be_inside_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  // For words in the script of the token.
  bool is_form(std::string_view word, std::string_view stem) const;
  bool may_be_verb(std::string_view word) const;
  bool is_form_of_verb(std::string_view word) const;
  bool is_inside(std::string_view word) const;
  bool goes_on(std::string_view word) const;
  bool is_cut_from(std::string_view word) const;
  WordFit misspelt(std::string_view word, std::string_view stem) const;
  WordFit fit_of(const HanPlace& place) const;
  void begin_han(const TextWordView& word, std::vector<Begun>& ways) const;

  Token token_;
  Options options_;
  std::string keys_;
  bool may_be_inside_ = false;
  std::optional<HanPattern> han_;                            // of Han characters and kana
  std::vector<std::pair<StemLanguage, std::string>> stems_;  // of add_forms
  const KoreanLexicon* lexicon_ = nullptr;                   // of add_verbs, if there are verbs
  std::vector<std::string> verbs_;
  std::u32string verb_beginnings_;
  std::unordered_map<std::string, WordFit, Hash, std::equal_to<>> typos_;
};

}  // namespace nunmul
