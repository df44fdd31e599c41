// SPDX-License-Identifier: GPL-2.0-or-later
// UTF-8 in and out, one code point at a time. Nothing here throws or reads past the end: a byte that
// begins no valid sequence (overlong forms, encoded surrogates and cut sequences included) is one
// U+FFFD of length 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace nunmul {

constexpr char32_t kReplacement = 0xFFFD;

struct DecodedChar {
  char32_t code = 0;
  std::uint32_t length = 0;  // in bytes, 1 to 4; 0 only at the end of the text
};

// The code point that begins at byte `at`.
DecodedChar decode_utf8(std::string_view text, std::size_t at);

// Surrogates and values beyond U+10FFFF are written as U+FFFD.
void append_utf8(std::string& out, char32_t code);

std::u32string to_utf32(std::string_view text);
std::string to_utf8(std::u32string_view text);

// In code points, as decode_utf8 counts them.
std::size_t count_chars(std::string_view text);

// The longest beginning of valid UTF-8 that has at most `max_bytes` bytes and ends between characters.
std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes);

}  // namespace nunmul
