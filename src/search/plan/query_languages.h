// SPDX-License-Identifier: GPL-2.0-or-later
// In which languages the words of a query are stemmed. A query says none, so it is each that some field is
// declared to be in, besides English: a word then finds documents whichever field it stands in. Where the
// settings declare none there are none, and every word has the one stem of its token.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "index/generation.h"
#include "search/plan/word_expansion.h"
#include "search/plan/word_pattern.h"
#include "text/latin.h"
#include "text/token.h"

namespace nunmul {

struct CountedStem {
  std::string stem;
  std::uint64_t documents = 0;  // that have it, counted by word
};

// Made for one query and one thread. Refers to the generation, which must outlive it.
class QueryLanguages {
 public:
  // Locales of the request choose among the declared languages; Korean or Japanese ones say nothing of
  // words in letters, and leave all.
  QueryLanguages(const Generation& generation, const std::vector<std::string>& locales);

  bool none() const { return languages_.empty(); }
  const std::vector<StemLanguage>& all() const { return languages_; }  // English first

  // Whether this word may have stems other than its token's.
  bool concern(const Token& token) const { return token.script == Script::Latin && !none(); }

  // The stems of a word that they concern, each once, English first.
  std::vector<CountedStem> stems_of(const Token& token) const;
  // The stems under which fields may have a word of the vocabulary, which keeps only that of the field
  // where the word stood first.
  std::vector<std::string> stems_of(const ExpandedWord& word) const;
  // The words as fields of each language have them; as they are if there are no languages.
  std::vector<std::vector<Token>> stemmings_of(const std::vector<Token>& tokens) const;

  // How the word matches in texts of any of them.
  WordPattern pattern_of(const Token& token, const WordPattern::Options& options) const;

  // Whether some document has a word of one of the token's stems.
  bool is_known_stem(const Token& token) const;
  std::uint64_t documents_of_english_stem(std::string_view stem) const;

 private:
  std::uint64_t documents_of(const std::string& stem, StemLanguage language) const;

  const Generation& generation_;
  std::vector<StemLanguage> languages_;
  // Counting stems a stretch of the vocabulary, and the plan asks for each several times.
  mutable std::map<std::pair<StemLanguage, std::string>, std::uint64_t> counted_;
};

}  // namespace nunmul
