// SPDX-License-Identifier: GPL-2.0-or-later
// Names of an entry's fields in tables and documents of other makers: "Song Title", 가수, 順位.
// They are looked at only where an entry has no "title": who writes one knows our names, and any other field
// is theirs.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "import/words/word_lists.h"

namespace nunmul {

// A row of the word lists, which must outlive it.
struct FieldName {
  // "title", "artist", "rank", "year", "kind", "section", "description"; "" if unknown.
  std::string_view field;
  // The kind of entries that have such a field, where the name says it (曲名, 영화 제목); else "".
  std::string_view kind;
};

// Compares without case, spaces and punctuation.
FieldName find_field_name(const WordLists& words, std::string_view name);

// The same fields under our names, in their order, with the kind that their names speak for. A name of ours
// that is there already keeps its value, and the other field its name; nothing changes where there is a title
// or none of the fields can be one.
Json with_our_names(const WordLists& words, Json fields);

}  // namespace nunmul
