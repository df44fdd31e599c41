// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/task_lists.h"

#include <algorithm>

#include "engine/task_rows.h"

namespace nunmul {
namespace {

// One more than the page holds, to see whether there is a next one.
std::string order_of(const PageRequest& request, const std::string& column) {
  return "ORDER BY " + column + (request.reverse ? " ASC" : " DESC") + " LIMIT " +
         std::to_string(static_cast<std::uint64_t>(request.limit) + 1);
}

std::string from_condition(const PageRequest& request, const std::string& column) {
  if (!request.from) return "";
  return " AND " + column + (request.reverse ? " >= " : " <= ") +
         std::to_string(static_cast<std::int64_t>(std::min<std::uint64_t>(*request.from, INT64_MAX)));
}

}  // namespace

TaskPage list_tasks(Sqlite& db, const TaskFilter& filter, const PageRequest& request) {
  TaskPage page;
  page.limit = request.limit;
  TaskCondition condition = condition_of(filter);
  page.total = count_tasks(db, condition);
  condition.sql += from_condition(request, "uid");
  page.tasks = select_tasks(db, condition, order_of(request, "uid"));
  if (page.tasks.size() > request.limit) {
    page.next = page.tasks.back().uid;
    page.tasks.pop_back();
  }
  if (!page.tasks.empty()) page.from = page.tasks.front().uid;
  return page;
}

BatchPage list_batches(Sqlite& db, const TaskFilter& filter, const PageRequest& request) {
  BatchPage found;
  found.limit = request.limit;
  TaskCondition condition = condition_of(filter);
  condition.sql += " AND batch IS NOT NULL";
  SqliteStatement count = db.prepare("SELECT count(DISTINCT batch) FROM tasks WHERE " + condition.sql);
  condition.bind(count);
  if (count.step()) found.total = count.count(0);
  condition.sql += from_condition(request, "batch");
  SqliteStatement uids = db.prepare("SELECT DISTINCT batch FROM tasks WHERE " + condition.sql + " " +
                                    order_of(request, "batch"));
  condition.bind(uids);
  std::vector<std::uint64_t> wanted;
  while (uids.step()) wanted.push_back(uids.count(0));
  if (wanted.size() > request.limit) {
    found.next = wanted.back();
    wanted.pop_back();
  }
  if (!wanted.empty()) found.from = wanted.front();
  for (const std::uint64_t uid : wanted) found.batches.push_back(read_batch(db, uid));
  return found;
}

Json to_json(const Batch& batch) {
  Json json;
  json["uid"] = batch.uid;
  json["progress"] = batch.progress;
  json["details"] = batch.details;
  json["stats"] = batch.stats;
  json["duration"] =
      batch.finished_at ? Json(to_iso8601(*batch.finished_at - batch.started_at)) : Json(nullptr);
  json["startedAt"] = to_rfc3339(batch.started_at);
  json["finishedAt"] = batch.finished_at ? Json(to_rfc3339(*batch.finished_at)) : Json(nullptr);
  json["batchStrategy"] = batch.strategy;
  return json;
}

}  // namespace nunmul
