// SPDX-License-Identifier: GPL-2.0-or-later
// What the pages say, in English, Korean and Japanese.
#pragma once

#include <string>
#include <string_view>

namespace nunmul {

struct PageTexts {
  std::string_view language;  // "ko"
  std::string_view search, tagline, placeholder, results, none, none_hint, kind, artist, themes, source, sort, best, newest, oldest,
      by_title, all, previous, next, similar, names, back, listed_in, try_api, needs_key, empty, empty_hint, song, film, drama, other;
};

// By Accept-Language, the most wanted first; English if none of them is spoken here.
const PageTexts& page_texts(std::string_view accept_language);

// "song" in the page's language; a kind that is not known stays as it is.
std::string_view kind_text(const PageTexts& texts, std::string_view kind);

}  // namespace nunmul
