// SPDX-License-Identifier: GPL-2.0-or-later
// The one thread that changes indexes. It takes batches from the queue and does them; nothing that goes
// wrong in a batch ends it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "engine/task.h"
#include "index/build_process.h"

namespace nunmul {

class Catalog;
class CatalogStore;
class KeyStore;
class TaskQueue;
class Webhooks;

// All of it outlives the worker.
struct TaskWorkerParts {
  CatalogStore& store;
  Catalog& catalog;
  TaskQueue& queue;
  KeyStore& keys;
  Webhooks& webhooks;
  std::filesystem::path dump_dir;
  std::filesystem::path snapshot_dir;
  std::size_t kept_copies;  // dumps, and snapshots, at most
  ErrorJson error_json;
  std::optional<BuilderProgram> builder;
};

class TaskWorker {
 public:
  // First brings indexes up to their documents where a crash, damage or other language resources left
  // them behind, then starts with the queue.
  explicit TaskWorker(TaskWorkerParts parts);
  // A batch that would take long is broken off and done at the next start.
  ~TaskWorker();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nunmul
