// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/new_index.h"

#include "engine/catalog_store.h"

namespace nunmul {
namespace {

const std::string& checked(const std::string& data_dir) {
  require_folder(data_dir);
  return data_dir;
}

}  // namespace

NewIndex::NewIndex(const DataOptions& options, const std::string& primary_key)
    : data_(checked(options.data_dir), StoreUse::Write),
      is_made_(!data_.find_index(options.index)),
      row_(data_.ensure_index(options.index, primary_key)) {}

// False where a task of a server waits for the index.
bool NewIndex::remove_row() {
  return data_.store().write([&](Sqlite& db) {
    SqliteStatement tasks =
        db.prepare("SELECT 1 FROM tasks WHERE index_uid=?1 AND status IN ('enqueued', 'processing')");
    if (tasks.bind(1, std::string_view(row_.uid)).step()) return false;
    db.prepare("DELETE FROM indexes WHERE number=?1").bind(1, row_.number).run();
    return true;
  });
}

void NewIndex::take_back() {
  if (!is_made_ || !remove_row()) return;
  std::error_code error;  // what stays is removed by the next server
  std::filesystem::remove_all(data_.folder(row_), error);
  if (!error) data_.store().write([&](Sqlite& db) { forget_removal(db, row_.number); });
}

}  // namespace nunmul
