// SPDX-License-Identifier: GPL-2.0-or-later
// The texts of the pages, in English, Korean and Japanese.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace nunmul {

struct PageTexts {
  std::string_view language;  // "ko"
  // The search
  std::string_view search, tagline, tagline_of_index, placeholder;  // "Search in {index}"
  std::string_view one_result, results;                             // "{n} results"
  std::string_view filters, kind, artist, themes, source, remove, more;
  std::string_view sort, best, newest, oldest, by_title;
  std::string_view pages, previous, next;
  // Nothing found
  std::string_view none, none_hint, start_here;
  std::string_view did_you_mean, other_layout, fewer_words, without_filters;  // with {q}, but for the last
  // Behind the last page
  std::string_view no_more, last_page;
  // An entry
  std::string_view similar, names, latin, back, listed_in;
  std::string_view song, film, drama, other;
  // Without documents to show
  std::string_view empty, empty_hint, empty_command, others;
  std::string_view needs_key, needs_key_hint, needs_key_owner, key, use_key, needs_script;
  std::string_view not_found, not_found_hint;
  std::string_view rebuilding, rebuilding_hint;
  std::string_view try_api, request, answer;
};

// By Accept-Language, the most wanted first; English if none of them is spoken here.
const PageTexts& page_texts(std::string_view accept_language);

// "song" in the page's language; a kind that is not known stays as it is.
std::string_view kind_text(const PageTexts& texts, std::string_view kind);

// "45 results".
std::string count_text(const PageTexts& texts, std::uint64_t count);

}  // namespace nunmul
