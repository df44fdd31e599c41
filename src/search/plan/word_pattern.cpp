// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/word_pattern.h"

#include "text/jamo.h"
#include "text/utf8.h"

namespace nunmul {

WordPattern::WordPattern(const Token& token, const Options& options) : token_(token), options_(options) {
  if (token.script == Script::Hangul) keys_ = key_sequence(token.word);
}

void WordPattern::add_typo(std::string word, std::uint8_t typos, bool prefix) {
  typos_.emplace(std::move(word), WordFit{prefix ? Fit::Prefix : Fit::Typo, typos});
}

void WordPattern::add_forms(const std::vector<StemLanguage>& languages) {
  if (token_.script != Script::Latin || !options_.stems) return;
  for (const StemLanguage language : languages)
    stems_.emplace_back(language, latin_stem(token_.word, language));
}

WordFit WordPattern::fit(std::string_view word, std::string_view stem, Script script) const {
  if (word == token_.word) return {Fit::Exact, 0};
  if (script == token_.script) {
    if (options_.stems && script != Script::Han && stem == token_.stem) return {Fit::Stem, 0};
    for (const auto& [language, own] : stems_)
      if (latin_stem(std::string(word), language) == own) return {Fit::Stem, 0};
    if (options_.prefix) {
      if (word.starts_with(token_.word)) return {Fit::Prefix, 0};
      if (script == Script::Hangul && is_key_prefix(token_.word, word)) return {Fit::Prefix, 0};
    }
  }
  if (!typos_.empty()) {
    const auto typo = typos_.find(word);
    if (typo != typos_.end()) return typo->second;
  }
  // One syllable or character inside another word says too little, but for Han characters.
  if (options_.parts && script == token_.script && script != Script::Latin) {
    const std::string& part = script == Script::Hangul ? token_.stem : token_.word;
    const std::size_t least = script == Script::Hangul ? 2 : 1;
    if (count_chars(part) >= least && word.find(part) != std::string_view::npos) return {Fit::Part, 0};
  }
  return {};
}

}  // namespace nunmul
