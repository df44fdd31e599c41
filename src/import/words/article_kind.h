// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a page lists songs, films or dramas: by its title above all, then by the words of its entries.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/words/word_lists.h"

namespace nunmul {

// The kind that a heading is about: the first plural in English ("songs from dramas"), the last word in
// Korean and Japanese (드라마 OST 명곡). Nothing when it names none.
std::optional<std::string_view> kind_of_heading(const WordLists& words, std::string_view folded);

// "song", "film", "drama" or "other". All texts are folded.
std::string_view kind_of_page(const WordLists& words, std::string_view title,
                              const std::vector<std::string>& sections,
                              const std::vector<std::string>& paragraphs);

// Whether the heading speaks of films and dramas alike, so that it says the kind of none.
bool names_films_and_dramas(const WordLists& words, std::string_view folded);

// "film" or "drama": what the words of one entry speak of more often. Nothing when they are even.
std::optional<std::string_view> kind_of_entry(const WordLists& words,
                                              const std::vector<std::string>& folded_texts);

// A kind that the heading of one entry names in brackets: "Signal (drama, 2016)".
std::optional<std::string_view> kind_in_brackets(const WordLists& words, std::u32string_view heading);

}  // namespace nunmul
