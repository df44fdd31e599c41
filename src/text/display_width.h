// SPDX-License-Identifier: GPL-2.0-or-later
// How much room text takes on a terminal, in cells: a character of Han, kana or Hangul takes two, a mark on
// the letter before none.
#pragma once

#include <cstddef>
#include <string_view>

namespace nunmul {

std::size_t display_width(char32_t code);
std::size_t display_width(std::string_view utf8);

}  // namespace nunmul
