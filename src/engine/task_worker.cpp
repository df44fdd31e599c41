// SPDX-License-Identifier: GPL-2.0-or-later
// How a batch of one index is done exactly once: its changes and the outcomes of its tasks go into the
// document store in one transaction, which is committed when the new generation stands on disk; then
// the generation is published, then the tasks are finished. A crash before the commit leaves nothing
// but a generation nobody names; after it, the recorded outcomes say that there is nothing left to do
// but to build, publish and finish.
#include "engine/task_worker.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "engine/catalog.h"
#include "engine/catalog_store.h"
#include "engine/dump.h"
#include "engine/index_changes.h"
#include "engine/key_store.h"
#include "engine/snapshot_copy.h"
#include "engine/task_queue.h"
#include "engine/task_rows.h"
#include "engine/webhooks.h"

namespace nunmul {
namespace {

using namespace std::chrono_literals;

constexpr auto kRetryInterval = 500ms;  // after a disk that is full or broken
constexpr auto kLockInterval = 20ms;    // while another process writes an index

constexpr const char* kHolder = "nunmul serve";

std::string lock_holder() { return "pid " + std::to_string(::getpid()) + " " + kHolder; }

void set_row(Sqlite& db, const IndexRow& row) {
  const std::string settings = serialize_settings(row.settings);
  db.prepare("UPDATE indexes SET primary_key=?2, settings=?3, updated=?4 WHERE number=?1")
      .bind(1, row.number)
      .bind(2, row.primary_key)
      .bind(3, std::string_view(settings))
      .bind(4, micros_of(now()))
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

bool may_make_index(const Task& task) {
  return task.content.contains("create") && task.content["create"].get<bool>();
}

TaskOutcome no_index(const Task& task) {
  return failed_outcome(task, ErrorCode::IndexNotFound,
                        "Index `" + task.index_uid.value_or("") + "` not found.");
}

bool any_succeeded(const std::vector<TaskOutcome>& outcomes) {
  return std::any_of(outcomes.begin(), outcomes.end(),
                     [](const TaskOutcome& outcome) { return outcome.status == TaskStatus::Succeeded; });
}

}  // namespace

struct TaskWorker::Impl {
  explicit Impl(TaskWorkerParts given) : parts(std::move(given)) {}

  TaskWorkerParts parts;
  std::stop_token stop;
  std::mutex sleep_mutex;
  std::condition_variable_any sleeper;
  std::jthread thread;  // last: stops before the rest goes

  // ---- The loop.

  void run() {
    for (const auto& entry : parts.catalog.list()) bring_up(*entry);
    while (!stop.stop_requested()) {
      try {
        const std::optional<TaskBatch> batch = parts.queue.take(stop);
        if (batch) run_batch(*batch);
      } catch (const std::exception& error) {
        log(LogLevel::Error, std::string("the task queue waits: ") + error.what());
        sleep(kRetryInterval);
      }
    }
  }

  void sleep(std::chrono::milliseconds time) {
    std::unique_lock lock(sleep_mutex);
    sleeper.wait_for(lock, stop, time, [] { return false; });
  }

  bool interrupted() const { return stop.stop_requested() || parts.queue.cancelation_waits(); }

  void run_batch(const TaskBatch& batch) {
    try {
      do_batch(batch);
    } catch (const Interrupted&) {
      give_back(batch);
    } catch (const Error& error) {
      fail_batch(batch, error.code(), error.what());
    } catch (const std::bad_alloc&) {
      fail_batch(batch, ErrorCode::Internal, "There was not enough memory.");
    } catch (const std::exception& error) {
      log(LogLevel::Error, std::string("a batch failed: ") + error.what());
      fail_batch(batch, ErrorCode::Internal, "An internal error has occurred.");
    }
  }

  void do_batch(const TaskBatch& batch) {
    const Task& task = batch.tasks.front();
    switch (task.type) {
      case TaskType::DocumentAdditionOrUpdate:
      case TaskType::DocumentDeletion:
      case TaskType::SettingsUpdate:
        return change_index(batch);
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

  template <typename Step>
  void insist(const char* what, Step&& step) {
    for (;;) {
      try {
        return step();
      } catch (const Error& error) {
        if (!is_disk_error(error.code())) throw;
        log(LogLevel::Error, std::string(what) + " is tried again: " + error.what());
      }
      if (stop.stop_requested()) throw Interrupted{};
      sleep(kRetryInterval);
    }
  }

  // `also` and the end of an index's trial happen in the same transaction.
  void finish(const std::vector<TaskOutcome>& outcomes, const std::function<void(Sqlite&)>& also = nullptr,
              Trial trial = Trial::Failed) {
    insist("finishing a batch", [&] { finish_once(outcomes, also, trial); });
    notify(outcomes);
  }

  void finish_once(const std::vector<TaskOutcome>& outcomes, const std::function<void(Sqlite&)>& also,
                   Trial trial) {
    try {
      parts.queue.finish(outcomes, [&](Sqlite& db) {
        const bool index_removed = end_trial(db, trial);
        if (also) also(db);
        if (also || index_removed) parts.catalog.refresh_within(db);
      });
    } catch (...) {
      parts.catalog.refresh();
      throw;
    }
  }

  void succeed(const Task& task, Json details, const std::function<void(Sqlite&)>& also = nullptr) {
    finish({{task.uid, TaskStatus::Succeeded, std::move(details), std::nullopt}}, also);
  }

  void fail_batch(const TaskBatch& batch, ErrorCode code, const std::string& message) {
    std::vector<TaskOutcome> outcomes;
    for (const Task& task : batch.tasks) outcomes.push_back(failed_outcome(task, code, message));
    try {
      finish(outcomes);
    } catch (const Interrupted&) {
      // The next start finds the tasks as they were.
    }
  }

  void give_back(const TaskBatch& batch) {
    try {
      insist("giving a batch back", [&] { parts.queue.give_back(batch); });
    } catch (const Interrupted&) {
      // The next start does it.
    }
  }

  void notify(const std::vector<TaskOutcome>& outcomes) {
    if (parts.webhooks.empty()) return;
    std::string lines;
    for (const TaskOutcome& outcome : outcomes)
      if (const auto task = parts.queue.find(outcome.uid))
        lines += dump_json(to_json(*task, parts.error_json)) + "\n";
    parts.webhooks.notify(std::move(lines));
  }

  // ---- Documents and settings of one index.

  // Waits for another process (`nunmul index`) that writes the index, unless the batch is interrupted.
  template <typename Stop>
  std::unique_ptr<IndexWriter> open_writer(Index& index, Stop&& stopped) {
    const std::filesystem::path lock = index.folder() / "lock";
    while (!FileLock::try_lock(lock, lock_holder())) {
      parts.queue.report_progress("waiting for " + FileLock::holder(lock), 0, 1);
      if (stopped()) throw Interrupted{};
      sleep(kLockInterval);
    }
    return std::make_unique<IndexWriter>(index, lock_holder());
  }

  // Null if a task of the batch may not make it, or it cannot be opened.
  std::shared_ptr<const CatalogEntry> open_index(const std::string& uid, bool create) {
    if (create)
      parts.store.ensure_index_on_trial(uid);
    else if (!parts.store.find_index(uid))
      return nullptr;
    if (auto entry = parts.catalog.find(uid)) return entry;
    parts.catalog.refresh();
    if (auto entry = parts.catalog.find(uid)) return entry;
    throw Error(ErrorCode::Internal, "Index `" + uid + "` cannot be opened; the log of the server says why.");
  }

  void change_index(const TaskBatch& batch) {
    const std::string& uid = *batch.tasks.front().index_uid;
    std::vector<TaskOutcome> outcomes;
    std::size_t first = 0;
    std::shared_ptr<const CatalogEntry> entry;
    // Tasks that may not make the index fail, up to the first that may.
    for (; first < batch.tasks.size() && !entry; ++first) {
      entry = open_index(uid, may_make_index(batch.tasks[first]));
      if (entry) break;
      outcomes.push_back(no_index(batch.tasks[first]));
    }
    if (!entry) return finish(outcomes);
    const std::vector<Task> tasks(batch.tasks.begin() + static_cast<std::ptrdiff_t>(first),
                                  batch.tasks.end());
    apply_tasks(*entry, tasks, std::move(outcomes));
  }

  void apply_tasks(const CatalogEntry& entry, const std::vector<Task>& tasks,
                   std::vector<TaskOutcome> outcomes) {
    const auto writer = open_writer(*entry.index, [&] { return interrupted(); });
    // Another process may have changed the settings before it let go of the lock.
    const std::optional<IndexRow> row = parts.store.find_index(entry.row.uid);
    if (!row || row->number != entry.row.number)
      throw Error(ErrorCode::IndexNotFound, "Index `" + entry.row.uid + "` not found.");
    DocumentStore& documents = writer->documents();
    const auto before = entry.index->generation();
    std::vector<TaskOutcome> known;  // failed half-way in an earlier round
    for (;;) {
      IndexChanges changes(documents, *before, *row, parts.queue, [&] { return interrupted(); });
      documents.begin();
      try {
        std::vector<TaskOutcome> applied = apply_all(documents, changes, tasks, known);
        outcomes.insert(outcomes.end(), applied.begin(), applied.end());
        bring_to_readers(*entry.index, *writer, changes, tasks, outcomes, *row);
        return;
      } catch (const HalfAppliedTask& half) {
        documents.rollback();
        known.push_back(half.outcome);
      } catch (...) {
        documents.rollback();
        throw;
      }
    }
  }

  std::vector<TaskOutcome> apply_all(DocumentStore& documents, IndexChanges& changes,
                                     const std::vector<Task>& tasks, const std::vector<TaskOutcome>& known) {
    documents.forget_applied(parts.queue.first_unfinished());
    const bool on_trial = parts.store.read([&](Sqlite& db) { return is_on_trial(db, changes.row()); });
    std::vector<TaskOutcome> outcomes;
    for (const Task& task : tasks) {
      const auto half = std::find_if(known.begin(), known.end(),
                                     [&](const TaskOutcome& each) { return each.uid == task.uid; });
      if (half != known.end())
        outcomes.push_back(*half);
      else if (const auto record = documents.applied(task.uid))
        outcomes.push_back(changes.read_record(task.uid, *record));
      else if (on_trial && !may_make_index(task) && !any_succeeded(outcomes))
        outcomes.push_back(no_index(task));
      else
        outcomes.push_back(changes.apply(task));
      parts.queue.report_progress("applying tasks", outcomes.size(), tasks.size());
    }
    return outcomes;
  }

  // The transaction is open; it is committed here or left to be undone.
  void bring_to_readers(Index& index, IndexWriter& writer, const IndexChanges& changes,
                        const std::vector<Task>& tasks, const std::vector<TaskOutcome>& outcomes,
                        const IndexRow& before) {
    DocumentStore& documents = writer.documents();
    const IndexRow& row = changes.row();
    const auto served = index.generation();
    const bool row_changed = row.primary_key != before.primary_key || row.settings != before.settings;
    const bool documents_changed = documents.version() != served->store_version();
    std::optional<CandidateGeneration> candidate;
    if (documents_changed || row.settings != served->settings() || index.needs_rebuild()) {
      candidate = build(writer, row.settings,
                        tasks.front().type == TaskType::SettingsUpdate ? "settings" : "documents");
      if (interrupted()) {
        writer.discard(*candidate);
        throw Interrupted{};
      }
    }
    try {
      // Outcomes of tasks that came before the index was there are not known here, and need no record.
      for (const Task& task : tasks)
        for (const TaskOutcome& outcome : outcomes)
          if (outcome.uid == task.uid && (candidate || row_changed))
            documents.record_applied(task.uid, changes.record_of(outcome));
      documents.commit();
    } catch (...) {
      documents.rollback();
      if (candidate) writer.discard(*candidate);
      throw;
    }
    if (candidate) insist("publishing a generation", [&] { writer.publish(*candidate); });
    finish(
        outcomes,
        [&](Sqlite& db) {
          if (row_changed || documents_changed) set_row(db, row);
        },
        any_succeeded(outcomes) ? Trial::Passed : Trial::Failed);
  }

  CandidateGeneration build(IndexWriter& writer, const Settings& settings, const std::string& origin) {
    BuildOptions options;
    options.origin = origin;
    options.low_priority = true;
    options.builder = parts.builder;
    options.progress = [&](std::uint64_t done, std::uint64_t total) {
      parts.queue.report_progress("indexing documents", done, total);
    };
    options.canceled = [&] { return interrupted(); };
    try {
      return writer.build(settings, options);
    } catch (const Error&) {
      if (interrupted()) throw Interrupted{};
      throw;
    }
  }

  static bool is_behind(const Index& index, const DocumentStore& documents) {
    return index.needs_rebuild() || documents.version() != index.generation()->store_version();
  }

  // Builds what the store holds where the generation is not of it. Not fatal: the old one goes on serving.
  void bring_up(const CatalogEntry& entry) {
    if (stop.stop_requested()) return;
    try {
      if (!is_behind(*entry.index, DocumentStore(entry.index->folder() / "documents.db"))) return;
      const auto writer = open_writer(*entry.index, [&] { return stop.stop_requested(); });
      if (!is_behind(*entry.index, writer->documents())) return;  // who held the lock has done it
      const std::string reason =
          entry.index->needs_rebuild().value_or("it has changes that are not published");
      log(LogLevel::Info, "index " + entry.row.uid + " is brought up to its documents: " + reason);
      const std::optional<IndexRow> row = parts.store.find_index(entry.row.uid);
      if (row && row->number == entry.row.number) writer->publish(build(*writer, row->settings, "rebuild"));
    } catch (const Interrupted&) {
      return;
    } catch (const std::exception& error) {
      log(LogLevel::Error,
          "index " + entry.row.uid + " cannot be brought up to its documents: " + error.what());
    }
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
    const auto entry = open_index(*task.index_uid, false);
    if (!entry) throw Error(ErrorCode::IndexNotFound, "Index `" + *task.index_uid + "` not found.");
    const auto writer = open_writer(*entry->index, [&] { return interrupted(); });
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
    if (entry) writer = open_writer(*entry->index, [&] { return interrupted(); });
    Json details = task.details;
    details["deletedDocuments"] = entry ? entry->index->generation()->documents() : 0;
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
      write_dump(parts.dump_dir / (uid + ".dump"), parts.store, parts.keys,
                 [&](std::uint64_t done, std::uint64_t total) {
                   parts.queue.report_progress("writing the dump", done, total);
                   if (interrupted()) throw Interrupted{};
                 });
    } catch (const Error& error) {
      if (is_disk_error(error.code())) throw;
      throw Error(ErrorCode::DumpProcessFailed,
                  "The dump could not be written: " + std::string(error.what()));
    }
    Json details = task.details;
    details["dumpUid"] = uid;
    succeed(task, std::move(details));
  }

  void make_snapshot(const Task& task) {
    // Indexes are held one after the other while they are copied; nothing else of this process writes.
    write_snapshot(parts.snapshot_dir / (copy_name(now()) + ".snapshot"), parts.store, task.uid,
                   [&](const IndexRow& row) {
                     const auto entry = parts.catalog.find(row.uid);
                     return entry ? open_writer(*entry->index, [&] { return interrupted(); }) : nullptr;
                   });
    succeed(task, task.details);
  }
};

TaskWorker::TaskWorker(TaskWorkerParts parts) : impl_(std::make_unique<Impl>(std::move(parts))) {
  impl_->thread = std::jthread([impl = impl_.get()](std::stop_token stop) {
    impl->stop = std::move(stop);
    impl->run();
  });
}

TaskWorker::~TaskWorker() = default;

}  // namespace nunmul
