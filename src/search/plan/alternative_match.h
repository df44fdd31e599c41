// SPDX-License-Identifier: GPL-2.0-or-later
// How an alternative of a plan stands in a row of words, whether those of a segment's vocabulary or of a text
// that is shown.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "search/plan/query_plan.h"

namespace nunmul {

struct AlternativeMatch {
  std::size_t last = 0;  // the last of the words, inclusive
  WordFit fit;           // the least of them, with the typos of all
  Begun first;           // how the first and the last pattern stand where they end
  Begun end;             //
};

// From where the alternative's first pattern has begun in the word `at`. `word_at(i)` gives an optional
// TextWordView: nothing behind the last word and between two items of an array.
template <typename WordAt>
std::optional<AlternativeMatch> follow(const Alternative& alternative, const Begun& begun, std::size_t at,
                                       WordAt&& word_at) {
  AlternativeMatch match{at, {Fit::Exact, 0}, begun, begun};
  Begun here = begun;
  for (std::size_t w = 0;;) {
    const WordPattern& pattern = alternative.words[w];
    while (!here.is_whole()) {
      const auto next = word_at(++at);
      const auto more = next ? pattern.go_on(here, *next) : std::nullopt;
      if (!more) return std::nullopt;
      here = *more;
    }
    if (w == 0) match.first = here;
    match.fit.fit = std::max(match.fit.fit, here.fit.fit);
    match.fit.relative = match.fit.relative || here.fit.relative;
    match.fit.typos = static_cast<std::uint8_t>(match.fit.typos + here.fit.typos);
    if (++w == alternative.words.size()) break;
    const auto next = here.ends_word() ? word_at(++at) : std::nullopt;
    if (!next) return std::nullopt;
    std::vector<Begun> ways;
    alternative.words[w].begin(*next, ways);
    const auto way =
        std::find_if(ways.begin(), ways.end(), [](const Begun& one) { return one.begins_word(); });
    if (way == ways.end()) return std::nullopt;
    here = *way;
  }
  match.last = at;
  match.end = here;
  return match;
}

// The best way in which the alternative stands from the word `at` on, of those in which it may begin there.
template <typename WordAt>
std::optional<AlternativeMatch> best_match(const Alternative& alternative, const std::vector<Begun>& ways,
                                           std::size_t at, WordAt&& word_at) {
  std::optional<AlternativeMatch> best;
  for (const Begun& way : ways) {
    auto match = follow(alternative, way, at, word_at);
    if (match && (!best || match->fit.fit < best->fit.fit)) best = std::move(match);
  }
  return best;
}

}  // namespace nunmul
