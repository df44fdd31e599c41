// SPDX-License-Identifier: GPL-2.0-or-later
// DATA_DIR/store.db: what there is besides documents. One connection of this process, behind a lock;
// other processes may have theirs. The tables stand in catalog_store.cpp.
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
};

class CatalogStore {
 public:
  // Makes the file if there is none, and upgrades one of an older schema. Throws Error(IoError) for a store
  // of a newer one.
  explicit CatalogStore(const std::filesystem::path& data_dir);

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
  void touch_index(std::string_view uid);  // updatedAt is now

  std::string instance_uid() const;

  // The flags that were ever set, as an object of booleans.
  Json features() const;
  void set_features(const Json& features);

 private:
  class Transaction {
   public:
    explicit Transaction(Sqlite& db) : db_(db) { db_.begin_writing(); }
    ~Transaction() { db_.rollback(); }
    void commit() const { db_.run("COMMIT"); }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

   private:
    Sqlite& db_;
  };

  std::filesystem::path data_dir_;
  mutable std::mutex mutex_;
  mutable Sqlite db_;  // guarded by mutex_
};

// Parts of larger transactions; `db` is of a CatalogStore.
std::vector<IndexRow> read_index_rows(Sqlite& db);  // ordered by uid
std::optional<IndexRow> find_index_row(Sqlite& db, std::string_view uid);
IndexRow insert_index_row(Sqlite& db, std::string_view uid, const std::optional<std::string>& primary_key,
                          const Settings& settings);
std::optional<std::string> find_meta(Sqlite& db, std::string_view name);
void set_meta(Sqlite& db, std::string_view name, const std::string& value);

// DATA_DIR/indexes/NUMBER.
std::filesystem::path index_folder(const std::filesystem::path& data_dir, const IndexRow& row);

}  // namespace nunmul
