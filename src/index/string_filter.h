// SPDX-License-Identifier: GPL-2.0-or-later
// A Bloom filter: of most strings that are not in a set, it says so. The bits of a string lie in one word,
// so a look-up costs a hash and one access to memory (Putze, Sanders, Singler 2007). With a byte for each
// string, about one in twenty others gets through. Looking for a name by its sound takes hundreds of
// look-ups that find nothing; each would otherwise be a binary search that misses the cache twenty times.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/hash.h"

namespace nunmul {

class StringFilter {
 public:
  StringFilter() = default;
  explicit StringFilter(std::span<const std::uint64_t> words) : words_(words) {}

  // What a filter of so many strings is made of; add() puts one in.
  static std::vector<std::uint64_t> words_for(std::size_t strings) {
    return std::vector<std::uint64_t>(std::max<std::size_t>(1, (strings + 7) / 8));
  }
  static void add(std::string_view text, std::vector<std::uint64_t>& words) {
    const std::uint64_t hash = hash64(text);
    words[place_of(hash, words.size())] |= bits_of(hash);
  }

  // False only if the set has it not.
  bool may_have(std::string_view text) const {
    const std::uint64_t hash = hash64(text), bits = bits_of(hash);
    return (words_[place_of(hash, words_.size())] & bits) == bits;
  }

  std::size_t size() const { return words_.size(); }

 private:
  static std::size_t place_of(std::uint64_t hash, std::size_t words) { return (hash >> 32) * words >> 32; }
  static std::uint64_t bits_of(std::uint64_t hash) {
    std::uint64_t bits = 0;
    for (int bit = 0; bit < 4; ++bit, hash >>= 6) bits |= std::uint64_t{1} << (hash & 63);
    return bits;
  }

  std::span<const std::uint64_t> words_;
};

}  // namespace nunmul
