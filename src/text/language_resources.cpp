// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/language_resources.h"

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
    const Concept& meant = concepts_[match.entry.owner];
    out.push_back(
        {match.first, match.count, meant.id, match.entry.ambiguous, meant.kind, meant.praise, meant.errands});
  }
  return out;
}

}  // namespace nunmul
