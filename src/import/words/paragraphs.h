// SPDX-License-Identifier: GPL-2.0-or-later
// What several texts say about one thing, each of it once.
#pragma once

#include <string>
#include <string_view>

namespace nunmul {

// The paragraphs of the first text, a line each, and behind them those of the second that say something else:
// one whose trigrams of letters are mostly those of a paragraph that is there already only takes its place,
// if it is the longer one. Each text alone stays as it is.
std::string with_paragraphs_of(std::string_view first, std::string_view second);

}  // namespace nunmul
