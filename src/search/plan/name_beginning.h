// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a name begins with all that was typed, letter by letter and by the keys of a Korean keyboard,
// spaces left out: what somebody on the way to a title wants to see, the shortest completion first.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>

#include "index/generation.h"

namespace nunmul {

// For the fields of one segment, which outlives it. For one thread.
class NameBeginning {
 public:
  // `typed` as typed_letters (text/name_terms.h) makes it, with a space behind if the last word is finished.
  NameBeginning(const Segment& segment, std::string typed) : segment_(segment), typed_(std::move(typed)) {}

  // How much of the field, or of one of its items, was typed: above 0 to 1, or 0 if none begins so.
  double completion(std::span<const std::uint32_t> words);

 private:
  double completion_of_item(std::span<const std::uint32_t> words);
  const std::string& letters(std::uint32_t word);

  const Segment& segment_;
  std::string typed_;
  std::unordered_map<std::uint32_t, std::string> letters_;
};

}  // namespace nunmul
