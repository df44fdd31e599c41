// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/keyboard.h"

#include "base/utf8.h"
#include "text/jamo.h"
#include "text/syllable.h"

namespace nunmul {

OtherLayout as_if_hangul(std::string_view text) {
  OtherLayout other{compose_keys(text), true};
  bool any_hangul = false;
  for (const char32_t code : to_utf32(other.text)) {
    other.complete = other.complete && is_syllable(code);
    any_hangul = any_hangul || is_syllable(code) || is_jamo(code);
  }
  const bool already_hangul = dubeolsik_keys(text) != text;
  if (!any_hangul || already_hangul) return {};
  return other;
}

OtherLayout as_if_latin(std::string_view text) {
  OtherLayout other;
  bool any_hangul = false;
  for (const char32_t code : to_utf32(text)) {
    any_hangul = any_hangul || is_syllable(code) || is_jamo(code);
    other.complete = other.complete || is_jamo(code);
  }
  if (!any_hangul) return {};
  other.text = key_sequence(text);
  return other;
}

}  // namespace nunmul
