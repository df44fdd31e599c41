// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/title/known_artists.h"

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "import/words/characters.h"
#include "import/words/name_forms.h"

namespace nunmul {
namespace {

constexpr double kListed = 5;
constexpr double kListedAmbiguous = 0.1;  // "Rain" is a word more often than the singer

bool is_work(const Json& entry) {
  const auto kind = entry.find("kind");
  if (kind == entry.end() || !kind->is_string()) return false;
  const std::string value = kind->get<std::string>();
  return value == "song" || value == "film" || value == "movie" || value == "drama" || value == "title" ||
         value == "work" || value == "album" || value == "character";
}

// Those of the array of that name; none where there is no array.
std::vector<std::string> strings_of(const Json& entry, const char* name) {
  std::vector<std::string> strings;
  const auto array = entry.find(name);
  if (array == entry.end() || !array->is_array()) return strings;
  for (const Json& value : *array)
    if (value.is_string()) strings.push_back(value.get<std::string>());
  return strings;
}

// The kind of a film or drama, else "".
std::string_view screen_kind(const Json& entry) {
  const auto kind = entry.find("kind");
  if (kind == entry.end()) return "";
  return *kind == "drama" ? "drama" : *kind == "film" || *kind == "movie" ? "film" : "";
}

}  // namespace

KnownArtists::KnownArtists(const std::filesystem::path& names_file) {
  if (names_file.empty() || !std::filesystem::exists(names_file)) return;
  const Json table = parse_json(read_file(names_file));
  const Json& list = table.is_object() && table.contains("names") ? table["names"] : table;
  if (!list.is_array())
    throw Error(ErrorCode::InvalidInput, names_file.string() + ": an array of names was expected, found " +
                                             std::string(json_type_name(list)) + ".");
  for (const Json& entry : list) learn_listed(entry);
  weights_.erase(U"");
}

void KnownArtists::learn_listed(const Json& entry) {
  if (!entry.is_object()) return;
  const bool work = is_work(entry);
  const std::vector<std::string> ambiguous = strings_of(entry, "ambiguous");
  for (const std::string& name : strings_of(entry, "names")) {
    const bool word = std::find(ambiguous.begin(), ambiguous.end(), name) != ambiguous.end();
    if (work)
      learn_work(to_utf32(name), screen_kind(entry));
    else
      learn_compact(compact(name), word ? kListedAmbiguous : kListed);
  }
}

void KnownArtists::learn(std::u32string_view name, double weight) {
  for (const std::u32string& variant : name_variants(name)) {
    if (variant.size() >= 2) learn_compact(variant, weight);
  }
}

void KnownArtists::learn_work(std::u32string_view title, std::string_view kind) {
  if (kind.empty()) return;
  const auto [known, added] = work_kinds_.emplace(compact(title), kind);
  if (!added && known->second != kind) known->second = "";
}

std::string_view KnownArtists::kind_of_work(std::u32string_view title) const {
  const auto found = work_kinds_.find(compact(title));
  return found == work_kinds_.end() ? "" : found->second;
}

void KnownArtists::learn_compact(const std::u32string& name, double weight) {
  double& known = weights_[name];
  known = std::max(known, weight);
}

double KnownArtists::weight(std::u32string_view name) const {
  double best = 0;
  for (const std::u32string& variant : name_variants(name)) {
    const auto found = weights_.find(variant);
    if (found != weights_.end()) best = std::max(best, found->second);
  }
  return best;
}

}  // namespace nunmul
