// SPDX-License-Identifier: GPL-2.0-or-later
// The words and phrases behind a minus as numbers of one segment's vocabulary: every document is read for
// them, and most words of a query that excludes many are not in the index at all.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "index/generation.h"
#include "search/plan/query_plan.h"

namespace nunmul {

class ExcludedPhrases {
 public:
  // Words fit as they are typed. Segment and settings outlive it.
  ExcludedPhrases(const Segment& segment, const Settings& settings, const std::vector<Alternative>& phrases);

  // Whether no document of the segment can have one.
  bool empty() const { return phrases_.empty(); }

  // Whether one stands in a searched attribute of the document.
  bool stand_in(std::uint32_t document) const;

 private:
  using Words = std::vector<std::uint32_t>;

  void add(const Alternative& phrase);
  bool stand_in(std::span<const std::uint32_t> words) const;

  const Segment& segment_;
  std::vector<bool> searched_;                                     // by number of the field
  std::vector<bool> begins_;                                       // by word: whether one begins with it
  std::unordered_map<std::uint32_t, std::vector<Words>> phrases_;  // by their first word
};

}  // namespace nunmul
