// SPDX-License-Identifier: GPL-2.0-or-later
// Text to tokens and terms, for documents and queries alike. Nothing guesses a language: runs of one
// script are cut out of the text, and each script has its own rules (latin, hangul, han).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "text/latin.h"
#include "text/token.h"

namespace nunmul {

class LanguageResources;

// The changes that an index's settings make to tokens. The strings are as the settings have them; they are
// folded by the analyzer.
struct AnalyzerSettings {
  std::vector<std::string> separators;      // end a word besides the built-in ones
  std::vector<std::string> non_separators;  // do not end a word though they would ("#", "C++")
  std::vector<std::string> dictionary;      // kept as one token ("J. R. R.")
};

// Safe to call from many threads. Invalid UTF-8 is read as U+FFFD and never throws; any input is
// handled in time linear in its length.
class Analyzer {
 public:
  explicit Analyzer(std::shared_ptr<const LanguageResources> resources, AnalyzerSettings settings = {});
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  // Tokens, and terms of the families of body text (LatinStem to Kanji). The language is that of the field,
  // if the settings declare one; it decides how words of alphabets are stemmed and nothing else.
  AnalyzedText analyze(std::string_view utf8, StemLanguage language = StemLanguage::English) const;

  // Tokens only (for highlights and crops): cheaper.
  std::vector<Token> tokenize(std::string_view utf8) const;

  // The terms that only name fields carry (FineKey to HanjaStem), each once, for the whole field text up
  // to its first 4096 bytes (name_terms.h).
  std::vector<Term> name_terms(std::string_view utf8) const;

  const LanguageResources& resources() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nunmul
