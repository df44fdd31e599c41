// SPDX-License-Identifier: GPL-2.0-or-later
// The fields above a text of Markdown, as site generators and note programs write them: YAML between "---",
// TOML between "+++", an object of JSON, or the properties that Notion exports below the title.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/json.h"
#include "import/words/word_lists.h"

namespace nunmul {

struct FrontMatter {
  Json fields;                  // in their order
  std::string_view body;        // the text below
  std::uint32_t body_line = 1;  // where that begins in the file
};

// Nothing when there is none. Throws Error(InvalidInput) whose message begins with "line N: " for fields that
// are broken.
std::optional<FrontMatter> read_front_matter(const WordLists& words, std::string_view text);

}  // namespace nunmul
