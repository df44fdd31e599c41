// SPDX-License-Identifier: GPL-2.0-or-later
// The part of a long text that is shown: so many words around what the query found.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "search/present/token_matcher.h"

namespace nunmul {

struct TextWindow {
  std::uint32_t begin = 0;  // bytes of the text
  std::uint32_t end = 0;    //
  bool cut_before = false;
  bool cut_after = false;
};

TextWindow whole_text(std::string_view text);

// `length` words, of which a token with apostrophes is several (It's is two); the whole text if it has no
// more, or if `length` is 0. Chosen for the most distinct words of the query, then for their closeness, then
// for their order, then the earliest. Grown before and after in turn; without a match the first words.
// `matches` are sorted by their first token.
TextWindow choose_window(std::string_view text, const std::vector<Token>& tokens,
                         const std::vector<TokenMatch>& matches, std::uint32_t length);

}  // namespace nunmul
