// SPDX-License-Identifier: GPL-2.0-or-later
// The parameters that choose tasks become a filter; a day means its end after `after` and its begin
// after `before`; `*` does not limit.
#include "http/task_filter_parameters.h"

#include <doctest/doctest.h>

#include "engine/key_store.h"
#include "http/query_reader.h"

using namespace nunmul;

TEST_SUITE_BEGIN("http/task_filter_parameters");

namespace {

TaskFilter filter_of(std::string_view query) {
  return read_task_filter(read_parameters(parse_query(query), kTaskFilterParameters), Grant());
}

std::string message_of(std::string_view query) {
  try {
    filter_of(query);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("lists are read item by item, and types in any case") {
  const TaskFilter filter =
      filter_of("uids=1,2&types=documentadditionorupdate&statuses=Succeeded&indexUids=songs");
  CHECK(*filter.uids == std::vector<std::uint64_t>{1, 2});
  CHECK(filter.types->front() == TaskType::DocumentAdditionOrUpdate);
  CHECK(filter.statuses->front() == TaskStatus::Succeeded);
  CHECK(filter.index_uids->front() == "songs");
}

TEST_CASE("a star does not limit") {
  const TaskFilter filter = filter_of("uids=*&types=*&statuses=*&indexUids=*&afterEnqueuedAt=*");
  CHECK_FALSE(filter.uids);
  CHECK_FALSE(filter.types);
  CHECK_FALSE(filter.statuses);
  CHECK_FALSE(filter.index_uids);
  CHECK_FALSE(filter.after_enqueued_at);
}

TEST_CASE("after a day means from the next midnight on") {
  const Time midnight = *parse_day("2026-07-23");
  const TaskFilter filter = filter_of("afterEnqueuedAt=2026-07-22&beforeEnqueuedAt=2026-07-22");
  CHECK(*filter.after_enqueued_at < midnight);
  CHECK(*filter.after_enqueued_at + std::chrono::microseconds(1) == midnight);
  CHECK(*filter.before_enqueued_at == *parse_day("2026-07-22"));
}

TEST_CASE("what is wrong is named") {
  CHECK(message_of("uids=1,x") ==
        "Invalid value in parameter `uids`: could not parse `x` as a positive integer");
  CHECK(
      message_of("types=dance")
          .starts_with(
              "Invalid value in parameter `types`: `dance` is not a valid task type. Available types are `"));
  CHECK(message_of("statuses=x")
            .starts_with("Invalid value in parameter `statuses`: `x` is not a valid task status. Available "
                         "statuses are `"));
  CHECK(message_of("indexUids=a%20b")
            .starts_with("Invalid value in parameter `indexUids`: `a b` is not a valid index uid."));
  CHECK(message_of("afterStartedAt=x")
            .starts_with("Invalid value in parameter `afterStartedAt`: `x` is an invalid date-time."));
}
