// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/dump_import.h"

#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "engine/catalog_store.h"
#include "engine/document_fields.h"
#include "engine/dump_entry.h"
#include "engine/dump_lines.h"
#include "engine/index_changes.h"
#include "engine/task_rows.h"
#include "engine/webhook_rules.h"
#include "index/document_store.h"
#include "index/index.h"

namespace nunmul {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOpenImport = "dump_import";  // in `meta`: the name of the folder aside

// An index that is being built aside.
class DumpedIndexWriter {
 public:
  DumpedIndexWriter(IndexRow row, const fs::path& folder, std::shared_ptr<const LanguageResources> resources)
      : row_(std::move(row)), index_(folder, std::move(resources)), writer_(index_, "dump import") {
    writer_.documents().begin();
  }

  void put(const DumpedDocument& dumped) {
    if (!row_.primary_key) refuse_dump("The index `" + row_.uid + "` has documents but no primary key.");
    const CheckedDocument document = read_document(dumped.json, *row_.primary_key);
    writer_.documents().put(document.id, document.json, dumped.origin);
  }

  void remember_deletion(const std::string& id) { writer_.documents().remember_deletion(id); }

  void finish() {
    BuildOptions options;
    options.origin = "dump";
    const CandidateGeneration candidate = writer_.build(row_.settings, options);
    writer_.commit_and_publish(&candidate);
  }

 private:
  IndexRow row_;
  Index index_;
  IndexWriter writer_;
};

// Takes a dump's entries in their order. Everything is part of the transaction or stands in the folder aside.
class DumpImport {
 public:
  DumpImport(Sqlite& db, fs::path aside, std::shared_ptr<const LanguageResources> resources)
      : db_(db), aside_(std::move(aside)), resources_(std::move(resources)) {}

  void take(const DumpEntry& entry) {
    if (has_ended_) refuse_dump("There is more behind the end of the dump.");
    if (std::exchange(has_begun_, true) == std::holds_alternative<DumpHead>(entry))
      refuse_dump(std::holds_alternative<DumpHead>(entry)
                      ? "The dump begins twice."
                      : "This is no dump: it has no first line that says so.");
    std::visit([this](const auto& each) { add(each); }, entry);
  }

  void finish() const {
    if (!has_ended_) refuse_dump("The dump is not whole: its end is missing.");
  }

 private:
  Sqlite& db_;
  const fs::path aside_;
  const std::shared_ptr<const LanguageResources> resources_;
  bool has_begun_ = false;
  bool has_ended_ = false;
  std::uint64_t documents_ = 0;
  std::set<std::string> keys_;  // uids
  std::unique_ptr<DumpedIndexWriter> index_;

  void add(const DumpHead&) {}

  void add(const ApiKey& key) {
    if (keys_.empty()) remove_default_keys(db_);
    if (!keys_.insert(key.uid).second) refuse_dump("The dump has two keys with the uid `" + key.uid + "`.");
    write_key_row(db_, key);
  }

  void add(const DumpedFeatures& features) { set_meta(db_, "features", dump_json(features.flags)); }

  void add(const Webhook& webhook) {
    if (webhook.owner && !keys_.contains(*webhook.owner))
      refuse_dump("The webhook belongs to the key `" + *webhook.owner + "`, which does not stand before it.");
    const std::vector<Webhook> others = read_webhook_rows(db_);
    for (const Webhook& other : others)
      if (other.uuid == webhook.uuid)
        refuse_dump("There are two webhooks with the uuid `" + webhook.uuid + "`.");
    if (others.size() >= kMaxWebhooks)
      refuse_dump("There are more than " + std::to_string(kMaxWebhooks) + " webhooks.");
    write_webhook_row(db_, webhook);
  }

  void add(const DumpedIndex& dumped) {
    finish_index();
    if (find_index_row(db_, dumped.uid))
      refuse_dump("The dump has two indexes with the uid `" + dumped.uid + "`.");
    const IndexRow row = insert_index_row(db_, dumped.uid, dumped.primary_key, dumped.settings);
    db_.prepare("UPDATE indexes SET created=?2, updated=?3 WHERE number=?1")
        .bind(1, row.number)
        .bind(2, micros_of(dumped.created_at))
        .bind(3, micros_of(dumped.updated_at))
        .run();
    index_ = std::make_unique<DumpedIndexWriter>(row, aside_ / std::to_string(row.number), resources_);
  }

  void add(const DumpedDocument& document) {
    if (!index_) refuse_dump("The document belongs to no index.");
    index_->put(document);
    ++documents_;
  }

  void add(const DumpedDeletion& deletion) {
    if (!index_) refuse_dump("The deletion belongs to no index.");
    index_->remember_deletion(deletion.id);
  }

  void add(const DumpEnd& end) {
    if (end.documents != documents_)
      refuse_dump("The dump is not whole: it says that it has " + std::to_string(end.documents) +
                  " documents, and " + std::to_string(documents_) + " were found.");
    finish_index();
    has_ended_ = true;
  }

  void finish_index() {
    if (index_) index_->finish();
    index_.reset();
  }
};

// Names the fault of the dump with its place; a full disk is not the dump's fault.
[[noreturn]] void rethrow_at(const std::string& place, const Error& error) {
  if (is_disk_error(error.code()) || error.code() == ErrorCode::Internal)
    throw Error(error.code(), error.what());
  throw Error(ErrorCode::InvalidInput, place + ": " + error.what());
}

void read_lines(const fs::path& file, DumpImport& import) {
  DumpLines lines(file);
  try {
    while (const auto line = lines.next()) import.take(read_dump_entry(*line));
    import.finish();
  } catch (const Error& error) {
    rethrow_at(file.string() + ":" + std::to_string(lines.number()), error);
  }
}

void require_empty(const CatalogStore& store, const fs::path& file) {
  TaskFilter waiting;
  waiting.statuses = {TaskStatus::Enqueued, TaskStatus::Processing};
  const bool is_idle = store.read([&](Sqlite& db) { return count_tasks(db, condition_of(waiting)) == 0; });
  if (store.indexes().empty() && is_idle) return;
  refuse_dump("The dump " + file.string() + " is read into an empty data folder only; " +
              store.data_dir().string() + " has " + (is_idle ? "indexes" : "waiting tasks") + ".");
}

std::optional<std::string> open_import(const CatalogStore& store) {
  return store.read([](Sqlite& db) { return find_meta(db, kOpenImport); });
}

void move_index(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (!fs::exists(from)) return;
  fs::rename(from, to, error);
  if (error) throw_errno(error.value(), "move " + from.string() + " to " + to.string());
}

}  // namespace

void settle_import(CatalogStore& store) {
  const auto name = open_import(store);
  if (!name) return;
  const fs::path aside = store.data_dir() / *name;
  for (const IndexRow& row : store.indexes())
    move_index(aside / std::to_string(row.number), index_folder(store.data_dir(), row));
  sync_folder(store.data_dir() / "indexes");
  fs::remove_all(aside);
  sync_folder(store.data_dir());
  store.write([](Sqlite& db) { db.prepare("DELETE FROM meta WHERE name=?1").bind(1, kOpenImport).run(); });
}

void require_no_import(Sqlite& db, const fs::path& data_dir) {
  if (!find_meta(db, kOpenImport)) return;
  refuse_dump("A dump is being read into " + data_dir.string() +
              ", or was when it broke off; the next start of `nunmul serve` on that folder ends it.");
}

void import_dump(const fs::path& file, CatalogStore& store,
                 const std::shared_ptr<const LanguageResources>& resources) {
  require_empty(store, file);
  const std::string name = "dump-import-" + random_uuid();
  store.write([&](Sqlite& db) { set_meta(db, kOpenImport, name); });
  try {
    fs::create_directory(store.data_dir() / name);
    store.write([&](Sqlite& db) {
      DumpImport import(db, store.data_dir() / name, resources);
      read_lines(file, import);
      sync_folder(store.data_dir() / name);
      sync_folder(store.data_dir());
    });
  } catch (...) {
    try {
      settle_import(store);
    } catch (const std::exception&) {
      // The next start does it; what broke the import off matters more.
    }
    throw;
  }
  settle_import(store);
}

}  // namespace nunmul
