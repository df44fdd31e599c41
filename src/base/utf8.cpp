// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/utf8.h"

namespace nunmul {
namespace {

constexpr bool is_continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

constexpr bool is_scalar(char32_t code) { return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF); }

// The least value that a sequence of this length may carry; less is an overlong form.
constexpr char32_t kMinOfLength[5] = {0, 0, 0x80, 0x800, 0x10000};

std::uint32_t length_of_lead(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return 2;
  if (lead < 0xF0) return 3;
  return lead < 0xF5 ? 4 : 0;
}

}  // namespace

DecodedChar decode_utf8(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  const std::uint32_t length = length_of_lead(lead);
  if (length == 0 || text.size() - at < length) return {kReplacement, 1};
  char32_t code = lead & (0x7Fu >> length);
  for (std::uint32_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    if (!is_continuation(byte)) return {kReplacement, 1};
    code = (code << 6) | (byte & 0x3Fu);
  }
  if (code < kMinOfLength[length] || !is_scalar(code)) return {kReplacement, 1};
  return {code, length};
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const DecodedChar c = decode_utf8(text, at);
    if (c.code == kReplacement && c.length == 1) return at;
    at += c.length;
  }
  return std::nullopt;
}

void append_utf8(std::string& out, char32_t code) {
  if (!is_scalar(code)) code = kReplacement;
  char bytes[4];
  std::size_t length = 0;
  const auto put = [&](char32_t byte) { bytes[length++] = static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
  out.append(bytes, length);
}

std::u32string to_utf32(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const DecodedChar next = decode_utf8(text, at);
    out.push_back(next.code);
    at += next.length;
  }
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (const char32_t code : text) append_utf8(out, code);
  return out;
}

std::size_t count_chars(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode_utf8(text, at).length) ++count;
  return count;
}

std::size_t bytes_of_chars(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) at += decode_utf8(text, at).length;
  return at;
}

std::string utf8_excerpt(std::string_view text, std::size_t max_bytes) {
  std::string excerpt(utf8_prefix(text, max_bytes));
  if (excerpt.size() < text.size()) excerpt += "…";
  return excerpt;
}

}  // namespace nunmul
