// SPDX-License-Identifier: GPL-2.0-or-later
// A data folder for commands that do not serve: looking indexes up, and making one safely while a
// server may run on the same folder.
//   DataDir data(path, StoreUse::Write);
//   IndexRow row = data.ensure_index("entries");
//   Index index(data.folder(row), resources);
//   IndexWriter writer(index, "nunmul index");        // one lock per index
//   … documents, build(settings), data.store().set_settings(uid, settings), publish …
// The server notices new indexes and generations within a fraction of a second.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/catalog_store.h"

namespace nunmul {

class DataDir {
 public:
  DataDir(const std::filesystem::path& path, StoreUse use);

  CatalogStore& store() { return store_; }
  std::vector<IndexRow> indexes() const { return store_.indexes(); }
  std::optional<IndexRow> find_index(std::string_view uid) const { return store_.find_index(uid); }
  // Throws Error(IndexNotFound) that lists the indexes there are.
  IndexRow at(std::string_view uid) const;
  IndexRow ensure_index(std::string_view uid, const std::optional<std::string>& primary_key = {},
                        const Settings& settings = {});
  std::filesystem::path folder(const IndexRow& row) const;

 private:
  CatalogStore store_;
};

}  // namespace nunmul
