// SPDX-License-Identifier: GPL-2.0-or-later
// The encodings of files that are not UTF-8: spreadsheets saved on a Korean or Japanese Windows, old pages,
// notes in UTF-16.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

struct CharsetGuess {
  std::string charset;                  // "" where none is clearly the best
  std::vector<std::string> candidates;  // those in which the text can be read at all, the likeliest first
};

// By counting what each encoding makes of the bytes: common Hangul, kana and the Han beside them speak for
// it, signs and rare syllables against it. Knows CP949 (with EUC-KR in it), CP932 (with Shift_JIS in it),
// EUC-JP, and UTF-16 with a mark or without. A text that is UTF-8 but for a few bytes is none of them.
CharsetGuess guess_charset(std::string_view bytes);

// Whether ICU knows the encoding by that name.
bool is_charset(const std::string& name);

// The bytes as UTF-8, without a mark at the beginning; nothing if some are none in that encoding. Throws
// Error(InvalidInput) for an encoding that is not known, and for more than 2 GiB.
std::optional<std::string> from_charset(std::string_view bytes, const std::string& name);

}  // namespace nunmul
