// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/batch_choice.h"

#include <set>
#include <string>

#include "engine/task_rows.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxBatchTasks = 10'000;
constexpr std::uint64_t kMaxBatchBytes = 64 * 1024 * 1024;
// A batch of several indexes ends when all of them are done, so it is made of what is done quickly.
constexpr std::size_t kMaxIndexes = 16;
constexpr std::uint64_t kMaxSmallBytes = 256 * 1024;
constexpr std::size_t kMaxSmallIds = 1'000;

// Whether a task looks at its index as the tasks before it leave it, so that it cannot join them.
bool needs_state(const Task& task) {
  return task.type == TaskType::DocumentDeletion && task.content.contains("filter");
}

bool can_share(const Task& task) {
  return task.type == TaskType::DocumentAdditionOrUpdate || task.type == TaskType::SettingsUpdate ||
         task.type == TaskType::DocumentDeletion;
}

bool is_small(const Task& task, std::uint64_t bytes) {
  if (task.type == TaskType::DocumentAdditionOrUpdate) return bytes <= kMaxSmallBytes;
  return task.type == TaskType::DocumentDeletion && !needs_state(task) && !task.content.contains("all") &&
         task.details["providedIds"].get<std::uint64_t>() <= kMaxSmallIds;
}

std::string name_of(const Task& task) { return "task " + std::to_string(task.uid); }

std::string must_run_alone(const Task& task) {
  return name_of(task) + " of type " + std::string(to_string(task.type)) + " must run by itself";
}

// Gathers tasks as they come, oldest first.
class Gathering {
 public:
  // Whether the next one may come.
  bool add(Task task, std::uint64_t bytes) {
    const bool first = choice_.tasks.empty();
    if (!first && (!can_share(task) || needs_state(task))) return end(must_run_alone(task));
    if (task.index_uid) indexes_.insert(*task.index_uid);
    are_small_ &= is_small(task, bytes);
    if (indexes_.size() > 1 && (!are_small_ || indexes_.size() > kMaxIndexes))
      return end(name_of(task) + " concerns another index");
    bytes_ += bytes;
    if (!first && (bytes_ > kMaxBatchBytes || choice_.tasks.size() >= kMaxBatchTasks))
      return end("the batch reached its largest size");
    choice_.tasks.push_back(std::move(task));
    return can_share(choice_.tasks.front()) || end(must_run_alone(choice_.tasks.front()));
  }

  BatchChoice take() { return std::move(choice_); }

 private:
  BatchChoice choice_{{}, "no more tasks were waiting"};
  std::uint64_t bytes_ = 0;
  std::set<std::string> indexes_;
  bool are_small_ = true;

  bool end(std::string why) {
    choice_.strategy = std::move(why);
    return false;
  }
};

}  // namespace

BatchChoice choose_batch(Sqlite& db, Cancelations cancelations) {
  if (cancelations == Cancelations::First) {
    const TaskCondition waiting{"status='enqueued' AND type='taskCancelation'", {}};
    BatchChoice choice{select_tasks(db, waiting, "ORDER BY uid LIMIT 1"),
                       "a cancelation runs ahead of everything"};
    if (!choice.tasks.empty()) return choice;
  }
  SqliteStatement row = db.prepare("SELECT " + std::string(kTaskColumns) +
                                   ", payload_bytes FROM tasks WHERE status='enqueued' ORDER BY uid");
  Gathering gathering;
  while (row.step())
    if (!gathering.add(read_task_row(row), row.count(14))) break;
  return gathering.take();
}

}  // namespace nunmul
