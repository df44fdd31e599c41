// SPDX-License-Identifier: GPL-2.0-or-later
// The words, quoted texts and signs of a filter expression, with their places for error messages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace nunmul {

// Columns of a filter, counted in characters from 1; `end` is the first one behind.
struct FilterSpan {
  std::uint32_t begin = 1;
  std::uint32_t end = 1;
};

struct FilterToken {
  enum class Kind { Word, Keyword, Quoted, Sign, End };
  Kind kind = Kind::End;
  std::string text;  // without quotes and escapes
  FilterSpan span;

  bool is(Kind wanted, std::string_view wanted_text) const { return kind == wanted && text == wanted_text; }
  bool is_keyword(std::string_view wanted) const { return is(Kind::Keyword, wanted); }
  bool is_sign(std::string_view wanted) const { return is(Kind::Sign, wanted); }
  // A name or a value.
  bool is_text() const { return kind == Kind::Word || kind == Kind::Quoted; }
};

// The tokens in their order, with an End behind them. Throws what fail_filter throws for a character
// that begins none, and for a quote that is not closed.
std::vector<FilterToken> read_filter_tokens(std::string_view filter, ErrorCode code);

// The message, and on a line of its own the place and the filter: "1:3 id = 1".
[[noreturn]] void fail_filter(ErrorCode code, const std::string& message, FilterSpan span,
                              std::string_view filter);

}  // namespace nunmul
