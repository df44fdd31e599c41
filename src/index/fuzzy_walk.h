// SPDX-License-Identifier: GPL-2.0-or-later
// The strings of a sorted list that are a few typos away from a pattern. The list is a trie that is walked
// without being built: a node is a range of the list whose strings share their first bytes. Where such a
// range ends is read off how many bytes each string shares with the one before it, a byte a string; to look
// for it among the strings themselves took most of the time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"

namespace nunmul {

// How many bytes each string of a sorted list shares with the one before.
class SharedBytes {
 public:
  static constexpr std::size_t kMost = 255;  // more count as so many

  SharedBytes() = default;
  // `least` has the least of each `kBlock` strings.
  SharedBytes(std::span<const std::uint8_t> shared, std::span<const std::uint8_t> least)
      : shared_(shared), least_(least) {}

  // Appends to both what the next string of a list has.
  static void add(std::string_view before, std::string_view next, std::vector<std::uint8_t>& shared,
                  std::vector<std::uint8_t>& least) {
    const auto differs = std::mismatch(before.begin(), before.end(), next.begin(), next.end()).first;
    const auto bytes = static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(differs - before.begin(), kMost));
    if (shared.size() % kBlock == 0) least.push_back(bytes);
    least.back() = std::min(least.back(), bytes);
    shared.push_back(bytes);
  }

  // The first string behind `first` that does not begin with the same `bytes`, at most kMost; or `last`.
  std::uint32_t run_end(std::uint32_t first, std::uint32_t last, std::size_t bytes) const {
    std::uint32_t at = first + 1;
    while (at < last && at % kBlock != 0 && shared_[at] >= bytes) ++at;
    if (at >= last || at % kBlock != 0) return at;
    while (at + kBlock <= last && least_[at / kBlock] >= bytes) at += kBlock;
    while (at < last && shared_[at] >= bytes) ++at;
    return at;
  }

  std::size_t size() const { return shared_.size(); }

 private:
  static constexpr std::uint32_t kBlock = 64;

  std::span<const std::uint8_t> shared_, least_;
};

template <typename TextOf>
class FuzzyWalk {
 public:
  // The walk stops after `budget` steps.
  FuzzyWalk(TextOf text_of, const SharedBytes& shared, std::u32string pattern, std::uint32_t max_typos,
            bool as_prefix, std::uint32_t budget)
      : text_of_(text_of),
        shared_(shared),
        pattern_(std::move(pattern)),
        max_(max_typos),
        as_prefix_(as_prefix),
        budget_(budget) {}

  // Calls found(number, typos, goes_on) for each string of the range that fits.
  template <typename Found>
  void walk(std::uint32_t first, std::uint32_t last, Found&& found) {
    rows_.assign((pattern_.size() + max_ + 2) * row_size(), kFar);
    // Deleting from the pattern's begin: the first letter counts two.
    for (std::size_t j = 0; j < row_size(); ++j) rows_[j] = j == 0 ? 0 : static_cast<std::uint32_t>(j) + 1;
    visit(first, last, 0, 0, U'\0', found);
  }

 private:
  static constexpr std::uint32_t kFar = 1'000'000;

  std::size_t row_size() const { return pattern_.size() + 1; }

  template <typename Found>
  void visit(std::uint32_t first, std::uint32_t last, std::size_t depth, std::size_t letters, char32_t letter,
             Found& found) {
    const std::uint32_t typos = rows_[letters * row_size() + pattern_.size()];
    if (as_prefix_ && letters > 0 && typos <= max_) {
      // Everything below begins with something near enough.
      for (std::uint32_t i = first; i < last && budget_ > 0; ++i, --budget_)
        found(i, typos, text_of_(i).size() > depth);
      return;
    }
    std::uint32_t at = first;
    // Keys of Hangul may stand there more than once (달, 딸).
    for (; at < last && text_of_(at).size() == depth; ++at)
      if (letters > 0 && typos <= max_) found(at, typos, false);
    while (at < last && budget_ > 0) {
      --budget_;
      const DecodedChar c = decode_utf8(text_of_(at), depth);
      const std::size_t next_depth = depth + c.length;
      if (next_depth > SharedBytes::kMost) return;
      const std::uint32_t end = shared_.run_end(at, last, next_depth);
      if (step(letters, letter, c.code) <= max_) visit(at, end, next_depth, letters + 1, c.code, found);
      at = end;
    }
  }

  // The row of optimal string alignment distances after one more letter; returns its least value. What is
  // more letters apart than there may be typos stays far away, so that a long word costs no more than a short
  // one.
  std::uint32_t step(std::size_t letters, char32_t letter, char32_t c) {
    const std::uint32_t* const row = &rows_[letters * row_size()];
    const std::uint32_t* const before = letters == 0 ? row : row - row_size();
    std::uint32_t* const next = &rows_[(letters + 1) * row_size()];
    const bool first_letter = letters == 0;
    const std::size_t row_number = letters + 1, begin = row_number > max_ ? row_number - max_ : 1,
                      end = std::min<std::size_t>(pattern_.size(), row_number + max_);
    next[0] = static_cast<std::uint32_t>(letters) + 2;  // inserting in front of the first letter counts two
    std::uint32_t least = next[0];
    for (std::size_t j = begin; j <= end; ++j) {
      const bool at_first = first_letter && j == 1;
      std::uint32_t best = row[j - 1] + (pattern_[j - 1] == c ? 0 : at_first ? 2 : 1);
      best = std::min(best, row[j] + 1);
      best = std::min(best, next[j - 1] + 1);
      if (letters >= 1 && j >= 2 && pattern_[j - 1] == letter && pattern_[j - 2] == c)
        best = std::min(best, before[j - 2] + (letters == 1 && j == 2 ? 2 : 1));
      next[j] = best;
      least = std::min(least, best);
    }
    return least;
  }

  TextOf text_of_;
  const SharedBytes& shared_;
  std::u32string pattern_;
  std::uint32_t max_;
  bool as_prefix_;
  std::uint32_t budget_;
  std::vector<std::uint32_t> rows_;  // of as many letters of a string, one behind the other
};

}  // namespace nunmul
