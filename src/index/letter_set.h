// SPDX-License-Identifier: GPL-2.0-or-later
// Roughly which letters a word has, and with which one it begins: 32 bits to compare before the letters
// are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/utf8.h"

namespace nunmul {

class LetterSet {
 public:
  static constexpr std::size_t kFirsts = 256;

  LetterSet() = default;
  explicit LetterSet(std::string_view word) : bits_(first_of(decode_utf8(word, 0).code)) {
    for (std::size_t at = 0; at < word.size();) {
      const DecodedChar c = decode_utf8(word, at);
      bits_ |= std::uint32_t{1} << (kFirstBits + c.code % kLetters);
      at += c.length;
    }
  }

  // False only if the word lacks a letter that the other has.
  bool may_have_all_of(LetterSet other) const { return ((other.bits_ & ~bits_) >> kFirstBits) == 0; }
  // A number below kFirsts for the first letter; other letters may have the same.
  std::uint32_t first() const { return bits_ & (kFirsts - 1); }
  static std::uint32_t first_of(char32_t letter) { return letter % 251; }

 private:
  static constexpr std::uint32_t kFirstBits = 8, kLetters = 23;  // a prime, so that neighbours spread

  std::uint32_t bits_ = 0;
};

}  // namespace nunmul
