// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/catalog.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "base/error.h"
#include "base/log.h"

namespace nunmul {
namespace {

using namespace std::chrono_literals;
using EntryMap = std::map<std::string, std::shared_ptr<const CatalogEntry>, std::less<>>;

constexpr auto kWatchInterval = 200ms;
constexpr std::uint64_t kKeyBytes = 8;  // of a row, which are not the document's

// An index that was deleted but may still be searched: its folder goes with the last reader.
struct DoomedIndex {
  std::filesystem::path folder;
  std::shared_ptr<Index> index;
  std::weak_ptr<const Generation> generation;
};

bool same_row(const IndexRow& a, const IndexRow& b) {
  return a.uid == b.uid && a.number == b.number && a.primary_key == b.primary_key &&
         a.created_at == b.created_at && a.updated_at == b.updated_at && a.settings == b.settings;
}

std::uint64_t size_of(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  return error ? 0 : size;
}

}  // namespace

struct Catalog::Impl {
  Impl(CatalogStore& catalog_store, std::filesystem::path folder,
       std::shared_ptr<const LanguageResources> languages)
      : store(catalog_store),
        data_dir(std::move(folder)),
        resources(std::move(languages)),
        watched(data_dir / "store.db") {}

  CatalogStore& store;
  const std::filesystem::path data_dir;
  const std::shared_ptr<const LanguageResources> resources;

  mutable std::mutex mutex;
  std::shared_ptr<const EntryMap> entries = std::make_shared<EntryMap>();  // guarded by mutex

  // One reload at a time. Taken with the store's lock held, never the other way round.
  std::mutex reload_mutex;
  std::map<std::uint64_t, std::shared_ptr<Index>> opened;  // guarded by reload_mutex; for the next reload
  std::vector<DoomedIndex> doomed;                         // guarded by reload_mutex
  Sqlite watched;                     // the watcher's own connection: tells whether others have written
  std::int64_t watched_version = -1;  // of the watcher only

  std::mutex sleep_mutex;
  std::condition_variable_any sleeper;
  std::jthread watcher;  // last: stops before the rest goes

  std::shared_ptr<const EntryMap> snapshot() const {
    const std::scoped_lock lock(mutex);
    return entries;
  }

  // Null if the folder cannot be opened now; the next reload tries again.
  std::shared_ptr<Index> open(const IndexRow& row) const {
    try {
      return std::make_shared<Index>(index_folder(data_dir, row), resources);
    } catch (const Error& error) {
      log(LogLevel::Error, "index " + row.uid + " cannot be opened: " + error.what());
      return nullptr;
    }
  }

  // Opening a large index takes a while, so what another process made is opened before the store is
  // locked for the reload.
  void open_ahead() {
    std::vector<std::uint64_t> known;
    const auto entries_now = snapshot();
    for (const auto& [uid, entry] : *entries_now) known.push_back(entry->row.number);
    for (const IndexRow& row : store.indexes()) {
      if (std::find(known.begin(), known.end(), row.number) != known.end()) continue;
      auto index = open(row);
      const std::scoped_lock lock(reload_mutex);
      opened.emplace(row.number, std::move(index));
    }
  }

  void reload() {
    open_ahead();
    store.read([&](Sqlite& db) { reload_within(db); });
  }

  void reload_within(Sqlite& db) {
    const std::scoped_lock only(reload_mutex);
    const auto before = snapshot();
    std::map<std::uint64_t, std::shared_ptr<const CatalogEntry>> by_number;
    for (const auto& [uid, entry] : *before) by_number.emplace(entry->row.number, entry);
    auto after = std::make_shared<EntryMap>();
    for (const IndexRow& row : read_index_rows(db)) {
      const auto known = by_number.find(row.number);
      std::shared_ptr<const CatalogEntry> entry;
      if (known != by_number.end() && same_row(known->second->row, row)) {
        entry = known->second;
      } else {
        std::shared_ptr<Index> index =
            known != by_number.end() ? known->second->index : std::move(opened[row.number]);
        if (!index) index = open(row);
        if (index) entry = std::make_shared<const CatalogEntry>(CatalogEntry{row, std::move(index)});
      }
      by_number.erase(row.number);
      if (entry) after->emplace(row.uid, std::move(entry));
    }
    opened.clear();
    for (const auto& [number, entry] : by_number)
      doomed.push_back({entry->index->folder(), entry->index, entry->index->generation()});
    const std::scoped_lock lock(mutex);
    entries = std::move(after);
  }

  void remove_doomed() {
    const std::scoped_lock only(reload_mutex);
    std::erase_if(doomed, [](DoomedIndex& each) {
      if (each.index && each.index.use_count() == 1) each.index.reset();
      if (each.index || !each.generation.expired()) return false;
      std::error_code error;
      std::filesystem::remove_all(each.folder, error);
      return !error;
    });
  }

  void refresh_generations() const {
    const auto entries_now = snapshot();  // held: an entry may be replaced meanwhile
    for (const auto& [uid, entry] : *entries_now) entry->index->refresh();
  }

  void watch(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      try {
        const std::int64_t version = watched.data_version();
        if (std::exchange(watched_version, version) != version) reload();
        refresh_generations();
        remove_doomed();
      } catch (const std::exception& error) {
        log(LogLevel::Error, std::string("watching the data folder: ") + error.what());
      }
      std::unique_lock lock(sleep_mutex);
      sleeper.wait_for(lock, stop, kWatchInterval, [] { return false; });
    }
  }

  void remove_orphans() const {
    // A row comes before its folder, so folders are listed first.
    std::vector<std::filesystem::path> folders;
    for (const auto& folder : std::filesystem::directory_iterator(data_dir / "indexes"))
      folders.push_back(folder.path());
    std::map<std::filesystem::path, bool> named;
    for (const IndexRow& row : store.indexes()) named[index_folder(data_dir, row)] = true;
    for (const auto& folder : folders) {
      if (named.contains(folder)) continue;
      log(LogLevel::Info, "removing " + folder.string() + ", which belongs to no index");
      std::error_code ignored;
      std::filesystem::remove_all(folder, ignored);
    }
  }
};

Catalog::Catalog(CatalogStore& store, std::filesystem::path data_dir,
                 std::shared_ptr<const LanguageResources> resources)
    : impl_(std::make_unique<Impl>(store, std::move(data_dir), std::move(resources))) {
  impl_->remove_orphans();
  impl_->reload();
  impl_->watcher = std::jthread([impl = impl_.get()](const std::stop_token& stop) { impl->watch(stop); });
}

Catalog::~Catalog() = default;

std::shared_ptr<const CatalogEntry> Catalog::find(std::string_view uid) const {
  const auto entries = impl_->snapshot();
  const auto entry = entries->find(uid);
  return entry == entries->end() ? nullptr : entry->second;
}

std::shared_ptr<const CatalogEntry> Catalog::at(std::string_view uid) const {
  if (auto entry = find(uid)) return entry;
  throw Error(ErrorCode::IndexNotFound, "Index `" + std::string(uid) + "` not found.");
}

std::vector<std::shared_ptr<const CatalogEntry>> Catalog::list() const {
  std::vector<std::shared_ptr<const CatalogEntry>> list;
  const auto entries = impl_->snapshot();
  for (const auto& [uid, entry] : *entries) list.push_back(entry);
  return list;
}

IndexStats Catalog::stats(const CatalogEntry& entry) const {
  const auto generation = entry.index->generation();
  IndexStats stats;
  stats.documents = generation->documents();
  stats.field_distribution = generation->field_distribution();
  if (stats.documents == 0) return stats;
  stats.raw_bytes = size_of(entry.index->folder() / "documents.db");
  stats.used_bytes = stats.raw_bytes + generation->bytes();
  stats.index_bytes = stats.used_bytes + size_of(entry.index->folder() / "documents.db-wal");
  const std::uint64_t share = stats.raw_bytes / stats.documents;
  stats.average_bytes = share - std::min(share, kKeyBytes);
  return stats;
}

std::uint64_t Catalog::database_size() const {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator at(impl_->data_dir, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code ignored;
    if (at->is_regular_file(ignored)) bytes += size_of(at->path());
  }
  return bytes;
}

void Catalog::refresh() {
  impl_->reload();
  impl_->refresh_generations();
}

void Catalog::refresh_within(Sqlite& db) { impl_->reload_within(db); }

const std::shared_ptr<const LanguageResources>& Catalog::resources() const { return impl_->resources; }
const std::filesystem::path& Catalog::data_dir() const { return impl_->data_dir; }

Json to_json(const IndexRow& row) {
  Json json;
  json["uid"] = row.uid;
  json["createdAt"] = to_rfc3339(row.created_at);
  json["updatedAt"] = to_rfc3339(row.updated_at);
  json["primaryKey"] = row.primary_key ? Json(*row.primary_key) : Json(nullptr);
  return json;
}

}  // namespace nunmul
