// SPDX-License-Identifier: GPL-2.0-or-later
// The queue as people see it: pages of tasks and of the batches in which they were done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "engine/task.h"

namespace nunmul {

class Sqlite;

// Which part of a list, newest first unless `reverse`.
struct PageRequest {
  std::uint32_t limit = 20;
  std::optional<std::uint64_t> from;  // first uid to show
  bool reverse = false;
};

struct TaskPage {
  std::vector<Task> tasks;
  std::uint64_t total = 0;
  std::uint32_t limit = 20;
  std::optional<std::uint64_t> from;  // the first uid shown
  std::optional<std::uint64_t> next;  // `from` of the next page
};

struct Batch {
  std::uint64_t uid = 0;
  Json progress;  // {"steps":[…],"percentage":33.0} while running, else null
  Json details;
  Json stats;
  std::string strategy;
  Time started_at;
  std::optional<Time> finished_at;
};

struct BatchPage {
  std::vector<Batch> batches;
  std::uint64_t total = 0;
  std::uint32_t limit = 20;
  std::optional<std::uint64_t> from;
  std::optional<std::uint64_t> next;
};

Json to_json(const Batch& batch);

// `db` is of a CatalogStore.
TaskPage list_tasks(Sqlite& db, const TaskFilter& filter, const PageRequest& request);
// Batches that hold a task which the filter fits. Their progress is not known here.
BatchPage list_batches(Sqlite& db, const TaskFilter& filter, const PageRequest& request);

}  // namespace nunmul
