// SPDX-License-Identifier: GPL-2.0-or-later
// A task: one write that was accepted, its way through the queue and what became of it. NewTask is
// what a caller hands to TaskQueue::enqueue; the functions below make one for each kind of write.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "base/time.h"
#include "engine/payload.h"

namespace nunmul {

// The second group is never made here; filters accept the names.
enum class TaskType {
  IndexCreation,
  IndexUpdate,
  IndexDeletion,
  IndexSwap,
  DocumentAdditionOrUpdate,
  DocumentDeletion,
  SettingsUpdate,
  TaskCancelation,
  TaskDeletion,
  DumpCreation,
  SnapshotCreation,

  DocumentEdition,
  UpgradeDatabase,
  Export,
  IndexCompaction,
  NetworkTopologyChange,
  DsrUpdate,
  DsrClear,
};

enum class TaskStatus { Enqueued, Processing, Succeeded, Failed, Canceled };

// "documentAdditionOrUpdate", "enqueued" and so on. The names are also what `find` reads, in any case.
std::string_view to_string(TaskType type);
std::string_view to_string(TaskStatus status);
std::optional<TaskType> find_task_type(std::string_view name);
std::optional<TaskStatus> find_task_status(std::string_view name);
// All names, for messages of the form "expected one of …".
std::vector<std::string_view> task_type_names();
std::vector<std::string_view> task_status_names();

struct TaskError {
  ErrorCode code = ErrorCode::Internal;
  std::string message;
};

struct Task {
  std::uint64_t uid = 0;
  std::optional<std::uint64_t> batch_uid;
  std::optional<std::string> index_uid;
  TaskType type = TaskType::IndexCreation;
  TaskStatus status = TaskStatus::Enqueued;
  std::optional<std::uint64_t> canceled_by;
  Json details;  // as the API shows them; null where the type has none
  std::optional<TaskError> error;
  Time enqueued_at;
  std::optional<Time> started_at;
  std::optional<Time> finished_at;
  std::optional<std::string> custom_metadata;
  Json content;  // what the worker has to know (the functions below); not shown

  bool finished() const { return status != TaskStatus::Enqueued && status != TaskStatus::Processing; }
};

// Makes the JSON error object of a code and a message; the HTTP layer knows its form.
using ErrorJson = std::function<Json(ErrorCode, const std::string&)>;

// The task object of GET /tasks/{uid}.
Json to_json(const Task& task, const ErrorJson& error_json);
// The answer to the request that enqueued it: five fields, and customMetadata if given.
Json enqueued_json(const Task& task);

// Which tasks: what is given must all hold; an absent list does not limit. Times are exclusive.
struct TaskFilter {
  std::optional<std::vector<std::uint64_t>> uids;
  std::optional<std::vector<std::uint64_t>> batch_uids;
  std::optional<std::vector<std::uint64_t>> canceled_by;
  std::optional<std::vector<TaskType>> types;
  std::optional<std::vector<TaskStatus>> statuses;
  std::optional<std::vector<std::string>> index_uids;
  std::optional<Time> after_enqueued_at, before_enqueued_at;
  std::optional<Time> after_started_at, before_started_at;
  std::optional<Time> after_finished_at, before_finished_at;
  // The indexes that the caller's key may see, as patterns ("songs", "fan_*"). Nothing: all tasks, also
  // those of no index.
  std::optional<std::vector<std::string>> visible_indexes;
};

Json to_json(const TaskFilter& filter);
TaskFilter read_task_filter(const Json& value);  // of to_json above

struct NewTask {
  TaskType type = TaskType::IndexCreation;
  std::optional<std::string> index_uid;
  Json details;  // as shown until the task is done
  Json content;
  Payload payload;
  std::optional<std::string> custom_metadata;
};

// Whether a task may make the index it names if there is none.
enum class MissingIndex { Create, Fail };

struct AdditionOptions {
  enum class Method { Replace, Merge } method = Method::Replace;
  std::optional<std::string> primary_key;
  bool skip_creation = false;
  MissingIndex missing_index = MissingIndex::Create;
};

// Identifiers of documents, a line each, as a payload holds them: as a list of values, or in the row of their
// task, millions would take several times their text.
struct IdList {
  IdList() = default;
  IdList(std::initializer_list<std::string_view> ids) {
    for (const std::string_view id : ids) add(id);
  }
  void add(std::string_view id) {
    (lines += id) += '\n';
    ++count;
  }

  std::string lines;
  std::uint64_t count = 0;
};

// Index uids are checked by the caller (is_index_uid).
NewTask document_addition(std::string index_uid, Payload payload, const AdditionOptions& options);
NewTask document_deletion(std::string index_uid, IdList ids);
NewTask document_deletion_by_filter(std::string index_uid, Json filter);  // a string or an array, not empty
NewTask document_deletion_of_all(std::string index_uid);

// `patch` as sent to PATCH /indexes/{uid}/settings, already checked with apply_settings. A reset is a
// patch of nulls with MissingIndex::Fail.
NewTask settings_update(std::string index_uid, Json patch, MissingIndex missing_index);
// The same for our own settings (apply_own_settings).
NewTask own_settings_update(std::string index_uid, Json patch, MissingIndex missing_index);

NewTask index_creation(std::string uid, std::optional<std::string> primary_key);
NewTask index_update(std::string uid, std::optional<std::string> primary_key,
                     std::optional<std::string> new_uid);
NewTask index_deletion(std::string uid);

struct IndexSwap {
  std::string a, b;
  bool rename = false;  // a becomes b, which must not exist
};
NewTask index_swap(const std::vector<IndexSwap>& swaps);

// `query` is the raw query string without its `?`. TaskQueue::enqueue counts the matching tasks.
NewTask task_cancelation(const TaskFilter& filter, std::string_view query);
NewTask task_deletion(const TaskFilter& filter, std::string_view query);

NewTask dump_creation();
NewTask snapshot_creation();

// 1–400 characters of A-Z a-z 0-9 - _.
bool is_index_uid(std::string_view uid);

// The text of a value if it can identify a document: an integer, or a string of 1–511 characters of
// A-Z a-z 0-9 - _. `1` and `"1"` are the same.
std::optional<std::string> document_id(const Json& value);

// Whether a pattern of a key ("songs", "fan_*", "*") takes in an index.
bool index_pattern_matches(std::string_view pattern, std::string_view index_uid);

}  // namespace nunmul
