// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/new_index.h"

#include "engine/catalog_store.h"

namespace nunmul {

NewIndex::NewIndex(const DataOptions& options, const std::string& primary_key) : folder_(options.data_dir) {
  require_folder(options.data_dir);
  std::error_code ignored;
  made_folder_ = !std::filesystem::exists(folder_, ignored);
  made_store_ = !std::filesystem::exists(folder_ / "store.db", ignored);
  data_ = std::make_unique<DataDir>(folder_, DataDir::Missing::Create);
  made_index_ = !data_->find_index(options.index);
  row_ = data_->ensure_index(options.index, primary_key);
}

// False where a task of a server waits for the index.
bool NewIndex::remove_row() {
  return data_->store().write([&](Sqlite& db) {
    SqliteStatement tasks =
        db.prepare("SELECT 1 FROM tasks WHERE index_uid=?1 AND status IN ('enqueued', 'processing')");
    if (tasks.bind(1, std::string_view(row_.uid)).step()) return false;
    db.prepare("DELETE FROM indexes WHERE number=?1").bind(1, row_.number).run();
    return true;
  });
}

void NewIndex::take_back() {
  if (!made_index_ || !remove_row()) return;
  std::error_code ignored;
  const bool is_served = data_->server().has_value();
  std::filesystem::remove_all(data_->folder(row_), ignored);
  data_.reset();
  if (!made_store_ || is_served) return;
  for (const char* name : {"store.db", "store.db-wal", "store.db-shm", "server.lock"})
    std::filesystem::remove(folder_ / name, ignored);
  std::filesystem::remove(folder_ / "indexes", ignored);  // only if it is empty
  if (made_folder_) std::filesystem::remove(folder_, ignored);
}

}  // namespace nunmul
