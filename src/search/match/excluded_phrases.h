// SPDX-License-Identifier: GPL-2.0-or-later
// The words and phrases behind a minus, by the words of one segment's vocabulary in which they begin: every
// document is read for them, and most words of a query that excludes many are not in the index at all.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/request_budget.h"
#include "index/generation.h"
#include "search/plan/query_plan.h"

namespace nunmul {

class ExcludedPhrases {
 public:
  // Words fit as they are typed. All that is passed outlives it. Throws what the budget throws, as
  // stand_in() does: many letters may begin in each word of a long document.
  ExcludedPhrases(const Segment& segment, const Settings& settings, const std::vector<Alternative>& phrases,
                  RequestBudget& budget);

  // Whether no document of the segment can have one.
  bool empty() const { return starts_.empty(); }

  // Whether one stands in a searched attribute of the document.
  bool stand_in(std::uint32_t document) const;

 private:
  struct Start {
    const Alternative* phrase;
    std::vector<Begun> ways;
  };

  // By the bits of the letters with which they begin (HanText::bit_of).
  using PhrasesByLetter = std::map<std::uint64_t, std::vector<const Alternative*>>;

  void add_inside_words(const PhrasesByLetter& phrases);
  void add_start(const Alternative& phrase, std::uint32_t number, const TextWordView& word);
  bool stand_in(std::span<const std::uint32_t> words) const;
  void count_step() const;

  const Segment& segment_;
  RequestBudget& budget_;
  mutable std::uint32_t steps_ = 0;
  std::vector<bool> searched_;                                    // by number of the field
  std::vector<bool> begins_;                                      // by word: whether one begins in it
  std::unordered_map<std::uint32_t, std::vector<Start>> starts_;  // by the word in which they begin
};

}  // namespace nunmul
