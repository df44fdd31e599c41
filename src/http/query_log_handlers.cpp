// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/query_log_handlers.h"

#include <algorithm>

#include "engine/engine.h"
#include "engine/query_log.h"
#include "engine/query_log_rows.h"
#include "engine/query_report.h"
#include "http/answers.h"
#include "http/json_reader.h"

namespace nunmul {
namespace {

constexpr std::string_view kSessionHeader = "nunmul-session";
constexpr std::uint32_t kMaxReported = 10'000;

}  // namespace

void note_search(const Call& call, const std::string& index_uid, const SearchRequest& request,
                 const SearchResult& result, std::chrono::microseconds duration) {
  QueryLog* log = call.engine.query_log();
  if (log == nullptr || request.q.empty() || result.offset > 0 ||
      result.hits.empty() != (result.total_hits == 0))
    return;
  LoggedSearch search;
  search.index_uid = index_uid;
  search.query = request.q;
  if (!request.filter.is_null()) search.filter = dump_json(request.filter);
  search.hits = result.total_hits;
  for (const Hit& hit : result.hits) search.shown_ids.push_back(hit.id);
  search.micros = static_cast<std::uint64_t>(duration.count());
  if (const auto session = call.request.header(kSessionHeader)) search.session = std::string(*session);
  log->searched(std::move(search));
}

HttpResponse add_event(Call& call) {
  const Fields fields = read_object(call.body, kEventFields);
  call.engine.catalog().at(call.segments[0]);
  const auto session = call.request.header(kSessionHeader);
  if (!session)
    throw Error(ErrorCode::BadRequest,
                "The header `Nunmul-Session` is missing: it says whose search it was.");
  if (QueryLog* log = call.engine.query_log())
    log->clicked(call.segments[0], *fields.text("query"), *fields.text("id"), std::string(*session));
  return no_content();
}

HttpResponse get_queries(Call& call) {
  call.engine.catalog().at(call.segments[0]);
  QueryReportRequest request;
  request.index_uid = call.segments[0];
  const std::string order = call.query.text("order").value_or("top");
  if (const auto known = find_query_order(order))
    request.order = *known;
  else
    reject_value(ErrorCode::BadRequest, call.query.place("order"),
                 "`" + order + "` is none of `top`, `zero`, `low-click` and `rising`.");
  request.last_day = day_of(now());
  request.first_day = request.last_day + 1 - std::max(1u, call.query.count("days").value_or(30));
  request.limit = std::min(kMaxReported, call.query.count("limit").value_or(50));
  request.min_sessions = call.query.count("minSessions").value_or(3);
  if (QueryLog* log = call.engine.query_log()) log->write();
  return json_answer(to_json(report_queries(call.engine.data_dir(), request)));
}

}  // namespace nunmul
