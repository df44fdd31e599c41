// SPDX-License-Identifier: GPL-2.0-or-later
// Checks of ASCII text, as HTTP's header fields (RFC 9110, section 5) and UUIDs need them. The locale makes
// no difference.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nunmul {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// 0 to 15, or -1.
constexpr int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The name of a method or of a header; not empty.
bool is_token(std::string_view text);

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kBlanksAndNewlines = " \t\r\n";

// Without what `blanks` has at its ends.
constexpr std::string_view trimmed(std::string_view text, std::string_view blanks = kBlanks) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

// No control characters but tabs; bytes above 0x7F may stand in it.
bool is_field_text(std::string_view text);

std::string to_lower_ascii(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);

// What people write for a flag: true, yes or 1, and false, no or 0, in any case. Nothing for other texts.
std::optional<bool> read_flag(std::string_view text);

// With hyphens; of any version, since clients bring their own.
bool is_uuid(std::string_view text);

}  // namespace nunmul
