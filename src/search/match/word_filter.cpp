// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/word_filter.h"

#include "text/jamo.h"

namespace nunmul {

WordFilter::WordFilter(const Vocabulary& vocabulary, const std::vector<Alternative>& alternatives)
    : vocabulary_(vocabulary) {
  for (const Alternative& alternative : alternatives) add(alternative.words[0]);
}

void WordFilter::add(const WordPattern& pattern) {
  const Token& token = pattern.token();
  const WordPattern::Options& options = pattern.options();
  add(token.word, false);
  if (options.stems) add(token.stem, true);
  for (const auto& [word, fit] : pattern.typos()) add(word, true);
  const bool by_letters = token.script == Script::Han || pattern.has_forms_of_languages() ||
                          options.borders == WordPattern::Borders::FreeBegin;
  if (by_letters) of_script_[static_cast<std::size_t>(token.script)] = true;
  if (options.prefix || options.borders == WordPattern::Borders::FreeEnd) add_beginnings(pattern);
  if (pattern.may_be_inside()) inside_.emplace_back(token.stem);
  for (const char32_t first : pattern.verb_beginnings()) verb_firsts_[LetterSet::first_of(first)] = true;
}

// Words that begin like the pattern's.
void WordFilter::add_beginnings(const WordPattern& pattern) {
  ranges_.push_back(vocabulary_.prefix_range(pattern.token().word));
  if (pattern.token().script != Script::Hangul) return;
  for (const WordId word : vocabulary_.hangul_with_keys(key_sequence(pattern.token().word))) words_.add(word);
}

void WordFilter::add(std::string_view word, bool as_stem) {
  const auto number = vocabulary_.find(word);
  if (!number) return;
  words_.add(*number);
  if (as_stem) stems_.add(*number);
}

}  // namespace nunmul
