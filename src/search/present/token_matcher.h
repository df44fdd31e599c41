// SPDX-License-Identifier: GPL-2.0-or-later
// Where a query's words stand in a text, for marking and cropping it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/token.h"

namespace nunmul {

// Marks a match that is highlighted and counts for nothing else.
constexpr std::uint32_t kNoQueryWord = 0xFFFFFFFF;

struct TokenMatch {
  std::uint32_t first_token = 0;  // of the tokens given, inclusive
  std::uint32_t last_token = 0;   //
  std::uint32_t begin = 0;        // the bytes to be marked: a prefix only as far as it was typed, Hangul by
  std::uint32_t end = 0;          // whole syllables
  std::uint32_t query_word = 0;   // which word of the query, from 0, or kNoQueryWord
};

// Safe to use from many threads.
class TokenMatcher {
 public:
  virtual ~TokenMatcher() = default;
  // `tokens` are those of `text`.
  virtual std::vector<TokenMatch> find(std::string_view text, const std::vector<Token>& tokens) const = 0;
};

}  // namespace nunmul
