// SPDX-License-Identifier: GPL-2.0-or-later
// One entry as the import understood it, and its line of NDJSON. It comes from a list article, where the
// import finds the fields, or from a structured input, whose fields stay as they are.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace nunmul {

struct Entry {
  std::string id;    // only A-Z a-z 0-9 - _ where the import made it
  std::string kind;  // "song", "film", "drama", "other"; "" in structured inputs that have none
  std::string title;
  std::string artist;  // "" for films, dramas and songs without one
  std::optional<std::uint32_t> rank;
  std::string section;      // the heading the entry stood under; the article's own where there is no other
  std::string source;       // file name of the first article that lists it
  std::uint32_t line = 0;   // of the heading in that file, from 1
  std::string description;  // paragraphs joined by a newline
  std::vector<std::string> sources;  // all articles that list it, if there are several
  bool doubtful = false;             // an editor should check the split into title and artist
  Json extra = Json::object();       // further fields: "year", and what structured inputs hold besides

  // For JSON and NDJSON inputs: the document's own text, on one line, passed on unchanged. The members above
  // then only serve to tell it from others of its name: kind, title, artist and year.
  std::string raw;
};

using EntrySink = std::function<void(Entry&&)>;

// The entry as an object: id, kind, title, artist, rank, section, source, line, description, then sources,
// doubtful and the further fields. Absent members are left out.
Json to_json(const Entry& entry);

// One line of NDJSON without the newline: `raw` where there is one, else to_json.
std::string to_json_text(const Entry& entry);

}  // namespace nunmul
