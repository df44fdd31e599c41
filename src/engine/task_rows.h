// SPDX-License-Identifier: GPL-2.0-or-later
// Tasks as rows of store.db: reading a row, and a filter as a condition.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "engine/task.h"
#include "engine/task_queue.h"
#include "index/sqlite.h"

namespace nunmul {

inline constexpr std::string_view kTaskColumns =
    "uid, batch, index_uid, type, status, canceled_by, details, error_code, error_message,"
    " enqueued, started, finished, metadata, content";

// The row of a statement that selects kTaskColumns.
Task read_task_row(const SqliteStatement& row);

// A condition over table tasks, with the texts that its `?` places take.
struct TaskCondition {
  std::string sql;
  std::vector<std::string> texts;

  // Binds the texts from place 1 on.
  void bind(SqliteStatement& statement) const;
};
TaskCondition condition_of(const TaskFilter& filter);

// The tasks that fit; `tail` is what follows in the statement ("ORDER BY uid").
std::vector<Task> select_tasks(Sqlite& db, const TaskCondition& condition, const std::string& tail);

std::uint64_t count_tasks(Sqlite& db, const TaskCondition& condition);

// Makes the row of a new task with the next uid; its payload lies in the file of that name, or with "" in the
// task itself. A cancelation's tasks are settled here, for its filter may ask for a status that changes.
Task insert_task(Sqlite& db, const NewTask& fresh, const std::string& payload_file);

// The value of a counter in `meta`, which then goes on by one.
std::uint64_t take_counter(Sqlite& db, std::string_view name);

// Batches as the API tells them, out of their row and their tasks.
Batch read_batch(Sqlite& db, std::uint64_t uid);

// The code of that name; Internal if a later version wrote one that is not known.
ErrorCode find_error_code(std::string_view name);

}  // namespace nunmul
