// SPDX-License-Identifier: GPL-2.0-or-later
// An index in a folder of its own for one test, with the language resources of the tree.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "index/index.h"
#include "index/snapshot.h"
#include "search/searcher.h"
#include "support/temp_dir.h"
#include "text/language_resources.h"

namespace nunmul {

// Loaded once a program.
inline const std::shared_ptr<const LanguageResources>& tree_resources() {
  static const auto resources =
      LanguageResources::load(std::filesystem::path(NUNMUL_SOURCE_DIR) / "index" / "languages");
  return resources;
}

class TestIndex {
 public:
  explicit TestIndex(std::shared_ptr<const LanguageResources> resources = tree_resources())
      : index_(dir_.path(), std::move(resources)) {}

  Settings settings;

  // Adds or replaces documents given as JSON texts with an `id`, erases others, and publishes.
  BuildReport update(const std::vector<std::string>& documents, const std::vector<std::string>& erased = {}) {
    IndexWriter writer(index_, "test");
    writer.documents().begin();
    for (const std::string& json : documents) {
      const Json id = parse_json(json).at("id");
      writer.documents().put(id.is_string() ? id.get<std::string>() : dump_json(id), json,
                             DocumentOrigin::Client);
    }
    for (const std::string& id : erased) writer.documents().erase(id);
    writer.documents().commit();
    const CandidateGeneration candidate = writer.build(settings);
    writer.publish(candidate);
    return candidate.report;
  }

  SearchResult search(const SearchRequest& request) const {
    return index_.generation()->read(
        [&](const Snapshot& snapshot) { return Searcher(snapshot).search(request); });
  }

  std::vector<std::string> ids(const std::string& q,
                               MatchingStrategy strategy = MatchingStrategy::Last) const {
    SearchRequest request;
    request.q = q;
    request.matching_strategy = strategy;
    std::vector<std::string> found;
    for (const Hit& hit : search(request).hits) found.push_back(hit.id);
    return found;
  }

  Index& index() { return index_; }
  const std::filesystem::path& path() const { return dir_.path(); }

 private:
  TempDir dir_;
  Index index_;
};

}  // namespace nunmul
