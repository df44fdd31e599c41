// SPDX-License-Identifier: GPL-2.0-or-later
// The form in which filters, facets and sorts compare strings: trimmed, compatibility-decomposed and
// lower-case. Diacritics count, unlike in the words of a search.
#pragma once

#include <string>
#include <string_view>

namespace nunmul {

// Linear in the length, whatever the text. Invalid UTF-8 becomes U+FFFD. The form of a form is itself.
std::string compare_form(std::string_view text);

// Whether a code point stands by itself in a compare form, and is not the mark, vowel or final
// consonant of the character before it: a part of a text ends only before such a one.
bool begins_character(char32_t code);

// Whether a bare word of a filter may hold it: a letter, digit or mark of any script, or one of _ - .
bool is_filter_word_char(char32_t code);

}  // namespace nunmul
