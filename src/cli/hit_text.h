// SPDX-License-Identifier: GPL-2.0-or-later
// A hit as a person reads it on a terminal.
//   1. On A Rainy Day — Younha (song)
//      A slow ballad for the night after a breakup, sung to the sound of rain
//      on the window …
//      songs-tearjerkers-2 · younha-on-a-rainy-day
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "search/present/search_result.h"
#include "search/search_request.h"

namespace nunmul {

struct TextStyle {
  std::size_t width = 80;   // columns
  bool is_colored = false;  // bold and underlined by escape sequences
};

// Makes the request bring what to_text shows: snippets around the matches, and the matches marked.
void ask_for_snippets(SearchRequest& request);

// `rank` from 1. Control characters of the document are left out.
std::string to_text(const Hit& hit, std::size_t rank, const TextStyle& style);

// How a hit came to its score, a line for each part of it.
std::string explanation(const Hit& hit);

// Whole lines, without what a terminal would obey.
std::string printable_lines(std::string_view text, std::string_view indent);

}  // namespace nunmul
