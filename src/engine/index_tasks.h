// SPDX-License-Identifier: GPL-2.0-or-later
// How the tasks of one index are done exactly once: their changes and outcomes go into the document store
// in one transaction, which is committed when the new generation stands on disk; then the generation is
// published, then the caller finishes the tasks. A crash before the commit leaves nothing but a generation
// that nobody names; after it, the recorded outcomes say that there is nothing left to do but to build,
// publish and finish.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/catalog.h"
#include "engine/catalog_store.h"
#include "engine/index_changes.h"
#include "engine/task_queue.h"
#include "engine/worker_waits.h"
#include "index/build_process.h"

namespace nunmul {

// The facts still to be written about tasks that are done, when they are finished.
struct AppliedTasks {
  std::vector<TaskOutcome> outcomes;
  std::optional<IndexRow> changed_row;
  std::unique_ptr<IndexWriter> writer;  // keeps other processes from the index until then
};

// For the worker's thread. All references outlive this.
class IndexTasks {
 public:
  IndexTasks(CatalogStore& store, Catalog& catalog, TaskQueue& queue, WorkerWaits& waits,
             std::optional<BuilderProgram> builder)
      : store_(store), catalog_(catalog), queue_(queue), waits_(waits), builder_(std::move(builder)) {}

  // Tasks of one index that may share a batch. Throws Interrupted when they were broken off, and Error
  // when all of them fail; nothing has changed then.
  AppliedTasks apply(const std::vector<Task>& tasks);

  // Null where there is no such index and none may be made. One that is made stays, without a primary key,
  // even if none of the tasks succeeds: clients look at it to see what became of their documents.
  std::shared_ptr<const CatalogEntry> open(const std::string& uid, MissingIndex missing);

  // When the server starts: sets damaged generations aside, and builds what the store holds where the
  // generation is not of it. Where that fails, the old one goes on serving if it is whole.
  void look_after(const CatalogEntry& entry);

  // Builds those anew that cannot be searched. One that failed is tried again later.
  void rebuild_damaged();

 private:
  void bring_up(const CatalogEntry& entry);
  void publish_rebuilt(const Index& index, IndexWriter& writer, const IndexRow& row);
  bool is_resumed(IndexWriter& writer) const;
  AppliedTasks apply_to(const CatalogEntry& entry, const std::vector<Task>& tasks);
  std::vector<TaskOutcome> apply_each(DocumentStore& documents, IndexChanges& changes,
                                      const std::vector<Task>& tasks, const std::vector<TaskOutcome>& known);
  AppliedTasks bring_to_readers(Index& index, IndexWriter& writer, const IndexChanges& changes,
                                const std::vector<Task>& tasks, std::vector<TaskOutcome> outcomes,
                                const IndexRow& before);
  CandidateGeneration build(IndexWriter& writer, const Settings& settings, const std::string& origin);

  CatalogStore& store_;
  Catalog& catalog_;
  TaskQueue& queue_;
  WorkerWaits& waits_;
  std::optional<BuilderProgram> builder_;
  std::chrono::steady_clock::time_point next_attempt_{};  // to rebuild
};

}  // namespace nunmul
