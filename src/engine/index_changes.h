// SPDX-License-Identifier: GPL-2.0-or-later
// The tasks of a batch applied to one index's documents, settings and primary key, inside one open
// transaction of its document store. Each task happens or does not; what became of each is told by its
// outcome.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "engine/catalog_store.h"
#include "engine/document_fields.h"
#include "engine/task.h"
#include "engine/task_queue.h"
#include "engine/worker_waits.h"
#include "index/document_store.h"
#include "index/generation.h"

namespace nunmul {

// Thrown when a task failed after it had changed something: the transaction has to be undone and done
// again without it.
struct HalfAppliedTask {
  TaskOutcome outcome;
};

// Whether an error is the disk's fault and not the task's.
bool is_disk_error(ErrorCode code);

// The outcome of a task that failed, details and all.
TaskOutcome failed_outcome(const Task& task, ErrorCode code, const std::string& message);

// All references outlive this. For one thread.
class IndexChanges {
 public:
  IndexChanges(DocumentStore& documents, const Index& index, IndexRow row, const TaskQueue& queue,
               std::function<bool()> interrupted);

  // Throws Error only for the disk's faults, and Interrupted when `interrupted` said so; then the
  // transaction must be undone.
  TaskOutcome apply(const Task& task);

  // The index's row as the tasks so far leave it.
  const IndexRow& row() const { return row_; }

  // The record that is stored with the changes: the outcome and what it means for the row. By it, a task
  // whose end was lost in a crash is ended.
  std::string record_of(const TaskOutcome& outcome) const;
  // Takes the record over into the row.
  TaskOutcome read_record(std::uint64_t task, std::string_view record);

 private:
  Json change(const Task& task);
  Json add_documents(const Task& task);
  Json delete_documents(const Task& task);
  Json update_settings(const Task& task);
  void choose_primary_key(const Task& task, std::string_view first_document);
  bool put(const Task& task, const CheckedDocument& document);
  std::vector<std::string> ids_that_fit(const Json& filter) const;

  DocumentStore& documents_;
  const Index& index_;
  IndexRow row_;
  const TaskQueue& queue_;
  std::function<bool()> interrupted_;
  bool half_applied_ = false;  // the present task has changed something
};

}  // namespace nunmul
