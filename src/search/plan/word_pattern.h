// SPDX-License-Identifier: GPL-2.0-or-later
// How a word of the query fits a word of a document: the same table for ranking, phrases and
// highlights.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "text/latin.h"
#include "text/token.h"

namespace nunmul {

// From the best to the least.
enum class Fit : std::uint8_t {
  Exact,   // the same word
  Stem,    // another form of it (raining, 비가)
  Prefix,  // it goes on behind what was typed
  Typo,    // some letters differ
  Part,    // it stands inside a longer word of Hangul or Han (감성발라드, 少女時代)
  None,
};

struct WordFit {
  Fit fit = Fit::None;
  std::uint8_t typos = 0;

  explicit operator bool() const { return fit != Fit::None; }
};

class WordPattern {
 public:
  struct Options {
    bool prefix = false;
    bool stems = true;  // other forms fit too
    bool parts = true;  // inside longer words too
  };
  WordPattern(const Token& token, const Options& options);

  // A word of the index that fits with so many typos; with `prefix` it goes on behind what matched.
  void add_typo(std::string word, std::uint8_t typos, bool prefix);

  // Other forms of the word in these languages fit too, in any field: the vocabulary keeps one stem for a
  // word, whichever field it stood in first.
  void add_forms(const std::vector<StemLanguage>& languages);

  WordFit fit(std::string_view word, std::string_view stem, Script script) const;

  const Token& token() const { return token_; }
  bool is_prefix() const { return options_.prefix; }
  const std::string& keys() const { return keys_; }  // of a word of Hangul, else ""

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  // Of words in the script of the token.
  bool is_form(std::string_view word, std::string_view stem) const;
  bool goes_on(std::string_view word) const;
  bool is_inside(std::string_view word) const;

  Token token_;
  Options options_;
  std::string keys_;
  std::vector<std::pair<StemLanguage, std::string>> stems_;  // of add_forms
  std::unordered_map<std::string, WordFit, Hash, std::equal_to<>> typos_;
};

}  // namespace nunmul
