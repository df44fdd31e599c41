// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/task.h"

#include <algorithm>
#include <array>

namespace nunmul {
namespace {

constexpr std::array kTypeNames{
    std::pair{TaskType::IndexCreation, std::string_view("indexCreation")},
    std::pair{TaskType::IndexUpdate, std::string_view("indexUpdate")},
    std::pair{TaskType::IndexDeletion, std::string_view("indexDeletion")},
    std::pair{TaskType::IndexSwap, std::string_view("indexSwap")},
    std::pair{TaskType::DocumentAdditionOrUpdate, std::string_view("documentAdditionOrUpdate")},
    std::pair{TaskType::DocumentDeletion, std::string_view("documentDeletion")},
    std::pair{TaskType::SettingsUpdate, std::string_view("settingsUpdate")},
    std::pair{TaskType::TaskCancelation, std::string_view("taskCancelation")},
    std::pair{TaskType::TaskDeletion, std::string_view("taskDeletion")},
    std::pair{TaskType::DumpCreation, std::string_view("dumpCreation")},
    std::pair{TaskType::SnapshotCreation, std::string_view("snapshotCreation")},
    std::pair{TaskType::DocumentEdition, std::string_view("documentEdition")},
    std::pair{TaskType::UpgradeDatabase, std::string_view("upgradeDatabase")},
    std::pair{TaskType::Export, std::string_view("export")},
    std::pair{TaskType::IndexCompaction, std::string_view("indexCompaction")},
    std::pair{TaskType::NetworkTopologyChange, std::string_view("networkTopologyChange")},
    std::pair{TaskType::DsrUpdate, std::string_view("dsrUpdate")},
    std::pair{TaskType::DsrClear, std::string_view("dsrClear")},
};

constexpr std::array kStatusNames{
    std::pair{TaskStatus::Enqueued, std::string_view("enqueued")},
    std::pair{TaskStatus::Processing, std::string_view("processing")},
    std::pair{TaskStatus::Succeeded, std::string_view("succeeded")},
    std::pair{TaskStatus::Failed, std::string_view("failed")},
    std::pair{TaskStatus::Canceled, std::string_view("canceled")},
};

bool same_but_for_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

template <typename Table, typename Key>
std::string_view name_of(const Table& table, Key key) {
  const auto row =
      std::find_if(table.begin(), table.end(), [&](const auto& each) { return each.first == key; });
  return row->second;
}

template <typename Key, typename Table>
std::optional<Key> find_by_name(const Table& table, std::string_view name) {
  const auto row = std::find_if(table.begin(), table.end(),
                                [&](const auto& each) { return same_but_for_case(each.second, name); });
  if (row == table.end()) return std::nullopt;
  return row->first;
}

template <typename Table>
std::vector<std::string_view> names_of(const Table& table) {
  std::vector<std::string_view> names;
  for (const auto& row : table) names.push_back(row.second);
  return names;
}

Json time_or_null(const std::optional<Time>& time) { return time ? Json(to_rfc3339(*time)) : Json(nullptr); }

NewTask make_task(TaskType type, std::optional<std::string> index_uid, Json details, Json content) {
  NewTask task;
  task.type = type;
  task.index_uid = std::move(index_uid);
  task.details = std::move(details);
  task.content = std::move(content);
  return task;
}

NewTask settings_task(std::string index_uid, Json patch, MissingIndex missing_index, bool own) {
  Json content{{"settings", patch}, {"own", own}, {"create", missing_index == MissingIndex::Create}};
  return make_task(TaskType::SettingsUpdate, std::move(index_uid),
                   own ? Json{{"nunmul", std::move(patch)}} : std::move(patch), std::move(content));
}

bool is_identifier(std::string_view text, std::size_t longest) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), allowed);
}

// The two halves of TaskFilter's JSON: lists and times by name.
struct TimeField {
  std::string_view name;
  std::optional<Time> TaskFilter::*member;
};
constexpr std::array kTimeFields{
    TimeField{"afterEnqueuedAt", &TaskFilter::after_enqueued_at},
    TimeField{"beforeEnqueuedAt", &TaskFilter::before_enqueued_at},
    TimeField{"afterStartedAt", &TaskFilter::after_started_at},
    TimeField{"beforeStartedAt", &TaskFilter::before_started_at},
    TimeField{"afterFinishedAt", &TaskFilter::after_finished_at},
    TimeField{"beforeFinishedAt", &TaskFilter::before_finished_at},
};

template <typename T>
void put_list(Json& object, const char* name, const std::optional<std::vector<T>>& list) {
  if (list) object[name] = *list;
}

template <typename T>
void get_list(const Json& object, const char* name, std::optional<std::vector<T>>& list) {
  if (object.contains(name)) list = object.at(name).template get<std::vector<T>>();
}

}  // namespace

std::string_view to_string(TaskType type) { return name_of(kTypeNames, type); }
std::string_view to_string(TaskStatus status) { return name_of(kStatusNames, status); }
std::optional<TaskType> find_task_type(std::string_view name) {
  return find_by_name<TaskType>(kTypeNames, name);
}
std::optional<TaskStatus> find_task_status(std::string_view name) {
  return find_by_name<TaskStatus>(kStatusNames, name);
}
std::vector<std::string_view> task_type_names() { return names_of(kTypeNames); }
std::vector<std::string_view> task_status_names() { return names_of(kStatusNames); }

Json to_json(const Task& task, const ErrorJson& error_json) {
  Json json;
  json["uid"] = task.uid;
  json["batchUid"] = or_null(task.batch_uid);
  json["indexUid"] = or_null(task.index_uid);
  json["status"] = to_string(task.status);
  json["type"] = to_string(task.type);
  json["canceledBy"] = or_null(task.canceled_by);
  if (!task.details.is_null()) json["details"] = task.details;
  json["error"] = task.error ? error_json(task.error->code, task.error->message) : Json(nullptr);
  const bool has_duration = task.started_at && task.finished_at;
  json["duration"] = has_duration ? Json(to_iso8601(*task.finished_at - *task.started_at)) : Json(nullptr);
  json["enqueuedAt"] = to_rfc3339(task.enqueued_at);
  json["startedAt"] = time_or_null(task.started_at);
  json["finishedAt"] = time_or_null(task.finished_at);
  if (task.custom_metadata) json["customMetadata"] = *task.custom_metadata;
  return json;
}

Json enqueued_json(const Task& task) {
  Json json;
  json["taskUid"] = task.uid;
  json["indexUid"] = or_null(task.index_uid);
  json["status"] = to_string(TaskStatus::Enqueued);
  json["type"] = to_string(task.type);
  json["enqueuedAt"] = to_rfc3339(task.enqueued_at);
  if (task.custom_metadata) json["customMetadata"] = *task.custom_metadata;
  return json;
}

Json to_json(const TaskFilter& filter) {
  Json json = Json::object();
  put_list(json, "uids", filter.uids);
  put_list(json, "batchUids", filter.batch_uids);
  put_list(json, "canceledBy", filter.canceled_by);
  put_list(json, "indexUids", filter.index_uids);
  put_list(json, "visible", filter.visible_indexes);
  if (filter.types) {
    json["types"] = Json::array();
    for (const TaskType type : *filter.types) json["types"].push_back(to_string(type));
  }
  if (filter.statuses) {
    json["statuses"] = Json::array();
    for (const TaskStatus status : *filter.statuses) json["statuses"].push_back(to_string(status));
  }
  for (const TimeField& field : kTimeFields)
    if (const auto& time = filter.*field.member)
      json[std::string(field.name)] = time->time_since_epoch().count();
  return json;
}

TaskFilter read_task_filter(const Json& value) {
  TaskFilter filter;
  get_list(value, "uids", filter.uids);
  get_list(value, "batchUids", filter.batch_uids);
  get_list(value, "canceledBy", filter.canceled_by);
  get_list(value, "indexUids", filter.index_uids);
  get_list(value, "visible", filter.visible_indexes);
  if (value.contains("types")) {
    filter.types.emplace();
    for (const Json& name : value["types"])
      filter.types->push_back(find_task_type(name.get<std::string>()).value());
  }
  if (value.contains("statuses")) {
    filter.statuses.emplace();
    for (const Json& name : value["statuses"])
      filter.statuses->push_back(find_task_status(name.get<std::string>()).value());
  }
  for (const TimeField& field : kTimeFields)
    if (const auto time = value.find(std::string(field.name)); time != value.end())
      filter.*field.member = Time{std::chrono::microseconds{time->get<std::int64_t>()}};
  return filter;
}

NewTask document_addition(std::string index_uid, Payload payload, const AdditionOptions& options) {
  Json content{{"merge", options.method == AdditionOptions::Method::Merge},
               {"primaryKey", or_null(options.primary_key)},
               {"skipCreation", options.skip_creation},
               {"create", options.missing_index == MissingIndex::Create}};
  Json details{{"receivedDocuments", payload.documents()}, {"indexedDocuments", nullptr}};
  NewTask task = make_task(TaskType::DocumentAdditionOrUpdate, std::move(index_uid), std::move(details),
                           std::move(content));
  task.payload = std::move(payload);
  return task;
}

NewTask document_deletion(std::string index_uid, IdList ids) {
  NewTask task = make_task(TaskType::DocumentDeletion, std::move(index_uid),
                           Json{{"providedIds", ids.count}, {"deletedDocuments", nullptr}}, Json::object());
  task.payload = Payload::of_text(std::move(ids.lines), ids.count);
  return task;
}

NewTask document_deletion_by_filter(std::string index_uid, Json filter) {
  Json details{{"providedIds", 0}, {"deletedDocuments", nullptr}, {"originalFilter", dump_json(filter)}};
  Json content = Json::object();
  content["filter"] = std::move(filter);
  return make_task(TaskType::DocumentDeletion, std::move(index_uid), std::move(details), std::move(content));
}

NewTask document_deletion_of_all(std::string index_uid) {
  return make_task(TaskType::DocumentDeletion, std::move(index_uid),
                   Json{{"providedIds", 0}, {"deletedDocuments", nullptr}}, Json{{"all", true}});
}

NewTask settings_update(std::string index_uid, Json patch, MissingIndex missing_index) {
  return settings_task(std::move(index_uid), std::move(patch), missing_index, false);
}

NewTask own_settings_update(std::string index_uid, Json patch, MissingIndex missing_index) {
  return settings_task(std::move(index_uid), std::move(patch), missing_index, true);
}

NewTask index_creation(std::string uid, std::optional<std::string> primary_key) {
  const Json key = or_null(primary_key);
  return make_task(TaskType::IndexCreation, std::move(uid), Json{{"primaryKey", key}},
                   Json{{"primaryKey", key}});
}

NewTask index_update(std::string uid, std::optional<std::string> primary_key,
                     std::optional<std::string> new_uid) {
  Json details{{"primaryKey", or_null(primary_key)}};
  if (new_uid) {
    details["oldIndexUid"] = uid;
    details["newIndexUid"] = *new_uid;
  }
  Json content{{"primaryKey", or_null(primary_key)}, {"uid", or_null(new_uid)}};
  return make_task(TaskType::IndexUpdate, std::move(uid), std::move(details), std::move(content));
}

NewTask index_deletion(std::string uid) {
  return make_task(TaskType::IndexDeletion, std::move(uid), Json{{"deletedDocuments", nullptr}},
                   Json::object());
}

NewTask index_swap(const std::vector<IndexSwap>& swaps) {
  Json list = Json::array();
  for (const IndexSwap& swap : swaps)
    list.push_back(Json{{"indexes", Json::array({swap.a, swap.b})}, {"rename", swap.rename}});
  Json content = Json::object();
  content["swaps"] = list;
  return make_task(TaskType::IndexSwap, std::nullopt, content, content);
}

NewTask task_cancelation(const TaskFilter& filter, std::string_view query) {
  Json details{{"matchedTasks", 0}, {"canceledTasks", nullptr}, {"originalFilter", "?" + std::string(query)}};
  Json content = Json::object();
  content["filter"] = to_json(filter);
  return make_task(TaskType::TaskCancelation, std::nullopt, std::move(details), std::move(content));
}

NewTask task_deletion(const TaskFilter& filter, std::string_view query) {
  Json details{{"matchedTasks", 0}, {"deletedTasks", nullptr}, {"originalFilter", "?" + std::string(query)}};
  Json content = Json::object();
  content["filter"] = to_json(filter);
  return make_task(TaskType::TaskDeletion, std::nullopt, std::move(details), std::move(content));
}

NewTask dump_creation() {
  return make_task(TaskType::DumpCreation, std::nullopt, Json{{"dumpUid", nullptr}}, Json::object());
}

NewTask snapshot_creation() {
  return make_task(TaskType::SnapshotCreation, std::nullopt, nullptr, Json::object());
}

bool is_index_uid(std::string_view uid) { return is_identifier(uid, 400); }

std::optional<std::string> document_id(const Json& value) {
  if (value.is_number_unsigned()) return std::to_string(value.get<std::uint64_t>());
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  if (!is_identifier(text, 511)) return std::nullopt;
  return text;
}

bool index_pattern_matches(std::string_view pattern, std::string_view index_uid) {
  if (pattern.ends_with('*')) return index_uid.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == index_uid;
}

}  // namespace nunmul
