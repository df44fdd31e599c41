// SPDX-License-Identifier: GPL-2.0-or-later
// One data folder being served: its store, indexes, queue, worker and keys. What an HTTP handler or a
// test needs of them goes through here.
//   DATA_DIR/nunmul.json      says that this is a data folder (data_folder.h)
//   DATA_DIR/store.db         indexes, tasks, keys, webhooks, flags
//   DATA_DIR/indexes/NUMBER/  one index each (index/index.h)
//   DATA_DIR/payloads/        large bodies that wait for their task
//   DATA_DIR/queries.db       what visitors search, if a query log is kept (query_log.h)
//   DATA_DIR/dumps/, snapshots/
//   DATA_DIR/server.lock      held by the one server
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "engine/catalog.h"
#include "engine/catalog_store.h"
#include "engine/key_store.h"
#include "engine/payload.h"
#include "engine/query_log.h"
#include "engine/task.h"
#include "engine/task_queue.h"
#include "engine/webhooks.h"
#include "index/build_process.h"

namespace nunmul {

struct EngineOptions {
  std::filesystem::path data_dir = "data";
  std::optional<std::string> master_key;
  std::shared_ptr<const LanguageResources> resources;
  LoadResources load_resources;        // see Catalog; may be empty
  std::filesystem::path dump_dir;      // default DATA_DIR/dumps
  std::filesystem::path snapshot_dir;  // default DATA_DIR/snapshots
  std::size_t kept_copies = 10;        // dumps, and snapshots, at most
  WebhookReach webhook_reach = WebhookReach::Anywhere;
  // A dump to load at the start. The start fails if the folder has an index or a waiting task.
  std::optional<std::filesystem::path> import_dump;
  ErrorJson error_json;  // for tasks posted to webhooks; a plain {"message","code"} if absent
  std::optional<QueryLogOptions> query_log;  // without it, no query log is kept
  std::optional<BuilderProgram> builder;     // builds large indexes in a process of its own
};

// Construction opens everything, repairs what a crash left and starts the worker; destruction stops
// it (a long rebuild is broken off and will be done at the next start).
class Engine {
 public:
  // If another server holds the folder, throws an Error(IoError) that says which. If the folder is not whole,
  // throws an Error(InvalidInput) or Error(IoError) that says what to do.
  explicit Engine(EngineOptions options);
  ~Engine();

  Catalog& catalog();
  TaskQueue& tasks();
  KeyStore& keys();
  Webhooks& webhooks();
  QueryLog* query_log();  // null if no query log is kept
  const std::filesystem::path& data_dir() const;

  // For the body of an addition.
  PayloadWriter payload_writer(PayloadFormat format, char csv_delimiter = ',') const;
  // Where bodies may be spooled before (same file system as the data).
  std::filesystem::path spool_folder() const;

  // GET and PATCH /experimental-features. `patch` is an object; an unknown flag or a value that is no
  // boolean throws Error(BadRequest).
  Json features() const;
  Json update_features(const Json& patch);

  // GET /indexes/{uid}/stats and GET /stats, the latter with the indexes that the grant allows.
  Json index_stats(const CatalogEntry& entry) const;
  Json stats(const Grant& grant) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nunmul
