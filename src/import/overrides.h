// SPDX-License-Identifier: GPL-2.0-or-later
// An editor's decisions about headings that the import splits wrongly or is not sure of. The file is
//   JSON:  {"LOVEDRUNKEpik High": {"title": "LOVEDRUNK", "artist": "Epik High"}}
//          or [{"heading": …, "title": …}]
//   CSV:   heading,title,artist,kind,skip
//          or rows of `import --report`, with or without the header:
//          heading,title,artist,kind,check,other,place
// "skip": true takes a heading out of the list. Any other field is an error.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/json.h"

namespace nunmul {

struct Override {
  std::optional<std::string> title;
  std::optional<std::string> artist;
  std::optional<std::string> kind;
  bool skip = false;
};

class Overrides {
 public:
  Overrides() = default;
  // Throws Error(InvalidInput) that names the file and what is wrong in it.
  explicit Overrides(const std::filesystem::path& file);

  // By the heading as it stands in the article; case, spaces and punctuation do not count.
  const Override* find(std::u32string_view heading) const;

 private:
  void add(const std::filesystem::path& file, const std::string& heading, const Json& object);

  std::unordered_map<std::u32string, Override> by_heading_;
};

}  // namespace nunmul
