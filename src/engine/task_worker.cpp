// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/task_worker.h"

#include <malloc.h>

#include <algorithm>
#include <exception>
#include <map>
#include <thread>

#include "base/error.h"
#include "base/log.h"
#include "engine/catalog.h"
#include "engine/catalog_store.h"
#include "engine/dump.h"
#include "engine/index_changes.h"
#include "engine/index_tasks.h"
#include "engine/kept_copies.h"
#include "engine/key_store.h"
#include "engine/snapshot_copy.h"
#include "engine/task_queue.h"
#include "engine/task_rows.h"
#include "engine/webhooks.h"
#include "engine/worker_waits.h"

namespace nunmul {
namespace {

using namespace std::chrono_literals;

constexpr auto kPauseAfterFault = 500ms;
// Without a batch: between looks for an index that must be built anew, and until memory is given back.
constexpr auto kIdleInterval = 1000ms;

void set_row(Sqlite& db, const IndexRow& row) {
  const std::string settings = serialize_settings(row.settings);
  db.prepare(
        "UPDATE indexes SET primary_key=?2, settings=?3, updated=?4, "
        "documents_version=max(documents_version, ?5) WHERE number=?1")
      .bind(1, row.number)
      .bind(2, row.primary_key)
      .bind(3, std::string_view(settings))
      .bind(4, micros_of(now()))
      .bind(5, row.documents_version)
      .run();
}

void rename_row(Sqlite& db, std::string_view from, std::string_view to) {
  db.prepare("UPDATE indexes SET uid=?2 WHERE uid=?1").bind(1, from).bind(2, to).run();
}

void require_row(Sqlite& db, const std::string& uid) {
  if (!find_index_row(db, uid)) throw Error(ErrorCode::IndexNotFound, "Index `" + uid + "` not found.");
}

void require_no_row(Sqlite& db, const std::string& uid) {
  if (find_index_row(db, uid))
    throw Error(ErrorCode::IndexAlreadyExists, "Index `" + uid + "` already exists.");
}

// The error of a task that met the exception.
TaskError error_of(const std::exception_ptr& problem) {
  try {
    std::rethrow_exception(problem);
  } catch (const Error& error) {
    return {error.code(), error.what()};
  } catch (const std::bad_alloc&) {
    return {ErrorCode::Internal, "There was not enough memory."};
  } catch (const std::exception& error) {
    log(LogLevel::Error, std::string("a batch failed: ") + error.what());
  } catch (...) {
    log(LogLevel::Error, "a batch failed, and did not say why");
  }
  return {ErrorCode::Internal, "An internal error has occurred."};
}

std::vector<TaskOutcome> all_failed(const std::vector<Task>& tasks, const std::exception_ptr& problem) {
  const TaskError error = error_of(problem);
  std::vector<TaskOutcome> outcomes;
  for (const Task& task : tasks) outcomes.push_back(failed_outcome(task, error.code, error.message));
  return outcomes;
}

// The tasks of each index.
std::map<std::string, std::vector<Task>> by_index(const std::vector<Task>& tasks) {
  std::map<std::string, std::vector<Task>> groups;
  for (const Task& task : tasks) groups[*task.index_uid].push_back(task);
  return groups;
}

}  // namespace

struct TaskWorker::Impl {
  explicit Impl(TaskWorkerParts given)
      : parts(std::move(given)),
        waits(parts.queue),
        copies(parts.store, parts.kept_copies),
        index_tasks(parts.store, parts.catalog, parts.queue, waits, parts.builder) {}

  TaskWorkerParts parts;
  WorkerWaits waits;
  KeptCopies copies;
  IndexTasks index_tasks;
  std::jthread thread;  // last: stops before the rest goes

  // ---- The loop.

  void run() {
    for (const auto& entry : parts.catalog.list()) index_tasks.look_after(*entry);
    bool has_worked = true;  // indexes were opened
    while (!waits.is_stopping()) {
      try {
        index_tasks.rebuild_damaged();
        const std::optional<TaskBatch> batch = parts.queue.take(waits.stop(), kIdleInterval);
        if (batch) run_batch(*batch);
        if (!batch && has_worked) ::malloc_trim(0);  // the allocator would keep what the batches took
        has_worked = batch.has_value();
      } catch (const std::exception& error) {
        log(LogLevel::Error, std::string("the task queue waits: ") + error.what());
        waits.sleep(kPauseAfterFault);
      }
    }
  }

  void run_batch(const TaskBatch& batch) {
    try {
      do_batch(batch);
    } catch (const Interrupted&) {
      give_back(batch);
    } catch (...) {
      fail_batch(all_failed(batch.tasks, std::current_exception()));
    }
  }

  void do_batch(const TaskBatch& batch) {
    const Task& task = batch.tasks.front();
    switch (task.type) {
      case TaskType::DocumentAdditionOrUpdate:
      case TaskType::DocumentDeletion:
      case TaskType::SettingsUpdate:
        return change_indexes(batch);
      case TaskType::IndexCreation:
        return create_index(task);
      case TaskType::IndexUpdate:
        return update_index(task);
      case TaskType::IndexDeletion:
        return delete_index(task);
      case TaskType::IndexSwap:
        return swap_indexes(task);
      case TaskType::TaskCancelation:
        return cancel_tasks(task);
      case TaskType::TaskDeletion:
        return delete_tasks(task);
      case TaskType::DumpCreation:
        return make_dump(task);
      case TaskType::SnapshotCreation:
        return make_snapshot(task);
      default:
        throw Error(ErrorCode::Internal,
                    "Tasks of type `" + std::string(to_string(task.type)) + "` are not offered.");
    }
  }

  // ---- Ends of batches. They are tried until they succeed, for what they tell has happened.

  // `also` happens in the same transaction.
  void finish(const std::vector<TaskOutcome>& outcomes, const std::function<void(Sqlite&)>& also = nullptr) {
    waits.insist("finishing a batch", [&] { finish_once(outcomes, also); });
    notify(outcomes);
  }

  void finish_once(const std::vector<TaskOutcome>& outcomes, const std::function<void(Sqlite&)>& also) {
    try {
      parts.queue.finish(outcomes, [&](Sqlite& db) {
        if (!also) return;
        also(db);
        parts.catalog.refresh_within(db);
      });
    } catch (...) {
      parts.catalog.refresh();
      throw;
    }
  }

  void succeed(const Task& task, Json details, const std::function<void(Sqlite&)>& also = nullptr) {
    finish({{task.uid, TaskStatus::Succeeded, std::move(details), std::nullopt}}, also);
  }

  void fail_batch(const std::vector<TaskOutcome>& outcomes) {
    try {
      finish(outcomes);
    } catch (const Interrupted&) {
      // The next start finds the tasks as they were.
    }
  }

  void give_back(const TaskBatch& batch) {
    try {
      waits.insist("giving a batch back", [&] { parts.queue.give_back(batch); });
    } catch (const Interrupted&) {
      // The next start does it.
    }
  }

  void notify(const std::vector<TaskOutcome>& outcomes) {
    if (parts.webhooks.empty()) return;
    std::vector<TaskNews> news;
    for (const TaskOutcome& outcome : outcomes)
      if (const auto task = parts.queue.find(outcome.uid))
        news.push_back({task->index_uid, dump_json(to_json(*task, parts.error_json)) + "\n"});
    parts.webhooks.notify(std::move(news));
  }

  // ---- Documents and settings.

  // Small writes to several indexes are finished together, so that none is finished before an older one. The
  // locks of the indexes are held until then; they are taken in the order of names (snapshot_copy.cpp).
  void change_indexes(const TaskBatch& batch) {
    std::vector<AppliedTasks> applied;
    try {
      for (const auto& [uid, tasks] : by_index(batch.tasks)) applied.push_back(apply(tasks));
    } catch (const Interrupted&) {
      if (!applied.empty()) finish(applied);  // what is done cannot be canceled any more
      throw;
    }
    finish(applied);
  }

  AppliedTasks apply(const std::vector<Task>& tasks) {
    try {
      return index_tasks.apply(tasks);
    } catch (const Interrupted&) {
      throw;
    } catch (...) {
      return {all_failed(tasks, std::current_exception()), std::nullopt, nullptr};
    }
  }

  void finish(const std::vector<AppliedTasks>& applied) {
    std::vector<TaskOutcome> outcomes;
    for (const AppliedTasks& each : applied)
      outcomes.insert(outcomes.end(), each.outcomes.begin(), each.outcomes.end());
    std::sort(outcomes.begin(), outcomes.end(),
              [](const TaskOutcome& a, const TaskOutcome& b) { return a.uid < b.uid; });
    const auto write_rows = [&](Sqlite& db) {
      for (const AppliedTasks& each : applied)
        if (each.changed_row) set_row(db, *each.changed_row);
    };
    finish(outcomes, write_rows);
  }

  // ---- Indexes as a whole.

  void create_index(const Task& task) {
    const Json& key = task.content["primaryKey"];
    const auto primary_key = key.is_null() ? std::nullopt : std::optional(key.get<std::string>());
    succeed(task, task.details, [&](Sqlite& db) {
      require_no_row(db, *task.index_uid);
      insert_index_row(db, *task.index_uid, primary_key, Settings{});
    });
  }

  void update_index(const Task& task) {
    const Json& key = task.content["primaryKey"];
    const Json& uid = task.content["uid"];
    const auto entry = index_tasks.open(*task.index_uid, MissingIndex::Fail);
    if (!entry) throw Error(ErrorCode::IndexNotFound, "Index `" + *task.index_uid + "` not found.");
    const auto writer = waits.open_writer(*entry->index);
    succeed(task, task.details, [&](Sqlite& db) {
      require_row(db, *task.index_uid);
      IndexRow row = *find_index_row(db, *task.index_uid);
      if (!key.is_null() && row.primary_key != key.get<std::string>()) {
        if (writer->documents().count() > 0)
          throw Error(
              ErrorCode::IndexPrimaryKeyAlreadyExists,
              "Index `" + row.uid + "` already has a primary key: `" + row.primary_key.value_or("") + "`.");
        row.primary_key = key.get<std::string>();
      }
      set_row(db, row);
      if (uid.is_null() || uid == row.uid) return;
      require_no_row(db, uid.get<std::string>());
      rename_row(db, row.uid, uid.get<std::string>());
    });
  }

  void delete_index(const Task& task) {
    const std::string& uid = *task.index_uid;
    if (!parts.store.find_index(uid)) throw Error(ErrorCode::IndexNotFound, "Index `" + uid + "` not found.");
    const auto entry = parts.catalog.find(uid);
    std::unique_ptr<IndexWriter> writer;
    if (entry) writer = waits.open_writer(*entry->index);
    Json details = task.details;
    details["deletedDocuments"] = writer ? writer->documents().count() : 0;
    succeed(task, std::move(details), [&](Sqlite& db) {
      require_row(db, uid);
      db.prepare("DELETE FROM indexes WHERE uid=?1").bind(1, std::string_view(uid)).run();
    });
  }

  void swap_indexes(const Task& task) {
    succeed(task, task.details, [&](Sqlite& db) {
      for (const Json& swap : task.content["swaps"]) {
        const std::string a = swap["indexes"][0].get<std::string>(),
                          b = swap["indexes"][1].get<std::string>();
        require_row(db, a);
        if (swap["rename"].get<bool>()) {
          require_no_row(db, b);
          rename_row(db, a, b);
          continue;
        }
        require_row(db, b);
        rename_row(db, a, "*");  // no uid looks like this
        rename_row(db, b, a);
        rename_row(db, "*", b);
      }
    });
  }

  // ---- Tasks about tasks, and copies of everything.

  void cancel_tasks(const Task& task) {
    const std::uint64_t count =
        parts.queue.cancel(task.content["uids"].get<std::vector<std::uint64_t>>(), task.uid);
    Json details = task.details;
    details["canceledTasks"] = count;
    succeed(task, std::move(details));
  }

  void delete_tasks(const Task& task) {
    const std::uint64_t count = parts.queue.remove(read_task_filter(task.content["filter"]));
    Json details = task.details;
    details["deletedTasks"] = count;
    succeed(task, std::move(details));
  }

  void make_dump(const Task& task) {
    const std::string uid = copy_name(now());
    try {
      const std::filesystem::path file = parts.dump_dir / (uid + ".dump");
      copies.add(file, [&] {
        write_dump(file, parts.store, parts.keys, [&](std::uint64_t done, std::uint64_t total) {
          parts.queue.report_progress("writing the dump", done, total);
          if (waits.is_interrupted()) throw Interrupted{};
        });
      });
    } catch (const Error& error) {
      if (is_disk_error(error.code())) throw;
      throw Error(ErrorCode::DumpProcessFailed,
                  "The dump could not be written: " + std::string(error.what()));
    } catch (const std::filesystem::filesystem_error& error) {
      log(LogLevel::Error, "the dump could not be written: " + std::string(error.what()));
      throw Error(ErrorCode::DumpProcessFailed,
                  "The dump could not be written: " + error.code().message() + ".");
    }
    Json details = task.details;
    details["dumpUid"] = uid;
    succeed(task, std::move(details));
  }

  void make_snapshot(const Task& task) {
    // Indexes are held one after the other while they are copied; nothing else of this process writes.
    const std::filesystem::path folder = parts.snapshot_dir / (copy_name(now()) + ".snapshot");
    copies.add(folder, [&] {
      write_snapshot(folder, parts.store, task.uid, [&](const IndexRow& row) {
        const auto entry = parts.catalog.find(row.uid);
        return entry ? waits.open_writer(*entry->index) : nullptr;
      });
    });
    succeed(task, task.details);
  }
};

TaskWorker::TaskWorker(TaskWorkerParts parts) : impl_(std::make_unique<Impl>(std::move(parts))) {
  impl_->thread = std::jthread([impl = impl_.get()](std::stop_token stop) {
    impl->waits.begin(std::move(stop));
    impl->run();
  });
}

TaskWorker::~TaskWorker() = default;

}  // namespace nunmul
