// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/compare_form.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <stdexcept>

#include "base/utf8.h"

namespace nunmul {
namespace {

// Putting n marks into their order costs n² steps, so that long runs of them are cut into pieces.
constexpr std::size_t kDecomposedBytes = 512;

const icu::Normalizer2& decomposer() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU has no NFKD: ") + u_errorName(status));
  return *instance;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char32_t code) { return u_isUWhiteSpace(static_cast<UChar32>(code)) != 0; };
  std::size_t begin = 0;
  for (DecodedChar c = decode_utf8(text, 0); c.length > 0 && is_space(c.code); c = decode_utf8(text, begin)) {
    begin += c.length;
  }
  std::size_t end = text.size();
  while (end > begin) {
    const std::size_t last = std::max(begin, utf8_prefix(text.substr(0, end), end - 1).size());
    if (!is_space(decode_utf8(text.substr(0, end), last).code)) break;
    end = last;
  }
  return text.substr(begin, end - begin);
}

// Where the piece that begins at `begin` ends: before a character that joins with nothing, if there is one.
std::size_t decomposed_end(std::string_view text, std::size_t begin) {
  if (text.size() - begin <= kDecomposedBytes) return text.size();
  std::size_t border = 0, at = begin;
  while (at - begin < kDecomposedBytes) {
    at += decode_utf8(text, at).length;
    const DecodedChar next = decode_utf8(text, at);
    if (next.length == 0 || decomposer().hasBoundaryBefore(static_cast<UChar32>(next.code))) border = at;
  }
  return border > begin ? border : at;
}

void append_decomposed(std::string& out, std::string_view piece) {
  std::string decomposed;
  icu::StringByteSink<std::string> sink(&decomposed);
  UErrorCode status = U_ZERO_ERROR;
  decomposer().normalizeUTF8(0, icu::StringPiece(piece.data(), static_cast<std::int32_t>(piece.size())), sink,
                             nullptr, status);
  if (U_FAILURE(status)) decomposed = piece;
  for (std::size_t at = 0; at < decomposed.size();) {
    const DecodedChar c = decode_utf8(decomposed, at);
    append_utf8(out, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c.code))));
    at += c.length;
  }
}

}  // namespace

std::string compare_form(std::string_view text) {
  std::string form;
  form.reserve(text.size());
  if (is_ascii(text)) {
    text = trimmed(text);
    std::transform(text.begin(), text.end(), std::back_inserter(form), lower_ascii);
    return form;
  }
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = decomposed_end(text, begin);
    append_decomposed(form, text.substr(begin, end - begin));
    begin = end;
  }
  return std::string(trimmed(form));  // last, since decomposing makes spaces too
}

bool begins_character(char32_t code) {
  if (code >= 0x1160 && code <= 0x11FF) return false;
  return (U_GET_GC_MASK(static_cast<UChar32>(code)) & U_GC_M_MASK) == 0;
}

bool is_filter_word_char(char32_t code) {
  if (code == U'_' || code == U'-' || code == U'.') return true;
  if (code < 0x80) return (code >= U'0' && code <= U'9') || ((code | 0x20) >= U'a' && (code | 0x20) <= U'z');
  return (U_GET_GC_MASK(static_cast<UChar32>(code)) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

}  // namespace nunmul
