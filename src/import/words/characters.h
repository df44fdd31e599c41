// SPDX-License-Identifier: GPL-2.0-or-later
// Characters as the article reader looks at them: script, case, width, quotes and brackets. Kept apart
// from the analyzer of text/, whose folding may change with the index while the ids of entries must not.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/utf8.h"

namespace nunmul {

// Between parts of a heading that the source marks apart (<h3>Title<span>Artist</span></h3>).
constexpr char32_t kJoint = 0x1F;

enum class CharClass { Space, Punctuation, Digit, Lower, Upper, Letter, Hangul, Hiragana, Katakana, Han };

CharClass char_class(char32_t c);
bool is_space(char32_t c);
bool is_word(char32_t c);           // a letter or digit of any script
bool is_cased(char32_t c);          // of a script with upper and lower case
bool is_cjk(char32_t c);            // Hangul, kana or Han
bool is_opening(char32_t c);        // bracket or quote; straight quotes are both
bool is_closing(char32_t c);        //
bool is_bracket_open(char32_t c);   // round, square and the like, no quotes
bool is_bracket_close(char32_t c);  //

// The closing partner of an opening quote that can hold a title (“ ‘ " ' 「 『 《 〈 < 【 ″), or 0.
char32_t closing_quote(char32_t opening);

// Lower case, narrow, without Latin marks.
char32_t fold(char32_t c);

// Folded, with straight quotes, plain spaces and single hyphens: for looking phrases up.
std::u32string fold_line(std::u32string_view text);
std::string fold_line(std::string_view utf8);

// Folded letters and digits only: what stays the same when a name is spaced or hyphenated otherwise.
std::u32string compact(std::u32string_view text);
std::u32string compact(std::string_view utf8);

// Without spaces, zero-width and control characters at both ends; runs of spaces inside become one.
std::string clean_text(std::string_view utf8);
std::u32string trimmed(std::u32string_view text);

// Cells on a terminal: wide characters count two.
std::size_t columns(std::u32string_view text);

// The place of the first byte that is not UTF-8 (or is U+0000).
std::optional<std::size_t> find_non_text(std::string_view bytes);

}  // namespace nunmul
