// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/batch_handlers.h"

#include "engine/engine.h"
#include "http/answers.h"
#include "http/task_filter_parameters.h"
#include "http/uid_segment.h"

namespace nunmul {
namespace {

// A key sees the batches that hold a task which it may see.
bool is_visible(Call& call, std::uint64_t uid) {
  if (call.grant.allows_all_indexes()) return true;
  TaskFilter filter;
  filter.batch_uids = {uid};
  filter.visible_indexes = call.grant.visible_indexes();
  return call.engine.tasks().list(filter, PageRequest{1, {}, false}).total > 0;
}

}  // namespace

HttpResponse list_batches(Call& call) {
  const TaskFilter filter = read_task_filter(call.query, call.grant);
  const PageRequest asked = read_page_request(call.query);
  charge_page(call, asked,
              [&](const PageRequest& one) { return call.engine.tasks().list_batches(filter, one).total; });
  const BatchPage page = call.engine.tasks().list_batches(filter, asked);
  Json results = Json::array();
  for (const Batch& batch : page.batches) results.push_back(to_json(batch));
  return json_answer({{"results", std::move(results)},
                      {"total", page.total},
                      {"limit", page.limit},
                      {"from", or_null(page.from)},
                      {"next", or_null(page.next)}});
}

HttpResponse get_batch(Call& call) {
  const std::uint64_t uid = uid_segment(call, ErrorCode::InvalidBatchUids);
  const auto batch = call.engine.tasks().find_batch(uid);
  if (!batch || !is_visible(call, uid))
    throw Error(ErrorCode::BatchNotFound, "Batch `" + call.segments[0] + "` not found.");
  return json_answer(to_json(*batch));
}

}  // namespace nunmul
