// SPDX-License-Identifier: GPL-2.0-or-later
// Strings numbered in the order of their first appearance: a flat hash table over one block of text.
// Building an index asks it for every word of every document, so it is made to miss the cache rarely.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

class StringTable {
 public:
  StringTable();

  // The number of a string, which is size() before the call if it is new.
  std::uint32_t add(std::string_view text);

  // Valid until the next add().
  std::string_view operator[](std::uint32_t number) const {
    return std::string_view(text_).substr(ends_[number], ends_[number + 1] - ends_[number]);
  }
  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size() - 1); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = kEmpty;
  };
  static constexpr std::uint32_t kEmpty = 0xFFFFFFFF;

  void grow();

  std::vector<Slot> slots_;  // a power of two, at most half full
  std::string text_;
  std::vector<std::uint64_t> ends_{0};
};

}  // namespace nunmul
