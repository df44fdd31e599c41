// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/word_pattern.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/jamo.h"

namespace nunmul {

WordPattern::WordPattern(const Token& token, const Options& options) : token_(token), options_(options) {
  if (token.script == Script::Hangul) keys_ = key_sequence(token.word);
  if (token.script == Script::Han) han_.emplace(token.word);
  // One syllable inside another word says too little.
  may_be_inside_ = options.parts && token.script == Script::Hangul && count_chars(token.stem) >= 2;
}

void WordPattern::add_typo(std::string word, std::uint8_t typos, bool prefix) {
  typos_.emplace(std::move(word), WordFit{prefix ? Fit::Prefix : Fit::Typo, typos});
}

void WordPattern::add_forms(const std::vector<StemLanguage>& languages) {
  if (token_.script != Script::Latin || !options_.stems) return;
  for (const StemLanguage language : languages)
    stems_.emplace_back(language, latin_stem(token_.word, language));
}

void WordPattern::add_verbs(const KoreanLexicon& lexicon) {
  if (token_.script != Script::Hangul || !options_.stems) return;
  verbs_ = lexicon.verbs_of(to_utf32(token_.word));
  for (const std::string& verb : verbs_) verb_beginnings_ += lexicon.first_syllables_of(verb);
  lexicon_ = &lexicon;
}

bool WordPattern::may_be_verb(std::string_view word) const {
  return verb_beginnings_.find(decode_utf8(word, 0).code) != std::u32string::npos;
}

bool WordPattern::is_form_of_verb(std::string_view word) const {
  if (!may_be_verb(word)) return false;
  const std::vector<std::string> verbs = lexicon_->verbs_of(to_utf32(word));
  return std::find_first_of(verbs.begin(), verbs.end(), verbs_.begin(), verbs_.end()) != verbs.end();
}

bool WordPattern::is_form(std::string_view word, std::string_view stem) const {
  if (options_.stems && token_.script != Script::Han && stem == token_.stem) return true;
  if (!verbs_.empty() && is_form_of_verb(word)) return true;
  return std::any_of(stems_.begin(), stems_.end(),
                     [&](const auto& one) { return latin_stem(std::string(word), one.first) == one.second; });
}

bool WordPattern::goes_on(std::string_view word) const {
  if (!options_.prefix) return false;
  return word.starts_with(token_.word) ||
         (token_.script == Script::Hangul && is_key_prefix(token_.word, word));
}

bool WordPattern::is_inside(std::string_view word) const {
  return may_be_inside_ && word.find(token_.stem) != std::string_view::npos;
}

bool WordPattern::is_cut_from(std::string_view word) const {
  return (options_.borders == Borders::FreeBegin && word.ends_with(token_.word)) ||
         (options_.borders == Borders::FreeEnd && word.starts_with(token_.word));
}

WordFit WordPattern::fit_of(const HanPlace& place) const {
  if (!place.is_whole()) return {};
  const HanPattern::Spelling kind = han_->kind_of(place);
  const bool fills = place.begins_word() && place.ends_word;
  if (kind == HanPattern::Spelling::Written && fills) return {Fit::Exact, 0};
  if (options_.stems && (fills || (kind == HanPattern::Spelling::Inflected && place.begins_word())))
    return {Fit::Stem, 0};
  if (options_.prefix && place.begins_word()) return {Fit::Prefix, 0};
  return {options_.parts ? Fit::Part : Fit::None, 0};
}

WordFit WordPattern::misspelt(std::string_view word, std::string_view stem) const {
  if (typos_.empty()) return {};
  for (const std::string_view form : {word, stem})
    if (const auto typo = typos_.find(form); typo != typos_.end()) return typo->second;
  return {};
}

WordFit WordPattern::fit(std::string_view word, std::string_view stem, Script script) const {
  if (word == token_.word) return {Fit::Exact, 0};
  std::vector<Begun> ways;
  begin({word, stem, script}, ways);
  WordFit best;
  for (const Begun& way : ways)
    if (way.is_whole() && way.fit.fit < best.fit) best = way.fit;
  return best;
}

void WordPattern::begin(const TextWordView& word, std::vector<Begun>& ways) const {
  const bool same_script = word.script == token_.script;
  if (han_ && same_script) return begin_han(word, ways);
  WordFit fit;
  if (word.word == token_.word)
    fit = {Fit::Exact, 0};
  else if (same_script && is_form(word.word, word.stem))
    fit = {Fit::Stem, 0, word.script == Script::Latin && !goes_on(word.word)};
  else if (same_script && goes_on(word.word))
    fit = {Fit::Prefix, 0};
  else if (const WordFit typo = misspelt(word.word, word.stem))
    fit = typo;
  else if (same_script && (is_inside(word.word) || is_cut_from(word.word)))
    fit = {Fit::Part, 0};
  if (fit) ways.push_back({fit, std::nullopt});
}

void WordPattern::begin_han(const TextWordView& word, std::vector<Begun>& ways) const {
  std::vector<HanPlace> places;
  han_->begin(*word.han, places);
  for (const HanPlace& place : places) {
    const WordFit fit = fit_of(place);
    if (fit || !place.is_whole()) ways.push_back({fit, place});
  }
  if (const WordFit typo = misspelt(word.word, word.stem)) ways.push_back({typo, std::nullopt});
  if (ways.size() < 2) return;
  std::stable_sort(ways.begin(), ways.end(),
                   [](const Begun& a, const Begun& b) { return a.fit.fit < b.fit.fit; });
}

std::optional<Begun> WordPattern::go_on(const Begun& begun, const TextWordView& next) const {
  if (!begun.han || next.script != Script::Han) return std::nullopt;
  const auto place = han_->go_on(*begun.han, next.word);
  if (!place) return std::nullopt;
  const Begun more{fit_of(*place), place};
  if (place->is_whole() && !more.fit) return std::nullopt;
  return more;
}

}  // namespace nunmul
