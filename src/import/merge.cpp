// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/merge.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "import/words/characters.h"
#include "import/words/name_forms.h"

namespace nunmul {
namespace {

std::vector<std::string> keys_of(const Entry& entry) {
  if (!entry.id.empty()) return {"id\n" + entry.id};
  std::vector<std::string> keys;
  for (const auto& title : base_variants(to_utf32(entry.title))) {
    if (title.empty()) continue;
    for (const auto& artist : base_variants(to_utf32(entry.artist)))
      keys.push_back(entry.kind + '\n' + to_utf8(title) + '\n' + to_utf8(artist));
  }
  return keys;
}

bool years_contradict(const Entry& one, const Entry& two) {
  const auto a = one.extra.find("year");
  const auto b = two.extra.find("year");
  return a != one.extra.end() && b != two.extra.end() && *a != *b;
}

void add_source(Entry& entry, const std::string& source) {
  if (entry.sources.empty()) entry.sources.push_back(entry.source);
  if (std::find(entry.sources.begin(), entry.sources.end(), source) == entry.sources.end())
    entry.sources.push_back(source);
}

void merge_into(Entry& first, Entry& other) {
  add_source(first, other.source);
  if (columns(to_utf32(other.description)) > columns(to_utf32(first.description)))
    first.description = other.description;
  if (first.artist.empty()) first.artist = other.artist;
  if (!first.rank) first.rank = other.rank;
  first.doubtful = first.doubtful && other.doubtful;
  for (const auto& [name, value] : other.extra.items()) {
    if (!first.extra.contains(name)) first.extra[name] = value;
  }
}

}  // namespace

std::vector<Entry> merge_entries(std::vector<Entry> entries) {
  std::vector<Entry> merged;
  std::unordered_map<std::string, std::size_t> places;
  for (Entry& entry : entries) {
    const std::vector<std::string> keys = keys_of(entry);
    std::size_t place = merged.size();
    for (const std::string& key : keys) {
      const auto found = places.find(key);
      if (found != places.end() && !years_contradict(merged[found->second], entry))
        place = std::min(place, found->second);
    }
    if (place < merged.size())
      merge_into(merged[place], entry);
    else
      merged.push_back(std::move(entry));
    for (const std::string& key : keys) places.emplace(key, place);
  }
  return merged;
}

}  // namespace nunmul
