// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/task_handlers.h"

#include "engine/engine.h"
#include "http/answers.h"
#include "http/error_response.h"
#include "http/server_url.h"
#include "http/task_filter_parameters.h"
#include "http/uid_segment.h"

namespace nunmul {
namespace {

Task task_at(Call& call) {
  const std::uint64_t uid = uid_segment(call, ErrorCode::InvalidTaskUids);
  auto task = call.engine.tasks().find(uid);
  if (!task || !call.grant.sees_task_of(task->index_uid))
    throw Error(ErrorCode::TaskNotFound, "Task `" + call.segments[0] + "` not found.");
  return std::move(*task);
}

// A cancelation or deletion of everything has to be asked for by name: uids=*.
TaskFilter chosen_tasks(Call& call, std::string_view what) {
  TaskFilter filter = read_task_filter(call.query, call.grant);
  for (const Field& field : kTaskChoiceParameters)
    if (call.query.given(field.name)) return filter;
  throw Error(ErrorCode::MissingTaskFilters, "Query parameters to filter the tasks to " + std::string(what) +
                                                 " are missing. Available query parameters are: " +
                                                 listed(names_of(kTaskChoiceParameters)) + ".");
}

// A task's error as whoever asks sees it.
ErrorJson error_json_for(const Call& call) {
  return [url = server_url(call.request, call.public_url)](ErrorCode code, const std::string& message) {
    return error_object(code, message, url);
  };
}

}  // namespace

HttpResponse list_tasks(Call& call) {
  const TaskFilter filter = read_task_filter(call.query, call.grant);
  const PageRequest asked = read_page_request(call.query);
  charge_page(call, asked,
              [&](const PageRequest& one) { return call.engine.tasks().list(filter, one).total; });
  const TaskPage page = call.engine.tasks().list(filter, asked);
  const ErrorJson error_json = error_json_for(call);
  Json results = Json::array();
  for (const Task& task : page.tasks) results.push_back(to_json(task, error_json));
  return json_answer({{"results", std::move(results)},
                      {"total", page.total},
                      {"limit", page.limit},
                      {"from", or_null(page.from)},
                      {"next", or_null(page.next)}});
}

HttpResponse get_task(Call& call) { return json_answer(to_json(task_at(call), error_json_for(call))); }

HttpResponse get_task_documents(Call& call) {
  const Task task = task_at(call);
  call.request.budget.check_answer(call.engine.tasks().payload_bytes(task));
  auto documents = call.engine.tasks().documents_of(task.uid);
  if (!documents)
    throw Error(ErrorCode::TaskFileNotFound,
                "Task `" + call.segments[0] + "` has no documents, or is done with them.");
  return {200, "application/x-ndjson", std::move(*documents), {}};
}

HttpResponse cancel_tasks(Call& call) {
  return enqueued(call, task_cancelation(chosen_tasks(call, "cancel"), call.request.query), 200);
}

HttpResponse delete_tasks(Call& call) {
  return enqueued(call, task_deletion(chosen_tasks(call, "delete"), call.request.query), 200);
}

}  // namespace nunmul
