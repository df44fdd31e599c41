// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/task_queue.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "engine/batch_choice.h"
#include "engine/catalog_store.h"
#include "engine/task_arrivals.h"
#include "engine/task_rows.h"

namespace nunmul {
namespace {

using namespace std::chrono_literals;

// Additions that come one right after the other are done together: the worker waits for the next one
// this long, and this long in all.
constexpr auto kGatherGap = 4ms;
constexpr auto kGatherMost = 50ms;

// Finished tasks older than this many are forgotten, now and then.
constexpr std::uint64_t kMaxTasks = 1'000'000;
constexpr std::uint64_t kForgetInterval = 1'000;  // batches

std::optional<std::string> json_text(const Json& value) {
  if (value.is_null()) return std::nullopt;
  return dump_json(value);
}

bool is_addition(const Task& task) { return task.type == TaskType::DocumentAdditionOrUpdate; }

std::string list_of(const std::vector<std::uint64_t>& uids) {
  std::string list;
  for (const std::uint64_t uid : uids) list += (list.empty() ? "" : ",") + std::to_string(uid);
  return list;
}

// The counts of a task after it was removed or canceled.
Json details_of_undone(Json details) {
  if (!details.is_object()) return details;
  for (const char* name : {"indexedDocuments", "deletedDocuments"})
    if (details.contains(name)) details[name] = 0;
  return details;
}

}  // namespace

struct TaskQueue::Impl {
  Impl(CatalogStore& catalog_store, std::filesystem::path folder)
      : store(catalog_store), payload_folder(std::move(folder)), arrivals(catalog_store) {}

  CatalogStore& store;
  const std::filesystem::path payload_folder;
  TaskArrivals arrivals;

  mutable std::mutex mutex;
  mutable std::condition_variable_any arrived;   // a task was enqueued
  mutable std::condition_variable_any finished;  // tasks ended
  std::uint64_t arrived_tasks = 0;               // guarded by mutex
  bool has_work = true;                          // guarded by mutex: there may be enqueued tasks
  std::uint64_t endings = 0;                     // guarded by mutex
  std::optional<TaskBatch> running;              // guarded by mutex; until shortly after its tasks ended
  Json progress;                                 // guarded by mutex; likewise
  bool cancel_running = false;                   // guarded by mutex
  // The first batch after a crash may be applied already, so no cancelation runs ahead of it.
  bool resuming = false;  // of the worker's thread

  void restore() {
    std::filesystem::create_directories(payload_folder);
    std::set<std::string> needed;
    std::vector<std::string> unneeded;
    store.write([&](Sqlite& db) {
      db.run("UPDATE tasks SET status='enqueued', batch=NULL, started=NULL WHERE status='processing'");
      resuming = db.changes() > 0;
      db.run("DELETE FROM batches WHERE finished IS NULL");
      SqliteStatement files = db.prepare(
          "SELECT payload_file, status IN ('enqueued','processing') FROM tasks WHERE payload_file IS NOT "
          "NULL");
      while (files.step()) {
        std::string file(files.text(0));
        files.integer(1) != 0 ? void(needed.insert(std::move(file))) : unneeded.push_back(std::move(file));
      }
    });
    remove_files(unneeded);
    store.write([](Sqlite& db) {
      db.run("UPDATE tasks SET payload_file=NULL WHERE status NOT IN ('enqueued','processing')");
    });
    for (const std::string& payload : sweep_payloads(payload_folder))
      if (!needed.contains(payload))
        log(LogLevel::Warning,
            (payload_folder / payload).string() + " belongs to no task, and is left alone");
  }

  bool next_is_addition() const {
    return store.read([](Sqlite& db) {
      SqliteStatement statement =
          db.prepare("SELECT type FROM tasks WHERE status='enqueued' ORDER BY uid LIMIT 1");
      return statement.step() && statement.text(0) == to_string(TaskType::DocumentAdditionOrUpdate);
    });
  }

  void gather(std::unique_lock<std::mutex>& lock, const std::stop_token& stop) const {
    const auto end = std::chrono::steady_clock::now() + kGatherMost;
    for (;;) {
      const std::uint64_t seen = arrived_tasks;
      const auto until = std::min(end, std::chrono::steady_clock::now() + kGatherGap);
      if (!arrived.wait_until(lock, stop, until, [&] { return arrived_tasks != seen; })) return;
      if (std::chrono::steady_clock::now() >= end) return;
    }
  }

  std::optional<TaskBatch> start_batch() {
    TaskBatch batch;
    const Time start = now();
    store.write([&](Sqlite& db) {
      BatchChoice choice =
          choose_batch(db, std::exchange(resuming, false) ? Cancelations::InTurn : Cancelations::First);
      batch.tasks = std::move(choice.tasks);
      batch.strategy = std::move(choice.strategy);
      if (batch.tasks.empty()) return;
      batch.uid = take_counter(db, "next_batch");
      db.prepare("INSERT INTO batches (uid, started, strategy) VALUES (?1,?2,?3)")
          .bind(1, batch.uid)
          .bind(2, micros_of(start))
          .bind(3, std::string_view(batch.strategy))
          .run();
      SqliteStatement mark =
          db.prepare("UPDATE tasks SET status='processing', batch=?2, started=?3 WHERE uid=?1");
      for (Task& task : batch.tasks) {
        task.status = TaskStatus::Processing;
        task.batch_uid = batch.uid;
        task.started_at = start;
        mark.bind(1, task.uid).bind(2, batch.uid).bind(3, micros_of(start)).run();
      }
    });
    if (batch.tasks.empty()) return std::nullopt;
    return batch;
  }

  static std::optional<std::string> payload_file(Sqlite& db, std::uint64_t uid) {
    SqliteStatement statement = db.prepare("SELECT payload_file FROM tasks WHERE uid=?1");
    return statement.bind(1, uid).step() ? statement.optional_text(0) : std::nullopt;
  }

  // Ends one task in an open transaction; its payload file is to be removed afterwards.
  static void end_task(Sqlite& db, const TaskOutcome& outcome, Time end, std::vector<std::string>& files) {
    if (auto file = payload_file(db, outcome.uid)) files.push_back(std::move(*file));
    const std::optional<std::string> details = json_text(outcome.details);
    const auto code =
        outcome.error ? std::optional<std::string_view>(error_row(outcome.error->code).name) : std::nullopt;
    const auto message =
        outcome.error ? std::optional<std::string_view>(outcome.error->message) : std::nullopt;
    db.prepare(
          "UPDATE tasks SET status=?2, details=?3, error_code=?4, error_message=?5, finished=?6 WHERE uid=?1")
        .bind(1, outcome.uid)
        .bind(2, to_string(outcome.status))
        .bind(3, details)
        .bind(4, code)
        .bind(5, message)
        .bind(6, micros_of(end))
        .run();
    db.prepare("DELETE FROM payloads WHERE task=?1").bind(1, outcome.uid).run();
  }

  static void forget_old_tasks(Sqlite& db) {
    db.prepare(
          "DELETE FROM tasks WHERE status NOT IN ('enqueued', 'processing') AND uid <"
          " (SELECT value FROM meta WHERE name='next_task') - ?1")
        .bind(1, kMaxTasks)
        .run();
    db.run(
        "DELETE FROM batches WHERE finished IS NOT NULL AND uid NOT IN (SELECT batch FROM tasks WHERE batch "
        "IS NOT NULL)");
  }

  void remove_files(const std::vector<std::string>& files) const {
    for (const std::string& file : files) {
      std::error_code ignored;  // what stays is removed at the next start: its task is finished and names it
      std::filesystem::remove(payload_folder / file, ignored);
    }
  }

  void tell_finished() {
    const std::scoped_lock lock(mutex);
    ++endings;
    finished.notify_all();
  }

  // Tells the worker if one of these tasks is in the running batch.
  void note_cancelation(const std::vector<std::uint64_t>& uids) {
    const std::scoped_lock lock(mutex);
    if (!running) return;
    for (const Task& task : running->tasks)
      cancel_running |= std::find(uids.begin(), uids.end(), task.uid) != uids.end();
  }
};

TaskQueue::TaskQueue(CatalogStore& store, std::filesystem::path payload_folder)
    : impl_(std::make_unique<Impl>(store, std::move(payload_folder))) {
  impl_->restore();
}

TaskQueue::~TaskQueue() = default;

Task TaskQueue::enqueue(NewTask fresh) {
  Impl& queue = *impl_;
  Task task = queue.arrivals.store(fresh);
  fresh.payload.release_file();
  if (task.type == TaskType::TaskCancelation)
    queue.note_cancelation(task.content["uids"].get<std::vector<std::uint64_t>>());
  const std::scoped_lock lock(queue.mutex);
  ++queue.arrived_tasks;
  queue.has_work = true;
  queue.arrived.notify_all();
  return task;
}

std::optional<Task> TaskQueue::find(std::uint64_t uid) const {
  return impl_->store.read([&](Sqlite& db) -> std::optional<Task> {
    SqliteStatement statement =
        db.prepare("SELECT " + std::string(kTaskColumns) + " FROM tasks WHERE uid=?1");
    if (!statement.bind(1, uid).step()) return std::nullopt;
    return read_task_row(statement);
  });
}

TaskPage TaskQueue::list(const TaskFilter& filter, const PageRequest& request) const {
  return impl_->store.read([&](Sqlite& db) { return list_tasks(db, filter, request); });
}

std::optional<Batch> TaskQueue::find_batch(std::uint64_t uid) const {
  TaskFilter filter;
  filter.batch_uids = {uid};
  BatchPage page = list_batches(filter, PageRequest{});
  if (page.batches.empty()) return std::nullopt;
  return std::move(page.batches.front());
}

BatchPage TaskQueue::list_batches(const TaskFilter& filter, const PageRequest& request) const {
  BatchPage page = impl_->store.read([&](Sqlite& db) { return nunmul::list_batches(db, filter, request); });
  const std::scoped_lock lock(impl_->mutex);
  for (Batch& batch : page.batches)
    if (!batch.finished_at && impl_->running && impl_->running->uid == batch.uid)
      batch.progress = impl_->progress;
  return page;
}

std::optional<std::string> TaskQueue::documents_of(std::uint64_t uid) const {
  const std::optional<Task> task = find(uid);
  if (!task || !is_addition(*task) || task->finished()) return std::nullopt;
  const auto file = impl_->store.read([&](Sqlite& db) { return Impl::payload_file(db, uid); });
  try {
    if (file) return read_file(impl_->payload_folder / *file);
  } catch (const Error&) {
    return std::nullopt;  // the task ended meanwhile
  }
  return impl_->store.read([&](Sqlite& db) -> std::optional<std::string> {
    SqliteStatement statement = db.prepare("SELECT text FROM payloads WHERE task=?1");
    if (!statement.bind(1, uid).step()) return std::nullopt;
    return std::string(statement.text(0));
  });
}

bool TaskQueue::is_indexing(std::string_view index_uid) const {
  return impl_->store.read([&](Sqlite& db) {
    // The plus keeps SQLite from going through all tasks of the index.
    SqliteStatement busy =
        db.prepare("SELECT 1 FROM tasks WHERE status='processing' AND +index_uid=?1 LIMIT 1");
    return busy.bind(1, index_uid).step();
  });
}

std::uint64_t TaskQueue::unfinished() const {
  return impl_->store.read([](Sqlite& db) {
    return count_tasks(db, TaskCondition{"status IN ('enqueued', 'processing')", {}});
  });
}

bool TaskQueue::wait_for(std::uint64_t uid, std::chrono::milliseconds timeout) const {
  const auto end = std::chrono::steady_clock::now() + timeout;
  for (;;) {
    std::uint64_t seen = 0;
    {
      const std::scoped_lock lock(impl_->mutex);
      seen = impl_->endings;
    }
    const std::optional<Task> task = find(uid);
    if (!task || task->finished()) return true;
    std::unique_lock lock(impl_->mutex);
    if (!impl_->finished.wait_until(lock, end, [&] { return impl_->endings != seen; })) return false;
  }
}

std::optional<TaskBatch> TaskQueue::take(std::stop_token stop, std::chrono::milliseconds most) {
  Impl& queue = *impl_;
  for (;;) {
    {
      std::unique_lock lock(queue.mutex);
      queue.arrived.wait_for(lock, stop, most, [&] { return queue.has_work; });
      if (stop.stop_requested() || !queue.has_work) return std::nullopt;
    }
    if (queue.next_is_addition()) {
      std::unique_lock lock(queue.mutex);
      queue.gather(lock, stop);
    }
    {
      const std::scoped_lock lock(queue.mutex);
      queue.has_work = false;  // what comes from here on sets it again
    }
    std::optional<TaskBatch> batch = queue.start_batch();
    const std::scoped_lock lock(queue.mutex);
    if (!batch) continue;
    queue.has_work = true;
    queue.running = *batch;
    queue.cancel_running = false;
    queue.progress = nullptr;
    return batch;
  }
}

PayloadReader TaskQueue::open_payload(const Task& task) const {
  return impl_->store.read([&](Sqlite& db) {
    if (const auto file = Impl::payload_file(db, task.uid))
      return PayloadReader(impl_->payload_folder / *file);
    SqliteStatement statement = db.prepare("SELECT text FROM payloads WHERE task=?1");
    if (!statement.bind(1, task.uid).step())
      throw Error(ErrorCode::IoError,
                  "The documents of task " + std::to_string(task.uid) + " are not in the store.");
    return PayloadReader(std::string(statement.text(0)));
  });
}

std::uint64_t TaskQueue::payload_bytes(const Task& task) const {
  return impl_->store.read([&](Sqlite& db) {
    SqliteStatement statement = db.prepare("SELECT payload_bytes FROM tasks WHERE uid=?1");
    return statement.bind(1, task.uid).step() ? statement.count(0) : 0;
  });
}

void TaskQueue::finish(const std::vector<TaskOutcome>& outcomes, const std::function<void(Sqlite&)>& also) {
  Impl& queue = *impl_;
  const Time end = now();
  std::vector<std::string> files;
  std::uint64_t batch_uid = 0;
  {
    const std::scoped_lock lock(queue.mutex);
    if (queue.running) batch_uid = queue.running->uid;
  }
  queue.store.write([&](Sqlite& db) {
    files.clear();
    if (also) also(db);
    for (const TaskOutcome& outcome : outcomes) Impl::end_task(db, outcome, end, files);
    db.prepare("UPDATE batches SET finished=?2 WHERE uid=?1")
        .bind(1, batch_uid)
        .bind(2, micros_of(end))
        .run();
    if (batch_uid % kForgetInterval == 0) Impl::forget_old_tasks(db);
  });
  {
    const std::scoped_lock lock(queue.mutex);
    queue.running.reset();
    queue.progress = nullptr;
  }
  queue.remove_files(files);
  queue.tell_finished();
}

void TaskQueue::give_back(const TaskBatch& batch) {
  Impl& queue = *impl_;
  queue.store.write([&](Sqlite& db) {
    db.prepare(
          "UPDATE tasks SET status='enqueued', batch=NULL, started=NULL WHERE batch=?1 AND "
          "status='processing'")
        .bind(1, batch.uid)
        .run();
    db.prepare("DELETE FROM batches WHERE uid=?1 AND NOT EXISTS (SELECT 1 FROM tasks WHERE batch=?1)")
        .bind(1, batch.uid)
        .run();
  });
  const std::scoped_lock lock(queue.mutex);
  queue.running.reset();
  queue.progress = nullptr;
  queue.has_work = true;
}

void TaskQueue::report_progress(std::string step, std::uint64_t done, std::uint64_t total) {
  const double percentage = total == 0 ? 0.0 : 100.0 * static_cast<double>(done) / static_cast<double>(total);
  Json current{{"currentStep", std::move(step)}, {"finished", done}, {"total", total}};
  const std::scoped_lock lock(impl_->mutex);
  impl_->progress = Json{{"steps", Json::array({std::move(current)})}, {"percentage", percentage}};
}

bool TaskQueue::cancelation_waits() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->cancel_running;
}

std::uint64_t TaskQueue::cancel(const std::vector<std::uint64_t>& uids, std::uint64_t by) {
  Impl& queue = *impl_;
  const TaskCondition condition{"status='enqueued' AND uid IN (" + list_of(uids) + ")", {}};
  std::vector<std::string> files;
  std::uint64_t count = 0;
  queue.store.write([&](Sqlite& db) {
    const Time end = now();
    for (const Task& task : select_tasks(db, condition, "")) {
      Impl::end_task(db, {task.uid, TaskStatus::Canceled, details_of_undone(task.details), std::nullopt}, end,
                     files);
      db.prepare("UPDATE tasks SET canceled_by=?2 WHERE uid=?1").bind(1, task.uid).bind(2, by).run();
      ++count;
    }
  });
  queue.remove_files(files);
  queue.tell_finished();
  return count;
}

std::uint64_t TaskQueue::remove(const TaskFilter& filter) {
  TaskCondition condition = condition_of(filter);
  condition.sql += " AND status NOT IN ('enqueued', 'processing')";
  return impl_->store.write([&](Sqlite& db) {
    SqliteStatement statement = db.prepare("DELETE FROM tasks WHERE " + condition.sql);
    condition.bind(statement);
    statement.run();
    const auto count = static_cast<std::uint64_t>(db.changes());
    db.run(
        "DELETE FROM batches WHERE finished IS NOT NULL AND uid NOT IN (SELECT batch FROM tasks WHERE batch "
        "IS NOT NULL)");
    return count;
  });
}

std::uint64_t TaskQueue::first_unfinished() const {
  return impl_->store.read([](Sqlite& db) -> std::uint64_t {
    SqliteStatement open =
        db.prepare("SELECT min(uid) FROM tasks WHERE status IN ('enqueued', 'processing')");
    if (open.step() && !open.is_null(0)) return open.count(0);
    return meta_count(db, "next_task");
  });
}

}  // namespace nunmul
