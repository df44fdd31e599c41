// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/engine.h"

#include <unistd.h>

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "engine/data_folder.h"
#include "engine/dump_import.h"
#include "engine/features.h"
#include "engine/kept_copies.h"
#include "engine/snapshot_copy.h"
#include "engine/task_worker.h"

namespace nunmul {
namespace {

FileLock lock_data_dir(const std::filesystem::path& data_dir) {
  claim_data_folder(data_dir);
  const std::filesystem::path path = data_dir / "server.lock";
  auto lock = FileLock::try_lock(path, "pid " + std::to_string(::getpid()) + " nunmul serve");
  if (!lock)
    throw Error(ErrorCode::IoError, "The data folder " + data_dir.string() + " is served by " +
                                        FileLock::holder(path) + " already.");
  return std::move(*lock);
}

// Before anything is opened.
const EngineOptions& prepare(const EngineOptions& options) {
  std::filesystem::create_directories(options.data_dir / "spool");
  remove_cut_off_copies(options.dump_dir);
  remove_cut_off_copies(options.snapshot_dir);
  return options;
}

EngineOptions with_defaults(EngineOptions options) {
  if (options.dump_dir.empty()) options.dump_dir = options.data_dir / "dumps";
  if (options.snapshot_dir.empty()) options.snapshot_dir = options.data_dir / "snapshots";
  if (!options.error_json)
    options.error_json = [](ErrorCode code, const std::string& message) {
      return Json{{"message", message}, {"code", error_row(code).name}};
    };
  return options;
}

}  // namespace

struct Engine::Impl {
  explicit Impl(EngineOptions given)
      : options(with_defaults(std::move(given))),
        lock(lock_data_dir(options.data_dir)),
        store(prepare(options).data_dir),
        keys(imported(), options.master_key),
        catalog(store, options.data_dir, options.resources, options.load_resources),
        queue(store, options.data_dir / "payloads"),
        webhooks(store, keys, options.webhook_reach),
        worker({store, catalog, queue, keys, webhooks, options.dump_dir, options.snapshot_dir,
                options.kept_copies, options.error_json, options.builder}) {
    if (options.query_log) query_log.emplace(options.data_dir, *options.query_log);
  }

  const EngineOptions options;
  FileLock lock;
  CatalogStore store;
  KeyStore keys;
  Catalog catalog;
  TaskQueue queue;
  Webhooks webhooks;
  std::optional<QueryLog> query_log;
  TaskWorker worker;  // last: it uses all of the above

  // The store, with the dump read into it if one was asked for.
  CatalogStore& imported() {
    settle_import(store);
    if (options.import_dump) import_dump(*options.import_dump, store, options.resources);
    return store;
  }
};

Engine::Engine(EngineOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Engine::~Engine() = default;

Catalog& Engine::catalog() { return impl_->catalog; }
QueryLog* Engine::query_log() { return impl_->query_log ? &*impl_->query_log : nullptr; }
const std::filesystem::path& Engine::data_dir() const { return impl_->options.data_dir; }
TaskQueue& Engine::tasks() { return impl_->queue; }
KeyStore& Engine::keys() { return impl_->keys; }
Webhooks& Engine::webhooks() { return impl_->webhooks; }

PayloadWriter Engine::payload_writer(PayloadFormat format, char csv_delimiter) const {
  return PayloadWriter(impl_->options.data_dir / "payloads", format, csv_delimiter);
}

std::filesystem::path Engine::spool_folder() const { return impl_->options.data_dir / "spool"; }

Json Engine::features() const { return all_features(impl_->store.features()); }

Json Engine::update_features(const Json& patch) {
  const Json all = change_features(features(), patch);
  impl_->store.set_features(all);
  return all;
}

Json Engine::index_stats(const CatalogEntry& entry) const {
  const IndexStats stats = impl_->catalog.stats(entry);
  Json json;
  json["numberOfDocuments"] = stats.documents;
  json["rawDocumentDbSize"] = stats.raw_bytes;
  json["avgDocumentSize"] = stats.average_bytes;
  json["indexSize"] = stats.index_bytes;
  json["usedIndexSize"] = stats.used_bytes;
  json["isIndexing"] = impl_->queue.is_indexing(entry.row.uid);
  json["numberOfEmbeddings"] = 0;
  json["numberOfEmbeddedDocuments"] = 0;
  Json distribution = Json::object();
  for (const auto& [name, count] : stats.field_distribution) append_field(distribution, name, count);
  json["fieldDistribution"] = std::move(distribution);
  return json;
}

Json Engine::stats(const Grant& grant) const {
  const std::uint64_t bytes = impl_->catalog.database_size();
  Json json;
  json["databaseSize"] = bytes;
  json["usedDatabaseSize"] = bytes;
  std::optional<Time> last;
  Json indexes = Json::object();
  for (const auto& entry : impl_->catalog.list()) {
    if (!grant.allows_index(entry->row.uid)) continue;
    last = last ? std::max(*last, entry->row.updated_at) : entry->row.updated_at;
    indexes[entry->row.uid] = index_stats(*entry);
  }
  json["lastUpdate"] = last ? Json(to_rfc3339(*last)) : Json(nullptr);
  json["indexes"] = std::move(indexes);
  return json;
}

}  // namespace nunmul
