// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/excluded_phrases.h"

#include <algorithm>

#include "index/forward.h"
#include "index/vocabulary.h"

namespace nunmul {

ExcludedPhrases::ExcludedPhrases(const Segment& segment, const Settings& settings,
                                 const std::vector<Alternative>& phrases)
    : segment_(segment), begins_(segment.vocabulary().size()) {
  const AttributeNames searchable(settings.searchable_attributes);
  for (const std::string& path : segment.fields()) searched_.push_back(searchable.covers(path));
  for (const Alternative& phrase : phrases) add(phrase);
}

void ExcludedPhrases::add(const Alternative& phrase) {
  Words words;
  for (const WordPattern& word : phrase.words) {
    const auto number = segment_.vocabulary().find(word.token().word);
    if (!number) return;
    words.push_back(*number);
  }
  if (words.empty()) return;
  begins_[words[0]] = true;
  phrases_[words[0]].push_back(std::move(words));
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
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at] == kItemBreak || !begins_[words[at]]) continue;
    for (const Words& phrase : phrases_.at(words[at])) {
      const auto here = words.subspan(at, std::min(phrase.size(), words.size() - at));
      if (std::equal(here.begin(), here.end(), phrase.begin(), phrase.end())) return true;
    }
  }
  return false;
}

}  // namespace nunmul
