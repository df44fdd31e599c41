// SPDX-License-Identifier: GPL-2.0-or-later
// The fields of rows, posts and documents as an entry.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "import/entry.h"
#include "import/read/raw_line.h"
#include "import/words/word_lists.h"

namespace nunmul {

// Takes the field "id" off; "" if there is none, or one that is neither a string nor an integer.
std::string take_id(Json& fields);

// Takes a string off; "" if the field is none.
std::string take_text(Json& fields, const char* name);

// An entry without an id. Fields that the import knows by name go to their places, the others stay. `source`
// is for entries that name none themselves.
Entry entry_of(Json fields, const std::string& source, std::uint32_t line);

// Paragraphs, without the heading that is the title anyway.
std::string text_of_lines(const std::vector<RawLine>& lines, std::string_view title);

// {"title": {"rendered": "Rain &amp; snow"}, "content": {"rendered": "<p>…</p>"}}, as the API of WordPress
// answers, as texts: {"title": "Rain & snow", "description": "…"}.
Json without_markup(const WordLists& words, Json fields);

}  // namespace nunmul
