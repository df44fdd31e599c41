// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/excluded_phrases.h"

#include <algorithm>

#include "base/utf8.h"
#include "index/forward.h"
#include "index/vocabulary.h"
#include "search/match/stored_words.h"
#include "search/plan/alternative_match.h"

namespace nunmul {

ExcludedPhrases::ExcludedPhrases(const Segment& segment, const Settings& settings,
                                 const std::vector<Alternative>& phrases, RequestBudget& budget)
    : segment_(segment), budget_(budget), begins_(segment.vocabulary().size()) {
  const AttributeNames searchable(settings.searchable_attributes);
  for (const std::string& path : segment.fields()) searched_.push_back(searchable.covers(path));
  PhrasesByLetter inside_words;
  for (const Alternative& phrase : phrases) {
    const Token& first = phrase.words.front().token();
    if (first.script == Script::Han)
      inside_words[HanText::bit_of(decode_utf8(first.word, 0).code)].push_back(&phrase);
    else if (const auto word = segment.vocabulary().find(first.word))
      add_start(phrase, *word, stored_word(segment.vocabulary(), *word));
  }
  if (!inside_words.empty()) add_inside_words(inside_words);
}

// Letters of Han characters may begin inside of any word.
void ExcludedPhrases::add_inside_words(const PhrasesByLetter& phrases) {
  const Vocabulary& vocabulary = segment_.vocabulary();
  for (std::uint32_t number = 0; number < vocabulary.size(); ++number) {
    if (vocabulary.script(number) != Script::Han) continue;
    count_step();
    const TextWordView word = stored_word(vocabulary, number);
    for (const auto& [letter, beginning] : phrases)
      if ((word.han->letters() & letter) != 0)
        for (const Alternative* phrase : beginning) add_start(*phrase, number, word);
  }
}

void ExcludedPhrases::add_start(const Alternative& phrase, std::uint32_t number, const TextWordView& word) {
  count_step();
  std::vector<Begun> ways;
  phrase.words.front().begin(word, ways);
  if (ways.empty()) return;
  begins_[number] = true;
  starts_[number].push_back({&phrase, std::move(ways)});
}

void ExcludedPhrases::count_step() const {
  constexpr std::uint32_t kStepsOfCheck = 128;
  if (++steps_ % kStepsOfCheck == 0) budget_.check();
}

bool ExcludedPhrases::stand_in(std::uint32_t document) const {
  bool found = false;
  segment_.forward().for_each_field(document, [&](const FieldWords& field) {
    found = found || (searched_[field.field] && stand_in(field.words));
  });
  return found;
}

bool ExcludedPhrases::stand_in(std::span<const std::uint32_t> words) const {
  const StoredWords word_at(segment_.vocabulary(), words);
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at] == kItemBreak || !begins_[words[at]]) continue;
    for (const Start& start : starts_.at(words[at])) {
      count_step();
      if (best_match(*start.phrase, start.ways, at, word_at)) return true;
    }
  }
  return false;
}

}  // namespace nunmul
