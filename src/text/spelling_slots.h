// SPDX-License-Identifier: GPL-2.0-or-later
// How far letters are from a word of another script that may be written in them in many ways: the word is a
// row of slots, each with its spellings and what these cost, and the distance is the cheapest way through the
// slots with letters changed, missing or left over (Wagner and Fischer's edit distance, over sets).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

struct Spelling {
  std::string letters;
  float cost = 0;
};
using SpellingSlot = const std::vector<Spelling>*;  // never null

// From "eo u/2 -/5": the spellings, each with its cost in tenths; - is no letter.
std::vector<Spelling> parse_spellings(std::string_view row);

// The cost of a letter that stands there instead of another, that is missing, or that no slot has.
struct LetterCosts {
  float (*changed)(char wanted, char found);
  float (*missing)(char wanted);
  float (*left_over)(std::string_view letters, std::size_t at);
};

constexpr std::size_t kMaxSpelledLetters = 48;

// For at most kMaxSpelledLetters; for more it is a million.
float spelling_distance(std::span<const SpellingSlot> slots, std::string_view letters,
                        const LetterCosts& costs);

}  // namespace nunmul
