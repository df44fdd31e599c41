// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a text reads as a sentence or as a heading.
#pragma once

#include <cstddef>
#include <string_view>

#include "import/words/word_lists.h"

namespace nunmul {

// Whether the text reads as a sentence rather than a heading.
bool is_sentence(const WordLists& words, std::u32string_view text);
bool ends_like_sentence(std::u32string_view text);
// Not "S.E.S.", "Sammy Davis Jr." or "fun.", which are names.
bool ends_in_full_stop(const WordLists& words, std::u32string_view text);
std::size_t count_words(std::u32string_view text);  // CJK characters count as half words

}  // namespace nunmul
