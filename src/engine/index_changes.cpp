// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/index_changes.h"

#include "engine/task_rows.h"
#include "search/columns/filter.h"

namespace nunmul {
namespace {

// Documents of a task that are read and checked before the first of them is stored. A task that is no
// larger can fail without anything to undo.
constexpr std::size_t kWindowBytes = 4 * 1024 * 1024;
constexpr std::uint64_t kIdsBetweenLooks = 10'000;  // for a stop or a cancelation

Json with_count(Json details, const char* name, std::uint64_t count) {
  details[name] = count;
  return details;
}

}  // namespace

bool is_disk_error(ErrorCode code) {
  return code == ErrorCode::IoError || code == ErrorCode::NoSpaceLeftOnDevice;
}

TaskOutcome failed_outcome(const Task& task, ErrorCode code, const std::string& message) {
  Json details = task.details;
  for (const char* name : {"indexedDocuments", "deletedDocuments"})
    if (details.is_object() && details.contains(name)) details[name] = 0;
  return {task.uid, TaskStatus::Failed, std::move(details), TaskError{code, message}};
}

IndexChanges::IndexChanges(DocumentStore& documents, const Index& index, IndexRow row, const TaskQueue& queue,
                           std::function<bool()> interrupted)
    : documents_(documents),
      index_(index),
      row_(std::move(row)),
      queue_(queue),
      interrupted_(std::move(interrupted)) {}

TaskOutcome IndexChanges::apply(const Task& task) {
  half_applied_ = false;
  const IndexRow before = row_;
  try {
    return {task.uid, TaskStatus::Succeeded, change(task), std::nullopt};
  } catch (const Error& error) {
    if (is_disk_error(error.code())) throw;
    row_ = before;
    TaskOutcome outcome = failed_outcome(task, error.code(), error.what());
    if (half_applied_) throw HalfAppliedTask{std::move(outcome)};
    return outcome;
  }
}

Json IndexChanges::change(const Task& task) {
  if (task.type == TaskType::DocumentAdditionOrUpdate) return add_documents(task);
  if (task.type == TaskType::DocumentDeletion) return delete_documents(task);
  return update_settings(task);
}

Json IndexChanges::add_documents(const Task& task) {
  PayloadReader payload = queue_.open_payload(task);
  std::vector<CheckedDocument> window;
  std::size_t bytes = 0;
  std::uint64_t indexed = 0;
  bool first = true;
  const auto store_window = [&] {
    for (const CheckedDocument& document : window) indexed += put(task, document) ? 1 : 0;
    window.clear();
    bytes = 0;
    if (interrupted_()) throw Interrupted{};
  };
  while (const auto json = payload.next()) {
    if (first) choose_primary_key(task, *json);
    first = false;
    window.push_back(read_document(*json, *row_.primary_key));
    bytes += window.back().json.size();
    if (bytes >= kWindowBytes) store_window();
  }
  store_window();
  return with_count(task.details, "indexedDocuments", indexed);
}

void IndexChanges::choose_primary_key(const Task& task, std::string_view first_document) {
  const Json& asked = task.content["primaryKey"];
  if (!asked.is_null() && !row_.primary_key) {
    row_.primary_key = asked.get<std::string>();
  } else if (!asked.is_null() && *row_.primary_key != asked) {
    throw Error(ErrorCode::IndexPrimaryKeyAlreadyExists,
                "Index `" + row_.uid + "` already has a primary key: `" + *row_.primary_key + "`.");
  } else if (!row_.primary_key) {
    row_.primary_key = infer_primary_key(first_document);
  }
}

bool IndexChanges::put(const Task& task, const CheckedDocument& document) {
  const bool merge = task.content["merge"].get<bool>();
  const bool skip_creation = task.content["skipCreation"].get<bool>();
  std::optional<std::string> stored;
  if (merge || skip_creation) stored = documents_.find(document.id);
  if (skip_creation && !stored) return false;
  std::string merged;
  if (merge && stored) {
    merged = merge_documents(*stored, document.json);
    check_document(merged, document.id);
  }
  half_applied_ = true;
  documents_.put(document.id, merged.empty() ? document.json : merged, DocumentOrigin::Client);
  return true;
}

Json IndexChanges::delete_documents(const Task& task) {
  std::uint64_t deleted = 0;
  if (task.content.contains("all"))
    return with_count(task.details, "deletedDocuments", documents_.erase_all_by_client());
  std::uint64_t asked = 0;
  const auto erase = [&](std::string_view id) {
    if (++asked % kIdsBetweenLooks == 0 && interrupted_()) throw Interrupted{};
    deleted += documents_.erase_by_client(id) ? 1 : 0;
  };
  if (task.content.contains("filter")) {
    for (const std::string& id : ids_that_fit(task.content["filter"])) erase(id);
  } else if (task.content.contains("ids")) {  // of a task that an earlier version queued
    for (const Json& id : task.content["ids"]) erase(id.get_ref<const std::string&>());
  } else if (task.details["providedIds"].get<std::uint64_t>() > 0) {
    PayloadReader ids = queue_.open_payload(task);
    while (const auto id = ids.next()) erase(*id);
  }
  return with_count(task.details, "deletedDocuments", deleted);
}

std::vector<std::string> IndexChanges::ids_that_fit(const Json& filter) const {
  const auto before = index_.generation();
  const Filter parsed = parse_filter(filter, before->settings(), ErrorCode::InvalidDocumentFilter);
  std::vector<std::string> ids;
  for (const LiveSegment& live : before->segments()) {
    Bitmap fits = evaluate(parsed, *live.segment);
    fits &= live.live;
    for (std::size_t d = fits.next(0); d < fits.size(); d = fits.next(d + 1))
      ids.emplace_back(live.segment->id(static_cast<std::uint32_t>(d)));
  }
  return ids;
}

Json IndexChanges::update_settings(const Task& task) {
  const Json& patch = task.content["settings"];
  Settings settings = row_.settings;
  if (task.content["own"].get<bool>())
    apply_own_settings(settings, patch);
  else
    apply_settings(settings, patch);
  row_.settings = std::move(settings);
  return task.details;
}

std::string IndexChanges::record_of(const TaskOutcome& outcome) const {
  Json record;
  record["status"] = to_string(outcome.status);
  record["details"] = outcome.details;
  if (outcome.error)
    record["error"] =
        Json{{"code", error_row(outcome.error->code).name}, {"message", outcome.error->message}};
  if (row_.primary_key) record["primaryKey"] = *row_.primary_key;
  record["settings"] = serialize_settings(row_.settings);
  return dump_json(record);
}

TaskOutcome IndexChanges::read_record(std::uint64_t task, std::string_view text) {
  const Json record = parse_json(text);
  TaskOutcome outcome;
  outcome.uid = task;
  outcome.status = find_task_status(record.at("status").get<std::string>()).value_or(TaskStatus::Failed);
  outcome.details = record.at("details");
  if (record.contains("error"))
    outcome.error = TaskError{find_error_code(record["error"]["code"].get<std::string>()),
                              record["error"]["message"].get<std::string>()};
  if (record.contains("primaryKey")) row_.primary_key = record["primaryKey"].get<std::string>();
  row_.settings = deserialize_settings(record.at("settings").get<std::string>());
  return outcome;
}

}  // namespace nunmul
