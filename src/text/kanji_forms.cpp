// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/kanji_forms.h"

namespace nunmul {

void KanjiForms::add(char32_t old_form, char32_t new_form) {
  const auto is_known = [](char32_t code) { return code >= kFirst && code <= kLast; };
  if (!is_known(old_form) || !is_known(new_form) || old_form == new_form) return;
  modern_.resize(kLast - kFirst + 1);
  old_.resize(kLast - kFirst + 1);
  char16_t& modern = modern_[old_form - kFirst];
  size_ += modern == 0;
  modern = static_cast<char16_t>(new_form);
  char16_t& old = old_[new_form - kFirst];
  if (old == 0) old = static_cast<char16_t>(old_form);
}

char32_t KanjiForms::old(char32_t code) const {
  const char32_t at = code - kFirst;
  return at < old_.size() && old_[at] != 0 ? old_[at] : code;
}

}  // namespace nunmul
