// SPDX-License-Identifier: GPL-2.0-or-later
// How large one document may be, wherever it comes from. While a document is indexed, each of its bytes takes
// 50 bytes of memory where it is prose, and up to 170 where every character is a word; many small documents
// take a fraction of that for the same text.
#pragma once

#include <cstddef>
#include <string>

namespace nunmul {

inline constexpr std::size_t kMaxDocumentBytes = 5'000'000;  // of its JSON text as it was sent
inline constexpr std::size_t kMaxDocumentFields = 65'535;    // at all levels

// "has more than 5,000,000 bytes, …", behind the name of a document.
inline std::string too_large_for_document() {
  return "has more than 5,000,000 bytes, which is the most that one document may have";
}

}  // namespace nunmul
