// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/document_matcher.h"

#include <algorithm>
#include <utility>

#include "index/forward.h"
#include "index/vocabulary.h"
#include "search/match/stored_words.h"
#include "search/plan/alternative_match.h"

namespace nunmul {
namespace {

constexpr std::size_t kFirstSlots = 2048;
constexpr std::uint32_t kSpread = 2'654'435'761;  // Knuth's multiplier, the golden ratio of 32 bits

}  // namespace

DocumentMatcher::DocumentMatcher(const Segment& segment, const Settings& settings,
                                 const std::vector<Alternative>& alternatives,
                                 const std::vector<std::string>* only)
    : segment_(segment),
      alternatives_(alternatives),
      filter_(segment.vocabulary(), alternatives),
      slots_(kFirstSlots),
      lists_(1) {
  const AttributeNames searchable(settings.searchable_attributes), names(settings.name_attributes);
  const AttributeNames exact(settings.typo_tolerance.disable_on_attributes);
  const AttributeNames chosen(only ? *only : std::vector<std::string>{"*"});
  for (const std::string& path : segment.fields()) {
    Field field;
    const auto place = searchable.first_match(path);
    field.searched = place.has_value() && chosen.covers(path);
    field.attribute = place.value_or(0);
    field.is_kind = path == kKindAttribute;
    field.is_name = names.covers(path);
    field.typos = !exact.covers(path);
    fields_.push_back(field);
  }
}

const std::vector<DocumentMatcher::Start>& DocumentMatcher::starts(std::uint32_t word) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = word * kSpread & mask;
  while (slots_[at].word != kNoWord && slots_[at].word != word) at = (at + 1) & mask;
  if (slots_[at].word == word) return lists_[slots_[at].list];
  const std::uint32_t list = find_starts(word);
  slots_[at] = {word, list};
  if (2 * ++used_ > slots_.size()) grow();
  return lists_[list];
}

std::uint32_t DocumentMatcher::find_starts(std::uint32_t number) {
  const TextWordView word = stored_word(segment_.vocabulary(), number);
  std::vector<Start> list;
  std::vector<Begun> ways;
  for (std::uint32_t a = 0; a < alternatives_.size(); ++a) {
    alternatives_[a].words[0].begin(word, ways);
    if (!ways.empty()) list.push_back({a, std::exchange(ways, {})});
  }
  if (list.empty()) return 0;
  lists_.push_back(std::move(list));
  return static_cast<std::uint32_t>(lists_.size() - 1);
}

void DocumentMatcher::grow() {
  std::vector<Slot> larger(2 * slots_.size());
  const std::size_t mask = larger.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.word == kNoWord) continue;
    std::size_t at = slot.word * kSpread & mask;
    while (larger[at].word != kNoWord) at = (at + 1) & mask;
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

std::uint32_t DocumentMatcher::match_field(const Field& field, std::span<const std::uint32_t> words) {
  field_matches_.clear();
  const StoredWords word_at(segment_.vocabulary(), words);
  std::uint32_t position = 0;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at] == kItemBreak) {
      position += kItemGap;
      continue;
    }
    const std::uint32_t number = words[at];
    const std::uint32_t place = position++;
    if (!filter_.may_begin(number)) continue;
    for (const Start& start : starts(number)) {
      const Alternative& alternative = alternatives_[start.alternative];
      const auto match = best_match(alternative, start.ways, at, word_at);
      if (!match) continue;
      const auto typos = static_cast<std::uint8_t>(alternative.typos + match->fit.typos);
      if (typos > 0 && !field.typos) continue;
      field_matches_.push_back({alternative.first_unit, alternative.units, place,
                                static_cast<std::uint32_t>(match->last - at + 1), typos, match->fit.fit,
                                alternative.exact && match->fit.fit == Fit::Exact, match->fit.relative});
    }
  }
  return position;
}

double DocumentMatcher::nearness(std::uint32_t document) {
  double best = 0;
  if (!nearness_) return best;
  segment_.forward().for_each_field(document, [&](const FieldWords& words) {
    if (fields_[words.field].searched && fields_[words.field].is_name)
      best = std::max(best, nearness_->of(words.words));
  });
  return best;
}

void DocumentMatcher::match(std::uint32_t document, DocumentMatches& found) {
  found.clear();
  segment_.forward().for_each_field(document, [&](const FieldWords& words) {
    const Field& field = fields_[words.field];
    if (field.is_kind && !kinds_.empty()) {
      found.of_kind =
          words.words.size() == 1 && words.words[0] != kItemBreak &&
          std::find(kinds_.begin(), kinds_.end(), segment_.vocabulary().word(words.words[0])) != kinds_.end();
      found.other_kind = !found.of_kind;
    }
    if (!field.searched) return;
    if (beginning_ && field.is_name)
      found.completion = std::max(found.completion, beginning_->completion(words.words));
    const std::uint32_t count = match_field(field, words.words);
    if (!field_matches_.empty())
      found.fields.push_back({field.attribute, field.is_name, count, field_matches_});
  });
}

}  // namespace nunmul
