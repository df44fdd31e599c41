// SPDX-License-Identifier: GPL-2.0-or-later
// Documents of JSON and NDJSON files, one at a time and as they are written, so that files of hundreds of
// megabytes pass through. Each is checked to be one JSON object and asked for its id; nothing is built.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "import/entry.h"
#include "import/words/word_lists.h"

namespace nunmul {

// With `raw`, `line` and what the outermost object says under the names of an entry: id, kind, title, artist
// and year, where they are strings or, for id and year, integers. `extra` has what says whether it is
// published, too (words/publication.h).
using DocumentSink = std::function<void(Entry&&)>;
using FaultSink = std::function<void(std::uint32_t line, const std::string& message)>;

// One object a line; empty lines are passed over. A broken line is a fault, the others are read.
void read_ndjson(std::string_view text, const DocumentSink& sink, const FaultSink& fault);

// An array of objects, one object, or an object around a list of entries ("items", "songs"). Which of several
// lists is meant says `list`: its name, or with those of the objects around it, "data.songs"; "" is the only
// one. Several arrays and objects one after another, as tools such as jq write them, are all read.
void read_json(const WordLists& words, std::string_view text, std::string_view list, const DocumentSink& sink,
               const FaultSink& fault);

}  // namespace nunmul
