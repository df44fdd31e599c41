// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/task_rows.h"

#include <map>

namespace nunmul {
namespace {

std::optional<std::uint64_t> optional_count(const SqliteStatement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.count(column);
}

std::optional<Time> optional_time(const SqliteStatement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return time_of_micros(row.integer(column));
}

// Gathers conditions that must all hold.
class ConditionBuilder {
 public:
  TaskCondition take() {
    if (condition_.sql.empty()) condition_.sql = "1";
    return std::move(condition_);
  }

  void add(const std::string& sql) {
    condition_.sql += (condition_.sql.empty() ? "(" : " AND (") + sql + ")";
  }

  void numbers(const std::string& column, const std::optional<std::vector<std::uint64_t>>& list) {
    if (!list) return;
    std::string items;
    for (const std::uint64_t number : *list)
      items += (items.empty() ? "" : ",") + std::to_string(static_cast<std::int64_t>(number));
    add(column + " IN (" + items + ")");
  }

  template <typename Name>
  void names(const std::string& column, const std::optional<std::vector<Name>>& list) {
    if (!list) return;
    std::string items;
    for (const Name name : *list) items += (items.empty() ? "'" : ",'") + std::string(to_string(name)) + "'";
    add(column + " IN (" + items + ")");
  }

  void texts(const std::string& column, const std::optional<std::vector<std::string>>& list) {
    if (!list) return;
    std::string items;
    for (const std::string& text : *list) items += (items.empty() ? "" : ",") + place(text);
    add(column + " IN (" + items + ")");
  }

  void patterns(const std::string& column, const std::optional<std::vector<std::string>>& list) {
    if (!list) return;
    std::string sql;
    for (const std::string& pattern : *list) sql += (sql.empty() ? "" : " OR ") + fits(column, pattern);
    add(sql.empty() ? "0" : sql);
  }

  void time(const std::string& column, const char* comparison, const std::optional<Time>& limit) {
    if (limit) add(column + comparison + std::to_string(micros_of(*limit)));
  }

 private:
  TaskCondition condition_;

  std::string place(const std::string& text) {
    condition_.texts.push_back(text);
    return "?" + std::to_string(condition_.texts.size());
  }

  std::string fits(const std::string& column, const std::string& pattern) {
    if (!pattern.ends_with('*')) return column + " = " + place(pattern);
    const std::string prefix = pattern.substr(0, pattern.size() - 1);
    if (prefix.empty()) return column + " IS NOT NULL";
    return "substr(" + column + ",1," + std::to_string(prefix.size()) + ") = " + place(prefix);
  }
};

// Counts add up, of anything else the last one counts.
void merge_details(Json& sum, const Json& details) {
  if (!details.is_object()) return;
  if (!sum.is_object()) sum = Json::object();
  for (const auto& [name, value] : details.items()) {
    Json& slot = sum[name];
    if (slot.is_number_unsigned() && value.is_number_unsigned())
      slot = slot.get<std::uint64_t>() + value.get<std::uint64_t>();
    else if (!(slot.is_number() && value.is_null()))
      slot = value;
  }
}

void count_one(Json& counts, std::string_view name) {
  Json& slot = counts[std::string(name)];
  slot = slot.is_null() ? 1 : slot.get<std::uint64_t>() + 1;
}

std::vector<std::uint64_t> unfinished_uids(Sqlite& db, const TaskCondition& condition) {
  SqliteStatement statement =
      db.prepare("SELECT uid FROM tasks WHERE status IN ('enqueued', 'processing') AND " + condition.sql);
  condition.bind(statement);
  std::vector<std::uint64_t> uids;
  while (statement.step()) uids.push_back(statement.count(0));
  return uids;
}

}  // namespace

ErrorCode find_error_code(std::string_view name) {
  static const std::map<std::string_view, ErrorCode> codes = [] {
    std::map<std::string_view, ErrorCode> table;
    for (int code = 0; code <= static_cast<int>(ErrorCode::InvalidInput); ++code)
      table.emplace(error_row(static_cast<ErrorCode>(code)).name, static_cast<ErrorCode>(code));
    return table;
  }();
  const auto row = codes.find(name);
  return row == codes.end() ? ErrorCode::Internal : row->second;
}

Task read_task_row(const SqliteStatement& row) {
  Task task;
  task.uid = row.count(0);
  task.batch_uid = optional_count(row, 1);
  task.index_uid = row.optional_text(2);
  task.type = find_task_type(row.text(3)).value_or(TaskType::UpgradeDatabase);
  task.status = find_task_status(row.text(4)).value_or(TaskStatus::Failed);
  task.canceled_by = optional_count(row, 5);
  if (!row.is_null(6)) task.details = parse_json(row.text(6));
  if (!row.is_null(7)) task.error = TaskError{find_error_code(row.text(7)), std::string(row.text(8))};
  task.enqueued_at = time_of_micros(row.integer(9));
  task.started_at = optional_time(row, 10);
  task.finished_at = optional_time(row, 11);
  task.custom_metadata = row.optional_text(12);
  task.content = parse_json(row.text(13));
  return task;
}

void TaskCondition::bind(SqliteStatement& statement) const {
  for (std::size_t i = 0; i < texts.size(); ++i)
    statement.bind(static_cast<int>(i + 1), std::string_view(texts[i]));
}

TaskCondition condition_of(const TaskFilter& filter) {
  ConditionBuilder builder;
  builder.numbers("uid", filter.uids);
  builder.numbers("batch", filter.batch_uids);
  builder.numbers("canceled_by", filter.canceled_by);
  builder.names("type", filter.types);
  builder.names("status", filter.statuses);
  builder.texts("index_uid", filter.index_uids);
  builder.patterns("index_uid", filter.visible_indexes);
  builder.time("enqueued", " > ", filter.after_enqueued_at);
  builder.time("enqueued", " < ", filter.before_enqueued_at);
  builder.time("started", " > ", filter.after_started_at);
  builder.time("started", " < ", filter.before_started_at);
  builder.time("finished", " > ", filter.after_finished_at);
  builder.time("finished", " < ", filter.before_finished_at);
  return builder.take();
}

std::vector<Task> select_tasks(Sqlite& db, const TaskCondition& condition, const std::string& tail) {
  SqliteStatement statement =
      db.prepare("SELECT " + std::string(kTaskColumns) + " FROM tasks WHERE " + condition.sql + " " + tail);
  condition.bind(statement);
  std::vector<Task> tasks;
  while (statement.step()) tasks.push_back(read_task_row(statement));
  return tasks;
}

std::uint64_t count_tasks(Sqlite& db, const TaskCondition& condition) {
  SqliteStatement statement = db.prepare("SELECT count(*) FROM tasks WHERE " + condition.sql);
  condition.bind(statement);
  return statement.step() ? statement.count(0) : 0;
}

std::uint64_t take_counter(Sqlite& db, std::string_view name) {
  SqliteStatement statement =
      db.prepare("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name=?1 RETURNING value - 1");
  statement.bind(1, name);
  if (!statement.step())
    throw Error(ErrorCode::Internal, "The store has no counter `" + std::string(name) + "`.");
  const std::uint64_t value = statement.count(0);
  statement.reset();
  return value;
}

Task insert_task(Sqlite& db, const NewTask& fresh, const std::string& payload_file) {
  Task task;
  task.uid = take_counter(db, "next_task");
  task.index_uid = fresh.index_uid;
  task.type = fresh.type;
  task.details = fresh.details;
  task.content = fresh.content;
  task.custom_metadata = fresh.custom_metadata;
  task.enqueued_at = now();
  if (task.details.is_object() && task.details.contains("matchedTasks")) {
    const TaskCondition condition = condition_of(read_task_filter(task.content["filter"]));
    task.details["matchedTasks"] = count_tasks(db, condition);
    if (task.type == TaskType::TaskCancelation) task.content["uids"] = unfinished_uids(db, condition);
  }
  const std::optional<std::string> details =
      task.details.is_null() ? std::nullopt : std::optional(dump_json(task.details));
  const std::string content = dump_json(task.content);
  db.prepare(
        "INSERT INTO tasks (uid, index_uid, type, status, details, enqueued, metadata, content, "
        "payload_file,"
        " payload_bytes) VALUES (?1,?2,?3,'enqueued',?4,?5,?6,?7,?8,?9)")
      .bind(1, task.uid)
      .bind(2, task.index_uid)
      .bind(3, to_string(task.type))
      .bind(4, details)
      .bind(5, micros_of(task.enqueued_at))
      .bind(6, task.custom_metadata)
      .bind(7, std::string_view(content))
      .bind(8, payload_file.empty() ? std::optional<std::string_view>()
                                    : std::optional<std::string_view>(payload_file))
      .bind(9, fresh.payload.bytes())
      .run();
  const bool has_payload = task.type == TaskType::DocumentAdditionOrUpdate || fresh.payload.documents() > 0;
  if (has_payload && payload_file.empty())
    db.prepare("INSERT INTO payloads VALUES (?1, ?2)")
        .bind(1, task.uid)
        .bind_blob(2, fresh.payload.text())
        .run();
  return task;
}

Batch read_batch(Sqlite& db, std::uint64_t uid) {
  Batch batch;
  batch.uid = uid;
  SqliteStatement row = db.prepare("SELECT started, finished, strategy FROM batches WHERE uid=?1");
  if (row.bind(1, uid).step()) {
    batch.started_at = time_of_micros(row.integer(0));
    batch.finished_at = optional_time(row, 1);
    batch.strategy = row.text(2);
  }
  batch.details = Json::object();
  Json statuses = Json::object(), types = Json::object(), indexes = Json::object();
  std::uint64_t total = 0;
  SqliteStatement tasks =
      db.prepare("SELECT status, type, index_uid, details FROM tasks WHERE batch=?1 ORDER BY uid");
  tasks.bind(1, uid);
  while (tasks.step()) {
    ++total;
    count_one(statuses, tasks.text(0));
    count_one(types, tasks.text(1));
    if (!tasks.is_null(2)) count_one(indexes, tasks.text(2));
    if (!tasks.is_null(3)) merge_details(batch.details, parse_json(tasks.text(3)));
  }
  batch.stats = Json{{"totalNbTasks", total},
                     {"status", statuses},
                     {"types", types},
                     {"indexUids", indexes},
                     {"progressTrace", Json::object()},
                     {"writeChannelCongestion", Json::object()},
                     {"internalDatabaseSizes", Json::object()}};
  return batch;
}

}  // namespace nunmul
