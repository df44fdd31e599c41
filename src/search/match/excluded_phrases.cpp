// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/excluded_phrases.h"

#include <algorithm>

#include "index/forward.h"
#include "index/vocabulary.h"
#include "search/plan/alternative_match.h"

namespace nunmul {

ExcludedPhrases::ExcludedPhrases(const Segment& segment, const Settings& settings,
                                 const std::vector<Alternative>& phrases)
    : segment_(segment), begins_(segment.vocabulary().size()) {
  const AttributeNames searchable(settings.searchable_attributes);
  for (const std::string& path : segment.fields()) searched_.push_back(searchable.covers(path));
  for (const Alternative& phrase : phrases) add(phrase);
}

// Letters of Han characters may begin inside of any word.
void ExcludedPhrases::add(const Alternative& phrase) {
  const Vocabulary& vocabulary = segment_.vocabulary();
  const Token& first = phrase.words.front().token();
  if (first.script == Script::Han) {
    for (std::uint32_t word = 0; word < vocabulary.size(); ++word)
      if (vocabulary.script(word) == Script::Han) add_start(phrase, word);
  } else if (const auto word = vocabulary.find(first.word)) {
    add_start(phrase, *word);
  }
}

void ExcludedPhrases::add_start(const Alternative& phrase, std::uint32_t word) {
  const Vocabulary& vocabulary = segment_.vocabulary();
  std::vector<Begun> ways;
  phrase.words.front().begin({vocabulary.word(word), vocabulary.stem(word), vocabulary.script(word)}, ways);
  if (ways.empty()) return;
  begins_[word] = true;
  starts_[word].push_back({&phrase, std::move(ways)});
}

bool ExcludedPhrases::stand_in(std::uint32_t document) const {
  bool found = false;
  segment_.forward().for_each_field(document, [&](const FieldWords& field) {
    found = found || (searched_[field.field] && stand_in(field.words));
  });
  return found;
}

// An array's items part phrases, since their border is no word.
bool ExcludedPhrases::stand_in(std::span<const std::uint32_t> words) const {
  const Vocabulary& vocabulary = segment_.vocabulary();
  const auto word_at = [&](std::size_t at) -> std::optional<TextWordView> {
    if (at >= words.size() || words[at] == kItemBreak) return std::nullopt;
    return TextWordView{vocabulary.word(words[at]), vocabulary.stem(words[at]), vocabulary.script(words[at])};
  };
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at] == kItemBreak || !begins_[words[at]]) continue;
    for (const Start& start : starts_.at(words[at]))
      if (best_match(*start.phrase, start.ways, at, word_at)) return true;
  }
  return false;
}

}  // namespace nunmul
