// SPDX-License-Identifier: GPL-2.0-or-later
// Makes tasks durable that arrive together. The costly part is waiting for the disk, so tasks that arrive
// during one wait share the next.
#pragma once

#include <condition_variable>
#include <mutex>
#include <vector>

#include "engine/catalog_store.h"
#include "engine/task.h"

namespace nunmul {

// Safe from many threads.
class TaskArrivals {
 public:
  explicit TaskArrivals(CatalogStore& store) : store_(store) {}

  // Returns when the task is durable; throws what the disk has thrown, and nothing is stored then. The file
  // of a payload stays with its owner.
  Task store(const NewTask& fresh);

 private:
  struct Arrival;
  void store_group(const std::vector<Arrival*>& group);

  CatalogStore& store_;
  std::mutex mutex_;
  std::condition_variable stored_;
  std::vector<Arrival*> waiting_;  // guarded by mutex_
  bool is_storing_ = false;        // guarded by mutex_: some thread is making a group durable
};

}  // namespace nunmul
