// SPDX-License-Identifier: GPL-2.0-or-later
// DATA_DIR/store.db: everything but the documents. This process has one connection, behind a lock; other
// processes may have their own. catalog_store.cpp has the tables.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "engine/transaction.h"
#include "index/index.h"
#include "index/settings.h"
#include "index/sqlite.h"

namespace nunmul {

struct IndexRow {
  std::string uid;
  std::uint64_t number = 0;  // names its folder, DATA_DIR/indexes/NUMBER; never used again
  std::optional<std::string> primary_key;
  Time created_at;
  Time updated_at;
  Settings settings;
  std::uint64_t documents_version = 0;  // that the documents have reached at least (DocumentStore::version)
  std::uint64_t revision = 0;  // of the store when uid, primary key, created_at or settings last changed
};

// What is done with a store: reading makes and changes nothing. Only adopting goes on where the store does
// not fit the folders of indexes beside it (store_fit.h).
enum class StoreUse { Write, Read, Adopt };

class CatalogStore {
 public:
  // Makes the data folder and the file if there is none, and upgrades a store of an older schema. Throws
  // Error(InvalidInput) for a folder that is no data folder or, to read, holds no store, Error(IoError) for a
  // store of a newer schema and for one that is missing beside documents or older than them.
  explicit CatalogStore(const std::filesystem::path& data_dir, StoreUse use = StoreUse::Write);

  const std::filesystem::path& data_dir() const { return data_dir_; }

  // Runs with the connection, alone among the threads of this process.
  template <typename Read>
  auto read(Read&& reader) const {
    const std::scoped_lock lock(mutex_);
    return reader(db_);
  }
  // The same in a transaction, which is durable when this returns; an exception undoes it.
  template <typename Write>
  auto write(Write&& writer) {
    const std::scoped_lock lock(mutex_);
    const Transaction transaction(db_);
    if constexpr (std::is_void_v<decltype(writer(db_))>) {
      writer(db_);
      transaction.commit();
    } else {
      auto result = writer(db_);
      transaction.commit();
      return result;
    }
  }

  // Ordered by uid.
  std::vector<IndexRow> indexes() const;
  std::optional<IndexRow> find_index(std::string_view uid) const;
  // The row; makes it if there is none. `primary_key` and `settings` count only for a new one.
  IndexRow ensure_index(std::string_view uid, const std::optional<std::string>& primary_key = {},
                        const Settings& settings = {});
  void set_settings(std::string_view uid, const Settings& settings);
  void set_primary_key(std::string_view uid, const std::string& primary_key);
  // updatedAt is now. `documents_version` is what IndexRow says.
  void touch_index(std::string_view uid, std::uint64_t documents_version);
  // Raises documents_version without updatedAt.
  void note_documents(std::uint64_t number, std::uint64_t documents_version);

  // The flags that were ever set, as an object of booleans.
  Json features() const;
  void set_features(const Json& features);

 private:
  std::filesystem::path data_dir_;
  mutable std::mutex mutex_;
  mutable Sqlite db_;  // guarded by mutex_
};

// Parts of larger transactions; `db` is of a CatalogStore.
std::vector<IndexRow> read_index_rows(Sqlite& db);  // ordered by uid
std::optional<IndexRow> find_index_row(Sqlite& db, std::string_view uid);
IndexRow insert_index_row(Sqlite& db, std::string_view uid, const std::optional<std::string>& primary_key,
                          const Settings& settings);
std::optional<std::string> find_meta(const Sqlite& db, std::string_view name);
std::uint64_t meta_count(const Sqlite& db, std::string_view name);  // 0 where there is none
void set_meta(Sqlite& db, std::string_view name, const std::string& value);

// Numbers of deleted indexes whose folders are still to be removed. Deleting a row puts its number here in
// the same transaction; nothing else is removed from DATA_DIR/indexes.
std::vector<std::uint64_t> read_removals(Sqlite& db);
void forget_removal(Sqlite& db, std::uint64_t number);

// DATA_DIR/indexes/NUMBER.
std::filesystem::path index_folder(const std::filesystem::path& data_dir, std::uint64_t number);
std::filesystem::path index_folder(const std::filesystem::path& data_dir, const IndexRow& row);

// The facts that a folder of the index must fit.
IndexExpectation expectation_of(const IndexRow& row);

}  // namespace nunmul
