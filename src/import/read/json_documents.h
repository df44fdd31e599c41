// SPDX-License-Identifier: GPL-2.0-or-later
// Documents of JSON and NDJSON files, one at a time and as they are written, so that files of hundreds of
// megabytes pass through. Each is checked to be one JSON object and asked for its id; nothing is built.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "import/words/word_lists.h"

namespace nunmul {

struct JsonDocument {
  std::uint32_t line = 0;  // where it begins, from 1
  std::string text;        // on one line
  std::string id;          // "" where there is none
  std::string kind;        // the string fields of that name, for an id to be made of
  std::string title;       //
  std::string artist;      //
};

using DocumentSink = std::function<void(JsonDocument&&)>;
using FaultSink = std::function<void(std::uint32_t line, const std::string& message)>;

// One object a line; empty lines are passed over. A broken line is a fault, the others are read.
void read_ndjson(std::string_view text, const DocumentSink& sink, const FaultSink& fault);

// An array of objects, one object, or an object around the one list of entries of a file ("items", "songs").
void read_json(const WordLists& words, std::string_view text, const DocumentSink& sink,
               const FaultSink& fault);

}  // namespace nunmul
