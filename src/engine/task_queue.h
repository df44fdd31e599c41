// SPDX-License-Identifier: GPL-2.0-or-later
// The durable queue: what enqueue returned survives a crash at any instant and is done exactly once,
// in order. HTTP threads put tasks in and look at them, the one worker takes batches out.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "engine/payload.h"
#include "engine/task.h"
#include "engine/task_lists.h"

namespace nunmul {

class CatalogStore;
class Sqlite;

// The tasks that the worker does together, in order. Their status is processing.
struct TaskBatch {
  std::uint64_t uid = 0;
  std::vector<Task> tasks;
  std::string strategy;  // why the batch ends where it does, for people
};

// The outcome of one task of a batch.
struct TaskOutcome {
  std::uint64_t uid = 0;
  TaskStatus status = TaskStatus::Succeeded;
  Json details;
  std::optional<TaskError> error;
};

// Safe from many threads. Errors of the disk are thrown as Error(IoError) or
// Error(NoSpaceLeftOnDevice); then nothing was enqueued.
class TaskQueue {
 public:
  // `store` outlives the queue. Tasks that were processing when the process died are enqueued again.
  TaskQueue(CatalogStore& store, std::filesystem::path payload_folder);
  ~TaskQueue();

  // Returns after the task is durable. Uids count from 0 without gaps.
  Task enqueue(NewTask task);

  std::optional<Task> find(std::uint64_t uid) const;
  TaskPage list(const TaskFilter& filter, const PageRequest& page) const;
  std::optional<Batch> find_batch(std::uint64_t uid) const;
  // Batches that hold a task which the filter fits.
  BatchPage list_batches(const TaskFilter& filter, const PageRequest& page) const;

  // The NDJSON of an unfinished addition; nothing if the task is finished or is not an addition.
  std::optional<std::string> documents_of(std::uint64_t uid) const;

  // Whether a task of the index is processing, as its status says.
  bool is_indexing(std::string_view index_uid) const;
  // Enqueued and processing ones.
  std::uint64_t unfinished() const;

  // Waits until the task is finished; false when the time is over. For tests and the command line.
  bool wait_for(std::uint64_t uid, std::chrono::milliseconds timeout) const;

  // The worker's side.

  // Waits for work, gathers what belongs together and marks it as processing. Returns nothing after a stop,
  // or if no work came in that time.
  std::optional<TaskBatch> take(std::stop_token stop, std::chrono::milliseconds most = std::chrono::hours(1));
  // Opens the payload of a task of a batch.
  PayloadReader open_payload(const Task& task) const;
  std::uint64_t payload_bytes(const Task& task) const;
  // Ends tasks of the running batch. `also` runs in the same transaction: changes of the catalog that
  // belong to the outcomes. Payloads are removed.
  void finish(const std::vector<TaskOutcome>& outcomes, const std::function<void(Sqlite&)>& also = nullptr);
  // Puts processing tasks of the batch that have no outcome back to enqueued.
  void give_back(const TaskBatch& batch);
  // Shown by find_batch until the batch ends.
  void report_progress(std::string step, std::uint64_t done, std::uint64_t total);
  // Whether a cancelation waits for a task of the running batch: the worker should break it off.
  bool cancelation_waits() const;

  // Ends those of the tasks that are enqueued as canceled by `by`; how many. A running batch that is to
  // be canceled is given back before. A cancelation's content names its tasks as "uids".
  std::uint64_t cancel(const std::vector<std::uint64_t>& uids, std::uint64_t by);
  // Removes finished tasks that fit; how many.
  std::uint64_t remove(const TaskFilter& filter);

  // Tasks below this uid are all finished.
  std::uint64_t first_unfinished() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nunmul
