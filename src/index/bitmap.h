// SPDX-License-Identifier: GPL-2.0-or-later
// A set of the documents of one segment, one bit each.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace nunmul {

class Bitmap {
 public:
  Bitmap() = default;
  explicit Bitmap(std::size_t size, bool value = false)
      : size_(size), words_((size + 63) / 64, value ? ~0ULL : 0ULL) {
    trim();
  }

  std::size_t size() const { return size_; }
  bool test(std::size_t i) const { return (words_[i >> 6] >> (i & 63)) & 1; }
  void set(std::size_t i) { words_[i >> 6] |= 1ULL << (i & 63); }
  void reset(std::size_t i) { words_[i >> 6] &= ~(1ULL << (i & 63)); }

  // Both sets have the same size.
  Bitmap& operator&=(const Bitmap& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= other.words_[w];
    return *this;
  }
  Bitmap& operator|=(const Bitmap& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
    return *this;
  }
  // 64 members a word, the lowest bit first; bits beyond size() stay 0.
  std::span<std::uint64_t> words() { return words_; }
  std::span<const std::uint64_t> words() const { return words_; }

  void invert() {
    for (std::uint64_t& word : words_) word = ~word;
    trim();
  }

  std::size_t count() const {
    std::size_t total = 0;
    for (const std::uint64_t word : words_) total += static_cast<std::size_t>(std::popcount(word));
    return total;
  }

  // The first member at or after `from`, or size().
  std::size_t next(std::size_t from) const {
    if (from >= size_) return size_;
    std::size_t w = from >> 6;
    std::uint64_t word = words_[w] & (~0ULL << (from & 63));
    while (word == 0) {
      if (++w == words_.size()) return size_;
      word = words_[w];
    }
    return (w << 6) + static_cast<std::size_t>(std::countr_zero(word));
  }

  bool operator==(const Bitmap&) const = default;

 private:
  void trim() {
    if (size_ & 63) words_.back() &= ~0ULL >> (64 - (size_ & 63));
  }

  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace nunmul
