// SPDX-License-Identifier: GPL-2.0-or-later
// Units of a query, and how its tokens become them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "text/kana_reader.h"
#include "text/token.h"

namespace nunmul {

// One word, or the words of a quoted phrase. A word of Han characters and kana may be cut otherwise than the
// analyzer's tokens (han_units.h).
struct QueryUnit {
  std::vector<Token> tokens;
  bool quoted = false;
  bool prefix = false;          // the last word, with nothing typed behind it: it may go on
  std::uint32_t number = 0;     // of an unquoted word: its place among the tokens of QueryText::words
  std::uint32_t count = 1;      // and over how many of them it goes
  std::uint32_t place = 0;      // of its first word among all that count, those that were left out included
  bool grammar = false;         // left out if anything else is there
  std::string base = "";        // of a Japanese verb or adjective, with its class (JapaneseWord)
  std::string inflection = "";  //
};

// The tokens of some words of a query as its units: each one, but for Han characters and kana, which are cut
// as somebody means them (han_units.h). Numbered by the first of their tokens. The reader may be null.
std::vector<QueryUnit> units_of_tokens(const KanaReader* reader, const std::vector<Token>& tokens);

}  // namespace nunmul
