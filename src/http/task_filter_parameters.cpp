// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/task_filter_parameters.h"

#include <algorithm>

#include "engine/key_store.h"
#include "http/index_uid.h"
#include "http/uid_segment.h"

namespace nunmul {
namespace {

// The items of a list, or nothing where it is absent or holds `*`: both do not limit. An empty list has
// one empty item.
template <typename Item, typename Read>
std::optional<std::vector<Item>> read_list(const Fields& query, std::string_view name, Read&& read) {
  const auto texts = query.texts(name);
  if (!texts || std::find(texts->begin(), texts->end(), "*") != texts->end()) return std::nullopt;
  std::vector<Item> items;
  if (texts->empty()) items.push_back(read(""));
  for (const std::string& text : *texts) items.push_back(read(text));
  return items;
}

std::optional<std::vector<std::uint64_t>> read_uids(const Fields& query, std::string_view name,
                                                    ErrorCode code) {
  return read_list<std::uint64_t>(query, name, [&](const std::string& text) {
    if (const auto uid = find_uid(text)) return *uid;
    reject_value(code, query.place(name), "could not parse `" + text + "` as a positive integer");
  });
}

TaskType read_type(const Fields& query, const std::string& text) {
  if (const auto type = find_task_type(text)) return *type;
  reject_value(
      ErrorCode::InvalidTaskTypes, query.place("types"),
      "`" + text + "` is not a valid task type. Available types are " + listed(task_type_names()) + ".");
}

TaskStatus read_status(const Fields& query, const std::string& text) {
  if (const auto status = find_task_status(text)) return *status;
  reject_value(ErrorCode::InvalidTaskStatuses, query.place("statuses"),
               "`" + text + "` is not a valid task status. Available statuses are " +
                   listed(task_status_names()) + ".");
}

enum class Bound { After, Before };

struct TimeParameter {
  std::string_view name;
  ErrorCode code;
  Bound bound;
  std::optional<Time> TaskFilter::*member;
};

const TimeParameter kTimes[] = {
    {"afterEnqueuedAt", ErrorCode::InvalidTaskAfterEnqueuedAt, Bound::After, &TaskFilter::after_enqueued_at},
    {"beforeEnqueuedAt", ErrorCode::InvalidTaskBeforeEnqueuedAt, Bound::Before,
     &TaskFilter::before_enqueued_at},
    {"afterStartedAt", ErrorCode::InvalidTaskAfterStartedAt, Bound::After, &TaskFilter::after_started_at},
    {"beforeStartedAt", ErrorCode::InvalidTaskBeforeStartedAt, Bound::Before, &TaskFilter::before_started_at},
    {"afterFinishedAt", ErrorCode::InvalidTaskAfterFinishedAt, Bound::After, &TaskFilter::after_finished_at},
    {"beforeFinishedAt", ErrorCode::InvalidTaskBeforeFinishedAt, Bound::Before,
     &TaskFilter::before_finished_at},
};

// After a day means from the next midnight on, which a strict comparison reaches one step earlier.
Time read_time(const Fields& query, const TimeParameter& parameter, const std::string& text) {
  if (const auto time = parse_rfc3339(text)) return *time;
  if (const auto day = parse_day(text))
    return parameter.bound == Bound::Before ? *day
                                            : *day + std::chrono::days(1) - std::chrono::microseconds(1);
  reject_value(
      parameter.code, query.place(parameter.name),
      "`" + text +
          "` is an invalid date-time. It should follow the YYYY-MM-DD or RFC 3339 date-time format.");
}

}  // namespace

TaskFilter read_task_filter(const Fields& query, const Grant& grant) {
  TaskFilter filter;
  filter.uids = read_uids(query, "uids", ErrorCode::InvalidTaskUids);
  filter.batch_uids = read_uids(query, "batchUids", ErrorCode::InvalidBatchUids);
  filter.canceled_by = read_uids(query, "canceledBy", ErrorCode::InvalidTaskCanceledBy);
  filter.types =
      read_list<TaskType>(query, "types", [&](const std::string& text) { return read_type(query, text); });
  filter.statuses = read_list<TaskStatus>(query, "statuses",
                                          [&](const std::string& text) { return read_status(query, text); });
  filter.index_uids = read_list<std::string>(query, "indexUids", [&](const std::string& text) {
    check_index_uid(text, query.place("indexUids"));
    return text;
  });
  for (const TimeParameter& parameter : kTimes)
    if (const auto text = query.text(parameter.name); text && *text != "*")
      filter.*parameter.member = read_time(query, parameter, *text);
  filter.visible_indexes = grant.visible_indexes();
  return filter;
}

void charge_page(Call& call, const PageRequest& page,
                 const std::function<std::uint64_t(const PageRequest&)>& total) {
  constexpr std::uint64_t kShortPage = 1'000, kRowBytes = 3'000;
  if (page.limit <= kShortPage) return;
  const std::uint64_t rows = std::min<std::uint64_t>(page.limit, total(PageRequest{1, {}, false}));
  call.request.budget.use_memory(rows * kRowBytes);
}

PageRequest read_page_request(const Fields& query) {
  PageRequest page;
  page.limit = query.count("limit").value_or(page.limit);
  if (const auto from = query.count("from")) page.from = *from;
  page.reverse = query.flag("reverse");
  return page;
}

}  // namespace nunmul
