// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/task_arrivals.h"

#include <exception>
#include <utility>

#include "engine/task_rows.h"

namespace nunmul {

struct TaskArrivals::Arrival {
  const NewTask& fresh;
  Task task;
  std::exception_ptr error;
  bool is_done = false;
};

// The first thread that finds nobody storing stores all that have gathered.
Task TaskArrivals::store(const NewTask& fresh) {
  Arrival mine{fresh, {}, nullptr, false};
  {
    std::unique_lock lock(mutex_);
    waiting_.push_back(&mine);
    stored_.wait(lock, [&] { return mine.is_done || !is_storing_; });
    if (!mine.is_done) {
      is_storing_ = true;
      const std::vector<Arrival*> group = std::exchange(waiting_, {});
      lock.unlock();
      store_group(group);
    }
  }
  if (mine.error) std::rethrow_exception(mine.error);
  return std::move(mine.task);
}

void TaskArrivals::store_group(const std::vector<Arrival*>& group) {
  std::exception_ptr error;
  try {
    store_.write([&](Sqlite& db) {
      for (Arrival* each : group) {
        const Payload& payload = each->fresh.payload;
        each->task =
            insert_task(db, each->fresh, payload.in_memory() ? "" : payload.file().filename().string());
      }
    });
  } catch (...) {
    error = std::current_exception();
  }
  const std::scoped_lock lock(mutex_);
  for (Arrival* each : group) {
    each->error = error;
    each->is_done = true;
  }
  is_storing_ = false;
  stored_.notify_all();
}

}  // namespace nunmul
