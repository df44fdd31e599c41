// SPDX-License-Identifier: GPL-2.0-or-later
// UUIDs as clients send them.
#pragma once

#include <string_view>

#include "http/text_fields.h"

namespace nunmul {

// With hyphens; of any version, since clients bring their own.
inline bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-' : hex_digit(text[i]) < 0) return false;
  }
  return true;
}

}  // namespace nunmul
