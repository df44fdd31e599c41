// SPDX-License-Identifier: GPL-2.0-or-later
// Numbers in Han characters and in digits: 三 and 3, 二千二十四, 二〇二四 and 2024.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

// Whether the text is nothing but numerals of Han characters.
bool is_numeral(std::string_view text);

// The text with its numerals of Han characters as digits; nothing if it has none, or one that is no number.
std::optional<std::string> with_digits(std::string_view text);

// A number of digits in Han characters: counted (二千二十四), and for two digits or more one by one
// (二〇二四). Nothing above 99,999,999.
std::vector<std::string> in_han_characters(std::string_view digits);

}  // namespace nunmul
