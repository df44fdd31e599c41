// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/language_resources.h"

#include <algorithm>

#include "text/resource_loader.h"

namespace nunmul {

std::shared_ptr<const LanguageResources> LanguageResources::load(const ResourcePlaces& places) {
  auto resources = std::make_shared<LanguageResources>();
  ResourceLoader(*resources, places).load();
  return resources;
}

std::shared_ptr<const LanguageResources> LanguageResources::load(const std::filesystem::path& folder) {
  ResourcePlaces places;
  places.folder = folder;
  return load(places);
}

bool LanguageResources::is_stop_word(const Token& token) const {
  return stop_words_.contains(token.word) || stop_words_.contains(token.stem);
}

std::vector<std::uint32_t> LanguageResources::groups_of(std::string_view letters) const {
  std::vector<std::uint32_t> groups;
  const auto [begin, end] = groups_by_name_.equal_range(std::string(letters));
  for (auto row = begin; row != end; ++row) groups.push_back(row->second.owner);
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  return groups;
}

const std::vector<std::string>* LanguageResources::aliases_of(std::string_view letters) const {
  const PhraseEntry* best = nullptr;
  const auto [begin, end] = groups_by_name_.equal_range(std::string(letters));
  for (auto row = begin; row != end; ++row) {
    const PhraseEntry& entry = row->second;
    const bool better = !best || (best->ambiguous && !entry.ambiguous) ||
                        (best->ambiguous == entry.ambiguous && entry.owner < best->owner);
    if (better) best = &entry;
  }
  return best ? &name_groups_[best->owner].names : nullptr;
}

std::vector<NameMatch> LanguageResources::find_names(std::span<const Token> tokens) const {
  std::vector<NameMatch> out;
  for (const PhraseMatch& match : name_phrases_.find(tokens)) {
    out.push_back({match.first, match.count, match.entry.owner, match.entry.ambiguous});
  }
  return out;
}

std::vector<ConceptMatch> LanguageResources::find_concepts(std::span<const Token> tokens) const {
  std::vector<ConceptMatch> out;
  for (const PhraseMatch& match : concept_phrases_.find(tokens)) {
    out.push_back({match.first, match.count, concept_ids_[match.entry.owner], match.entry.ambiguous,
                   concept_kinds_[match.entry.owner]});
  }
  return out;
}

}  // namespace nunmul
