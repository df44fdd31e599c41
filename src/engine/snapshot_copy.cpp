// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/snapshot_copy.h"

#include <algorithm>
#include <map>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "engine/catalog_store.h"
#include "engine/data_folder.h"
#include "engine/query_log.h"
#include "engine/store_fit.h"
#include "engine/task_rows.h"
#include "index/index.h"
#include "index/index_check.h"

namespace nunmul {
namespace {

namespace fs = std::filesystem;

// Files that never change are linked; another file system needs a copy.
void link_tree(const fs::path& from, const fs::path& to) {
  std::error_code missing;
  if (!fs::exists(from, missing)) return;
  fs::create_directories(to);
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    const fs::path target = to / fs::relative(entry.path(), from);
    std::error_code cannot_link;
    if (entry.is_directory()) {
      fs::create_directories(target);
      continue;
    }
    fs::create_hard_link(entry.path(), target, cannot_link);
    if (!cannot_link || !fs::exists(entry.path()))
      continue;  // the payload of a task that was canceled just now
    fs::copy_file(entry.path(), target);
  }
}

void copy_index(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  if (fs::exists(from / kDocumentStoreFile))
    Sqlite(from / kDocumentStoreFile).copy_to(to / kDocumentStoreFile);
  for (const char* name : {"CURRENT", "index.json"})
    if (fs::exists(from / name)) fs::copy_file(from / name, to / name);
  link_tree(from / "generations", to / "generations");
  link_tree(from / "segments", to / "segments");
}

// Copies the store with every index in it held, in the order of their names: whoever holds several takes them
// in this order, so that nobody waits for one who waits for him. If one is made meanwhile, all begins anew.
std::vector<IndexRow> copy_store(const fs::path& copy, const CatalogStore& store, const HoldIndex& hold,
                                 std::map<std::uint64_t, std::shared_ptr<void>>& held) {
  std::vector<IndexRow> rows = store.indexes();
  for (bool are_held = false; !are_held;) {
    held.clear();
    for (const IndexRow& row : rows) held.emplace(row.number, hold(row));
    fs::remove(copy);
    store.read([&](Sqlite& db) { db.copy_to(copy); });
    Sqlite db(copy);
    rows = read_index_rows(db);
    are_held =
        std::all_of(rows.begin(), rows.end(), [&](const IndexRow& row) { return held.contains(row.number); });
  }
  return rows;
}

void end_task_in_copy(const fs::path& store_file, std::optional<std::uint64_t> task) {
  Sqlite db(store_file);
  if (task)
    db.prepare("UPDATE tasks SET status='succeeded', finished=?2 WHERE uid=?1")
        .bind(1, *task)
        .bind(2, micros_of(now()))
        .run();
  db.run("DROP TABLE IF EXISTS copies");  // they lie in the other data folder
}

}  // namespace

void write_snapshot(const fs::path& folder, CatalogStore& store, std::optional<std::uint64_t> task,
                    const HoldIndex& hold) {
  const fs::path aside = folder.string() + ".tmp";
  try {
    fs::remove_all(aside);
    fs::create_directories(aside / "indexes");
    std::map<std::uint64_t, std::shared_ptr<void>> held;  // by the number of the index
    for (const IndexRow& row : copy_store(aside / "store.db", store, hold, held)) {
      require_documents(index_folder(store.data_dir(), row), row.documents_version);
      copy_index(index_folder(store.data_dir(), row), index_folder(aside, row));
    }
    end_task_in_copy(aside / "store.db", task);
    if (fs::exists(query_log_file(store.data_dir())))
      Sqlite(query_log_file(store.data_dir())).copy_to(query_log_file(aside));
    link_tree(store.data_dir() / "payloads", aside / "payloads");
    held.clear();
    write_data_folder_mark(aside);
    sync_tree(aside);
    fs::rename(aside, folder);
    sync_folder(folder.parent_path());
  } catch (const fs::filesystem_error& error) {
    fs::remove_all(aside);
    throw_errno(error.code().value(), "write the snapshot " + folder.string());
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(aside, ignored);
    throw;
  }
}

}  // namespace nunmul
