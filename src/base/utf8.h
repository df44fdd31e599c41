// SPDX-License-Identifier: GPL-2.0-or-later
// UTF-8 in and out, one code point at a time. Nothing here throws or reads past the end: a byte that
// begins no valid sequence (overlong forms, encoded surrogates and cut sequences included) is one
// U+FFFD of length 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
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

// Where the first byte stands that begins no valid sequence.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

// Surrogates and values beyond U+10FFFF are written as U+FFFD.
void append_utf8(std::string& out, char32_t code);

std::u32string to_utf32(std::string_view text);
std::string to_utf8(std::u32string_view text);

// In code points, as decode_utf8 counts them.
std::size_t count_chars(std::string_view text);

// The bytes of the first `count` characters, or of all if there are fewer.
std::size_t bytes_of_chars(std::string_view text, std::size_t count);

// The longest beginning of valid UTF-8 that has at most `max_bytes` bytes and ends between characters.
constexpr std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  const auto is_continuation = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; };
  while (max_bytes > 0 && is_continuation(text[max_bytes])) --max_bytes;
  return text.substr(0, max_bytes);
}

// Likewise, for messages: what is cut ends in "…".
std::string utf8_excerpt(std::string_view text, std::size_t max_bytes);

}  // namespace nunmul
