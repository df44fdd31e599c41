// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/snapshot_copy.h"

#include "base/error.h"
#include "base/files.h"
#include "engine/catalog_store.h"
#include "engine/data_folder.h"
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
    if (entry.is_directory())
      fs::create_directories(target);
    else if (fs::create_hard_link(entry.path(), target, cannot_link); cannot_link)
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

// `nunmul index` may have published in an index after its files were copied, or made one: the copy of the
// store must not ask for more than lies beside it.
void fit_to_copies(const fs::path& folder) {
  Sqlite db(folder / "store.db");
  for (const IndexRow& row : read_index_rows(db))
    db.prepare("UPDATE indexes SET documents_version=min(documents_version, ?2) WHERE number=?1")
        .bind(1, row.number)
        .bind(2, read_store_state(index_folder(folder, row) / kDocumentStoreFile).version)
        .run();
}

void end_task_in_copy(const fs::path& store_file, std::uint64_t task) {
  Sqlite db(store_file);
  db.prepare("UPDATE tasks SET status='succeeded', finished=?2 WHERE uid=?1")
      .bind(1, task)
      .bind(2, micros_of(now()))
      .run();
  db.run("DROP TABLE IF EXISTS copies");  // they lie in the other data folder
}

}  // namespace

void write_snapshot(const fs::path& folder, CatalogStore& store, std::uint64_t task,
                    const std::function<std::unique_ptr<IndexWriter>(const IndexRow&)>& hold) {
  const fs::path aside = folder.string() + ".tmp";
  try {
    fs::remove_all(aside);
    fs::create_directories(aside / "indexes");
    for (const IndexRow& row : store.indexes()) {
      const std::unique_ptr<IndexWriter> held = hold(row);
      require_documents(index_folder(store.data_dir(), row), row.documents_version);
      copy_index(index_folder(store.data_dir(), row), index_folder(aside, row));
    }
    store.read([&](Sqlite& db) { db.copy_to(aside / "store.db"); });
    fit_to_copies(aside);
    end_task_in_copy(aside / "store.db", task);
    link_tree(store.data_dir() / "payloads", aside / "payloads");
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
