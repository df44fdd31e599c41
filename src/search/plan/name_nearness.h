// SPDX-License-Identifier: GPL-2.0-or-later
// Which of several names that sound alike is spelt as it was typed: 채원 rather than 채은 for chaewon, and a
// full name rather than its given name alone.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/generation.h"

namespace nunmul {

// For the fields of one segment, which outlives it. For one thread.
class NameNearness {
 public:
  // `typed`: the letters in a row, each once as names are looked for by it (chaewonkim, kimchaewon).
  NameNearness(const Segment& segment, const std::vector<std::string>& typed);

  // The share of what was typed, in letters, that the best name of a field or of one of its items accounts
  // for: 0 to 1.
  double of(std::span<const std::uint32_t> words);

 private:
  double of_item(std::span<const std::uint32_t> words);
  double of_word(std::uint32_t word);
  double of_name(std::string_view name) const;

  const Segment& segment_;
  std::vector<std::u32string> typed_;
  double longest_ = 1;
  std::unordered_map<std::uint32_t, double> known_;
};

}  // namespace nunmul
