// SPDX-License-Identifier: GPL-2.0-or-later
// Names of artists that are known beforehand: from the alias table of the languages folder, and from
// entries of the same run whose split was beyond doubt. Of films and dramas the table tells the kind.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/json.h"

namespace nunmul {

class KnownArtists {
 public:
  KnownArtists() = default;
  // Reads [{"id", "kind", "names": […], "ambiguous": […]}], where ambiguous names say little; entries of a
  // work's kind (song, film, drama) are no artists. A file that is not there is an empty table. Throws Error
  // for one that cannot be read as such.
  explicit KnownArtists(const std::filesystem::path& names_file);

  // An artist met in this run; `weight` says how sure that is.
  void learn(std::u32string_view name, double weight);

  // How much speaks for the name being an artist's: 0 for unknown names.
  double weight(std::u32string_view name) const;

  // "film" or "drama" where the table knows the title as one of them alone, else "".
  std::string_view kind_of_work(std::u32string_view title) const;

 private:
  void learn_listed(const Json& entry);
  void learn_work(std::u32string_view title, std::string_view kind);
  void learn_compact(const std::u32string& name, double weight);

  std::unordered_map<std::u32string, double> weights_;               // by compact name
  std::unordered_map<std::u32string, std::string_view> work_kinds_;  // by compact title; "" where it is both
};

}  // namespace nunmul
