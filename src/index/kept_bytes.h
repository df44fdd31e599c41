// SPDX-License-Identifier: GPL-2.0-or-later
// About how much memory a value takes that is kept for later: its own bytes, and those of what its containers
// hold. What the members of a struct hold besides, such as long words, is not counted.
#pragma once

#include <cstddef>
#include <ranges>

#include "index/bitmap.h"

namespace nunmul {

template <typename Value>
std::size_t kept_bytes(const Value& value) {
  if constexpr (std::ranges::range<Value>) {
    std::size_t bytes = sizeof value;
    for (const auto& one : value) bytes += kept_bytes(one);
    return bytes;
  } else {
    return sizeof value;
  }
}

inline std::size_t kept_bytes(const Bitmap& bitmap) { return sizeof bitmap + bitmap.words().size_bytes(); }

}  // namespace nunmul
