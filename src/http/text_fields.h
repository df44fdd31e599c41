// SPDX-License-Identifier: GPL-2.0-or-later
// The small grammar that HTTP's header fields share (RFC 9110, section 5). ASCII only, no locale.
#pragma once

#include <string>
#include <string_view>
#include <vector>

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

// What a Host header may hold: no blanks, no character that ends a host in an address, ASCII only.
bool is_host_text(std::string_view text);

// No control characters but tabs; bytes above 0x7F may stand in it.
bool is_field_text(std::string_view text);

std::string_view trimmed(std::string_view text);  // without blanks and tabs at its ends
std::string to_lower_ascii(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);

// The trimmed items of "a, b,c", without empty ones.
std::vector<std::string_view> split_list(std::string_view text, char separator = ',');

// Whether an Accept-Encoding header offers the coding: named, or by `*`, and not with q=0.
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

}  // namespace nunmul
