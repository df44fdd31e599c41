// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/word_pattern.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/jamo.h"

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

bool WordPattern::is_form(std::string_view word, std::string_view stem) const {
  if (options_.stems && token_.script != Script::Han && stem == token_.stem) return true;
  return std::any_of(stems_.begin(), stems_.end(),
                     [&](const auto& one) { return latin_stem(std::string(word), one.first) == one.second; });
}

bool WordPattern::goes_on(std::string_view word) const {
  if (!options_.prefix) return false;
  return word.starts_with(token_.word) ||
         (token_.script == Script::Hangul && is_key_prefix(token_.word, word));
}

// One syllable or character inside another word says too little, but for Han characters.
bool WordPattern::is_inside(std::string_view word) const {
  if (!options_.parts || token_.script == Script::Latin) return false;
  const std::string& part = token_.script == Script::Hangul ? token_.stem : token_.word;
  const std::size_t least = token_.script == Script::Hangul ? 2 : 1;
  return count_chars(part) >= least && word.find(part) != std::string_view::npos;
}

WordFit WordPattern::fit(std::string_view word, std::string_view stem, Script script) const {
  if (word == token_.word) return {Fit::Exact, 0};
  const bool same_script = script == token_.script;
  if (same_script && is_form(word, stem)) return {Fit::Stem, 0};
  if (same_script && goes_on(word)) return {Fit::Prefix, 0};
  if (!typos_.empty())
    if (const auto typo = typos_.find(word); typo != typos_.end()) return typo->second;
  if (same_script && is_inside(word)) return {Fit::Part, 0};
  return {};
}

}  // namespace nunmul
