// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/adoption.h"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "engine/catalog_store.h"
#include "engine/document_fields.h"
#include "engine/dump_import.h"
#include "engine/store_fit.h"
#include "engine/task_rows.h"
#include "index/document_recovery.h"
#include "index/generation_loader.h"
#include "index/index_check.h"

namespace nunmul {
namespace {

namespace fs = std::filesystem;

constexpr int kLookedAt = 100;  // documents, for the field that identifies them

FileLock lock_out_servers(const fs::path& data_dir) {
  const fs::path path = data_dir / "server.lock";
  auto lock = FileLock::try_lock(path, "pid " + std::to_string(::getpid()) + " nunmul check --adopt");
  if (lock) return std::move(*lock);
  throw Error(ErrorCode::InvalidInput, "The data folder " + data_dir.string() + " is served by " +
                                           FileLock::holder(path) + "; stop it first.");
}

bool identifies(const std::string& field, std::string_view json, std::string_view id) {
  try {
    return read_document_id(json, field) == id;
  } catch (const Error&) {
    return false;
  }
}

// The field whose value is the identifier in each of the first documents; one named id is preferred.
std::optional<std::string> guess_primary_key(const fs::path& documents) {
  const Sqlite db(documents, SqliteAccess::Read);
  SqliteStatement rows = db.prepare("SELECT id, json FROM documents ORDER BY ordinal LIMIT ?1");
  rows.bind(1, kLookedAt);
  std::optional<std::vector<std::string>> fields;
  while (rows.step()) {
    if (!fields) {
      fields.emplace();
      for (const DocumentField& field : split_document(rows.text(1))) fields->push_back(field.name);
    }
    std::erase_if(*fields, [&](const auto& field) { return !identifies(field, rows.text(1), rows.text(0)); });
  }
  if (!fields || fields->empty()) return std::nullopt;
  const auto named = std::find(fields->begin(), fields->end(), "id");
  return named == fields->end() ? fields->front() : *named;
}

std::string settings_of_newest_generation(const fs::path& folder) {
  std::vector<std::string> names = manifest_names(folder);
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    try {
      return read_manifest(folder, *name).settings;
    } catch (const Error&) {
      continue;  // the one before it may be whole
    }
  }
  return serialize_settings(Settings{});
}

// The record of an index as its folder has it.
IndexRecord guess_record(const fs::path& folder, std::uint64_t number) {
  IndexRecord record;
  record.uid = "recovered-" + std::to_string(number);
  record.primary_key = guess_primary_key(folder / kDocumentStoreFile);
  record.created_at = now();
  record.settings = settings_of_newest_generation(folder);
  return record;
}

class Adoption {
 public:
  explicit Adoption(const fs::path& data_dir)
      : data_dir_(data_dir), lock_(lock_out_servers(data_dir)), store_(data_dir, StoreUse::Adopt) {}

  std::vector<std::string> run() {
    store_.read([&](Sqlite& db) { require_no_import(db, data_dir_); });
    for (const FoundIndex& found : find_indexes(data_dir_)) recover(found);
    for (const IndexRow& row : store_.indexes()) recover(row);
    found_ = find_indexes(data_dir_);
    const bool fits = store_.read([&](Sqlite& db) { return contradictions(db, data_dir_, found_).empty(); });
    if (!fits) store_.write([&](Sqlite& db) { adopt_all(db); });
    return std::move(done_);
  }

 private:
  const fs::path& data_dir_;
  const FileLock lock_;
  CatalogStore store_;
  std::vector<FoundIndex> found_;
  std::vector<std::string> done_;

  // ---- Documents that are missing where there are generations of them.

  void recover(const FoundIndex& found) {
    if (!found.problem.empty())
      throw Error(ErrorCode::IoError, found.problem + " Move the file away, and what is named " +
                                          "documents.db-wal and documents.db-shm beside it, and try again.");
    recover(found.number, 0);
  }

  void recover(const IndexRow& row) {
    if (recover(row.number, row.documents_version)) return;
    store_.write([&](Sqlite& db) {
      db.prepare("UPDATE indexes SET documents_version=0 WHERE number=?1").bind(1, row.number).run();
    });
    done_.push_back("Index `" + row.uid + "`: no documents were found in indexes/" +
                    std::to_string(row.number) + ", and no generation that holds them; it is empty now.");
  }

  // False where there is nothing to take them from.
  bool recover(std::uint64_t number, std::uint64_t least_version) {
    const fs::path folder = index_folder(data_dir_, number);
    try {
      require_documents(folder, least_version);
      return true;
    } catch (const Error&) {
      const auto recovered = fs::exists(folder) ? recover_documents(folder) : std::nullopt;
      if (recovered)
        done_.push_back("indexes/" + std::to_string(number) + ": " + std::to_string(recovered->documents) +
                        " documents were taken from the generation " + recovered->generation +
                        ". What clients had deleted of files is not known any more: the next `nunmul index` "
                        "brings it back.");
      return recovered && read_store_state(folder / kDocumentStoreFile).version >= least_version;
    }
  }

  // ---- Rows.

  struct Claim {
    const FoundIndex* found = nullptr;
    IndexRecord record;
    bool is_new = false;
  };

  void adopt_all(Sqlite& db) {
    std::vector<Claim> claims;
    const std::vector<std::uint64_t> removed = read_removals(db);
    for (const FoundIndex& found : found_)
      if (std::find(removed.begin(), removed.end(), found.number) == removed.end())
        if (auto claim = claim_of(db, found)) claims.push_back(std::move(*claim));
    settle_names(db, claims);
    for (const Claim& claim : claims) write_row(db, claim);
    raise_counters(db);
  }

  // Nothing where the row is right as it is.
  std::optional<Claim> claim_of(Sqlite& db, const FoundIndex& found) const {
    for (const IndexRow& row : read_index_rows(db)) {
      if (row.number != found.number) continue;
      if (!found.record || found.record->revision < row.revision || says_the_same(*found.record, row))
        return std::nullopt;
      return Claim{&found, *found.record, false};
    }
    const fs::path folder = index_folder(data_dir_, found.number);
    return Claim{&found, found.record ? *found.record : guess_record(folder, found.number), true};
  }

  // Where two folders want one name, the one that had it last gets it.
  static void settle_names(Sqlite& db, std::vector<Claim>& claims) {
    std::sort(claims.begin(), claims.end(),
              [](const Claim& a, const Claim& b) { return a.record.revision > b.record.revision; });
    std::set<std::uint64_t> numbers;
    for (const Claim& claim : claims) numbers.insert(claim.found->number);
    std::set<std::string> taken;
    for (const IndexRow& row : read_index_rows(db))
      if (!numbers.contains(row.number)) taken.insert(row.uid);
    for (Claim& claim : claims)
      while (!taken.insert(claim.record.uid).second)
        claim.record.uid =
            "recovered-" + std::to_string(claim.found->number) +
            (claim.record.uid.starts_with("recovered-") ? "-" + random_uuid().substr(0, 8) : "");
    for (const Claim& claim : claims)  // no uid looks like this; so names can be exchanged
      db.prepare("UPDATE indexes SET uid='*' || number WHERE number=?1").bind(1, claim.found->number).run();
  }

  void write_row(Sqlite& db, const Claim& claim) {
    const IndexRecord& record = claim.record;
    db.prepare(
          "INSERT INTO indexes (number, uid, primary_key, created, updated, settings, documents_version)"
          " VALUES (?1,?2,?3,?4,?5,?6,?7) ON CONFLICT (number) DO UPDATE SET uid=?2, primary_key=?3, "
          "created=?4,"
          " updated=?5, settings=?6")
        .bind(1, claim.found->number)
        .bind(2, std::string_view(record.uid))
        .bind(3, record.primary_key)
        .bind(4, micros_of(record.created_at))
        .bind(5, micros_of(now()))
        .bind(6, std::string_view(record.settings))
        .bind(7, claim.found->documents.version)
        .run();
    done_.push_back("indexes/" + std::to_string(claim.found->number) + ": " +
                    std::to_string(claim.found->documents.documents) + " documents are index `" + record.uid +
                    "`" + (claim.is_new ? " again." : ", as the folder says."));
  }

  // Above all that the folders have seen, so that nothing is taken for something older again.
  void raise_counters(Sqlite& db) {
    std::uint64_t revision = 0, next_task = 0;
    for (const FoundIndex& found : found_) {
      if (found.record) revision = std::max(revision, found.record->revision);
      if (found.documents.last_task) next_task = std::max(next_task, *found.documents.last_task + 1);
    }
    raise(db, "revision", revision + 1);
    raise(db, "next_task", next_task);
    db.run("UPDATE indexes SET revision=(SELECT value FROM meta WHERE name='revision')");
    done_.push_back("store.db goes on from there: tasks from number " +
                    std::to_string(meta_count(db, "next_task")) + ".");
  }

  static void raise(Sqlite& db, std::string_view name, std::uint64_t least) {
    db.prepare("UPDATE meta SET value=max(CAST(value AS INTEGER), ?2) WHERE name=?1")
        .bind(1, name)
        .bind(2, least)
        .run();
  }
};

}  // namespace

std::vector<std::string> adopt_indexes(const fs::path& data_dir) { return Adoption(data_dir).run(); }

}  // namespace nunmul
