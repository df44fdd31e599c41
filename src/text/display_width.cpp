// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/display_width.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

namespace nunmul {

std::size_t display_width(char32_t code) {
  constexpr std::uint32_t kNoWidth = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_MN_MASK | U_GC_ME_MASK;
  const auto c = static_cast<UChar32>(code);
  if (U_MASK(u_charType(c)) & kNoWidth) return 0;
  const int hangul = u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE);
  if (hangul == U_HST_VOWEL_JAMO || hangul == U_HST_TRAILING_JAMO) return 0;  // inside the syllable before
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const DecodedChar c = decode_utf8(utf8, at);
    width += display_width(c.code);
    at += c.length;
  }
  return width;
}

}  // namespace nunmul
