// SPDX-License-Identifier: GPL-2.0-or-later
// All indexes of a process: which there are, their open generations, and what another process
// (`nunmul index`) made or published meanwhile.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "engine/catalog_store.h"
#include "index/index.h"

namespace nunmul {

// One index of the catalog as it stood when it was looked up.
struct CatalogEntry {
  IndexRow row;  // uid, primary key, times, settings
  std::shared_ptr<Index> index;
};

struct IndexStats {
  std::uint64_t documents = 0;
  std::uint64_t raw_bytes = 0;      // rawDocumentDbSize
  std::uint64_t average_bytes = 0;  // avgDocumentSize
  std::uint64_t used_bytes = 0;     // usedIndexSize: the documents and the generation that is served …
  std::uint64_t index_bytes = 0;    // indexSize: … with the log of the latest writes
  std::map<std::string, std::uint64_t> field_distribution;
};

using LoadResources = std::function<std::shared_ptr<const LanguageResources>()>;

// Safe from many threads. Entries are immutable; hold one for as long as a request runs.
class Catalog {
 public:
  // Opens every index of the store, and removes the folders of deleted ones that are left. `store` outlives
  // this. Throws Error(IoError) that names an index whose documents are missing or cannot be read.
  // `load_resources` loads them anew, as they are now, or null if they cannot be read; it is asked when
  // another process has published a generation that was built with others. Without it an index keeps those it
  // has.
  Catalog(CatalogStore& store, std::filesystem::path data_dir,
          std::shared_ptr<const LanguageResources> resources, LoadResources load_resources = nullptr);
  ~Catalog();

  // Null if there is none.
  std::shared_ptr<const CatalogEntry> find(std::string_view uid) const;
  // Throws Error(IndexNotFound).
  std::shared_ptr<const CatalogEntry> at(std::string_view uid) const;
  // Ordered by uid.
  std::vector<std::shared_ptr<const CatalogEntry>> list() const;
  // Indexes that are not searched until they have been built anew.
  std::size_t count_rebuilding() const;

  IndexStats stats(const CatalogEntry& entry) const;
  // Bytes of everything in the data folder, and of those the part that is in use.
  std::uint64_t database_size() const;

  // Takes over what the store says now and what was published; called by the watcher, and by the
  // worker where it needs the newest state.
  void refresh();
  // The same from within an open transaction of the store, so that nobody sees a task as finished
  // before its index is as the task left it. After a transaction that failed, refresh() undoes it.
  void refresh_within(Sqlite& db);

  // Those of the start; those of an index are in its generation.
  const std::shared_ptr<const LanguageResources>& resources() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// {"uid","createdAt","updatedAt","primaryKey"}.
Json to_json(const IndexRow& row);

}  // namespace nunmul
