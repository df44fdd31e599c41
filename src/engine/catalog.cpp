// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/catalog.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "base/error.h"
#include "base/log.h"
#include "engine/index_record.h"

namespace nunmul {
namespace {

using namespace std::chrono_literals;
using EntryMap = std::map<std::string, std::shared_ptr<const CatalogEntry>, std::less<>>;

constexpr auto kWatchInterval = 200ms;
constexpr std::uint64_t kKeyBytes = 8;  // of a row, which are not the document's

// An index that was deleted but may still be searched: its folder goes with the last reader.
struct DoomedIndex {
  std::uint64_t number = 0;
  std::shared_ptr<Index> index;
  std::weak_ptr<const Generation> generation;
};

bool same_row(const IndexRow& a, const IndexRow& b) {
  return a.uid == b.uid && a.number == b.number && a.primary_key == b.primary_key &&
         a.created_at == b.created_at && a.updated_at == b.updated_at && a.settings == b.settings &&
         a.revision == b.revision;
}

std::uint64_t size_of(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  return error ? 0 : size;
}

}  // namespace

struct Catalog::Impl {
  Impl(CatalogStore& catalog_store, std::filesystem::path folder,
       std::shared_ptr<const LanguageResources> languages, LoadResources load)
      : store(catalog_store),
        data_dir(std::move(folder)),
        load_resources(std::move(load)),
        resources(std::move(languages)),
        newest_resources(resources),
        watched(data_dir / "store.db") {}

  CatalogStore& store;
  const std::filesystem::path data_dir;
  const LoadResources load_resources;
  const std::shared_ptr<const LanguageResources> resources;

  mutable std::mutex mutex;
  std::shared_ptr<const LanguageResources> newest_resources;               // guarded by mutex
  std::shared_ptr<const EntryMap> entries = std::make_shared<EntryMap>();  // guarded by mutex

  // One reload at a time. Taken with the store's lock held, never the other way round.
  std::mutex reload_mutex;
  std::map<std::uint64_t, std::shared_ptr<Index>> opened;  // guarded by reload_mutex; for the next reload
  std::vector<DoomedIndex> doomed;                         // guarded by reload_mutex
  Sqlite watched;                     // the watcher's own connection: tells whether others have written
  std::int64_t watched_version = -1;  // of the watcher only
  std::map<std::uint64_t, std::uint64_t> recorded_revisions;  // by number; of the watcher while it runs
  std::map<std::uint64_t, std::string> renewed_for;           // generations by number; of the watcher only
  std::vector<std::uint64_t> unread;                          // deleted, not removed yet; of the watcher only

  std::mutex sleep_mutex;
  std::condition_variable_any sleeper;
  std::jthread watcher;  // last: stops before the rest goes

  std::shared_ptr<const EntryMap> snapshot() const {
    const std::scoped_lock lock(mutex);
    return entries;
  }

  std::shared_ptr<Index> open(const IndexRow& row) const {
    try {
      std::unique_lock lock(mutex);
      const auto languages = newest_resources;
      lock.unlock();
      auto index = std::make_shared<Index>(index_folder(data_dir, row), languages, expectation_of(row));
      index->make_folders();
      if (const auto problem = index->problem())
        log(LogLevel::Warning, "index " + row.uid + " is not searched until it is built anew: " + *problem);
      return index;
    } catch (const Error& error) {
      throw Error(error.code(), "Index `" + row.uid + "` cannot be opened: " + error.what());
    }
  }

  // Null if the folder cannot be opened now; the next reload tries again.
  std::shared_ptr<Index> try_to_open(const IndexRow& row) const {
    try {
      return open(row);
    } catch (const Error& error) {
      log(LogLevel::Error, error.what());
      return nullptr;
    }
  }

  void open_all() {
    for (const IndexRow& row : store.indexes()) opened.emplace(row.number, open(row));
    store.read([&](Sqlite& db) { reload_within(db); });
  }

  // Opening a large index takes a while, so what another process made is opened before the store is
  // locked for the reload.
  void open_ahead() {
    std::vector<std::uint64_t> known;
    const auto entries_now = snapshot();
    for (const auto& [uid, entry] : *entries_now) known.push_back(entry->row.number);
    for (const IndexRow& row : store.indexes()) {
      if (std::find(known.begin(), known.end(), row.number) != known.end()) continue;
      auto index = try_to_open(row);
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
        if (!index) index = try_to_open(row);
        if (index) entry = std::make_shared<const CatalogEntry>(CatalogEntry{row, std::move(index)});
      }
      by_number.erase(row.number);
      if (entry) after->emplace(row.uid, std::move(entry));
    }
    opened.clear();
    for (const auto& [number, entry] : by_number)
      doomed.push_back({number, entry->index, entry->index->opened()});
    const std::scoped_lock lock(mutex);
    entries = std::move(after);
  }

  void remove_doomed() {
    for (const std::uint64_t number : unread_doomed()) unread.push_back(number);
    std::erase_if(unread, [&](std::uint64_t number) { return remove_folder(number); });
  }

  // Deleted indexes that nobody reads any more.
  std::vector<std::uint64_t> unread_doomed() {
    std::vector<std::uint64_t> numbers;
    const std::scoped_lock only(reload_mutex);
    std::erase_if(doomed, [&](DoomedIndex& each) {
      if (each.index && each.index.use_count() == 1) each.index.reset();
      if (each.index || !each.generation.expired()) return false;
      numbers.push_back(each.number);
      return true;
    });
    return numbers;
  }

  // Leftovers of the last server and commands. Nobody uses them: this process has opened none.
  void remove_left_over() const {
    for (const std::uint64_t number : removals()) remove_folder(number);
  }

  std::vector<std::uint64_t> removals() const {
    return store.read([](Sqlite& db) { return read_removals(db); });
  }

  // Whether that is done; an index that vanished from the store without being deleted keeps its folder.
  bool remove_folder(std::uint64_t number) const {
    const std::vector<std::uint64_t> marked = removals();
    if (std::find(marked.begin(), marked.end(), number) == marked.end()) return true;
    std::error_code error;
    std::filesystem::remove_all(index_folder(data_dir, number), error);
    if (error) return false;
    store.write([&](Sqlite& db) { forget_removal(db, number); });
    return true;
  }

  void refresh_generations() const {
    const auto entries_now = snapshot();  // held: an entry may be replaced meanwhile
    for (const auto& [uid, entry] : *entries_now) entry->index->refresh(entry->row.settings);
  }

  // A query must be read with the names and themes that its index was built with: `nunmul index` may have
  // published with others than there were when the server started.
  void renew_resources() {
    const auto entries_now = snapshot();
    for (const auto& [uid, entry] : *entries_now) {
      const Index& index = *entry->index;
      if (!load_resources || index.is_built_with(*index.resources())) continue;
      // Looked for once a generation: what it was built with may be gone.
      if (std::exchange(renewed_for[entry->row.number], index.opened()->name()) == index.opened()->name())
        continue;
      const auto newer = load_resources();
      if (!newer || !index.is_built_with(*newer)) continue;
      {
        const std::scoped_lock lock(mutex);
        newest_resources = newer;
      }
      if (auto renewed = try_to_open(entry->row)) replace(entry->row, std::move(renewed));
    }
  }

  void replace(const IndexRow& row, std::shared_ptr<Index> index) {
    const std::scoped_lock only(reload_mutex);
    const std::scoped_lock lock(mutex);
    auto after = std::make_shared<EntryMap>(*entries);
    for (auto& [uid, entry] : *after)
      if (entry->row.number == row.number)
        entry = std::make_shared<const CatalogEntry>(CatalogEntry{entry->row, index});
    entries = std::move(after);
  }

  // Records the rows in the store: those of the entries may be of a transaction that fails yet.
  void record_indexes() {
    for (const IndexRow& row : store.indexes()) {
      if (std::exchange(recorded_revisions[row.number], row.revision) == row.revision) continue;
      try {
        record_index(index_folder(data_dir, row), row);
      } catch (const Error& error) {  // such as a full disk; the next change or start writes it
        log(LogLevel::Warning, error.what());
      }
    }
  }

  void watch(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      try {
        const std::int64_t version = watched.data_version();
        if (std::exchange(watched_version, version) != version) {
          reload();
          record_indexes();
        }
        refresh_generations();
        renew_resources();
        remove_doomed();
      } catch (const std::exception& error) {
        log(LogLevel::Error, std::string("watching the data folder: ") + error.what());
      }
      std::unique_lock lock(sleep_mutex);
      sleeper.wait_for(lock, stop, kWatchInterval, [] { return false; });
    }
  }
};

Catalog::Catalog(CatalogStore& store, std::filesystem::path data_dir,
                 std::shared_ptr<const LanguageResources> resources, LoadResources load_resources)
    : impl_(std::make_unique<Impl>(store, std::move(data_dir), std::move(resources),
                                   std::move(load_resources))) {
  impl_->remove_left_over();
  impl_->open_all();
  impl_->watcher = std::jthread([impl = impl_.get()](const std::stop_token& stop) { impl->watch(stop); });
}

Catalog::~Catalog() {
  impl_->watcher = {};  // stops it
  impl_->record_indexes();
}

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

std::size_t Catalog::count_rebuilding() const {
  std::size_t count = 0;
  const auto entries = impl_->snapshot();
  for (const auto& [uid, entry] : *entries) count += entry->index->problem() ? 1 : 0;
  return count;
}

IndexStats Catalog::stats(const CatalogEntry& entry) const {
  const auto generation = entry.index->generation();  // no figures of less than there is
  IndexStats stats;
  stats.documents = generation->documents();
  stats.field_distribution = generation->field_distribution();
  if (stats.documents == 0) return stats;
  stats.raw_bytes = size_of(entry.index->folder() / kDocumentStoreFile);
  stats.used_bytes = stats.raw_bytes + generation->bytes();
  stats.index_bytes =
      stats.used_bytes + size_of(entry.index->folder() / (std::string(kDocumentStoreFile) + "-wal"));
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

Json to_json(const IndexRow& row) {
  Json json;
  json["uid"] = row.uid;
  json["createdAt"] = to_rfc3339(row.created_at);
  json["updatedAt"] = to_rfc3339(row.updated_at);
  json["primaryKey"] = or_null(row.primary_key);
  return json;
}

}  // namespace nunmul
