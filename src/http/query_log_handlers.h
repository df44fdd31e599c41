// SPDX-License-Identifier: GPL-2.0-or-later
// The routes of the query log (engine/query_log.h): noting searches and opened hits, and the report.
// Without `serve --query-log` nothing is noted, events are still answered, and the report is empty.
#pragma once

#include <chrono>
#include <string>

#include "http/route.h"
#include "search/present/search_result.h"
#include "search/search_request.h"

namespace nunmul {

inline constexpr Field kEventFields[] = {
    {"query", FieldKind::Text, ErrorCode::BadRequest, "What was searched.", ErrorCode::BadRequest},
    {"id", FieldKind::Text, ErrorCode::BadRequest, "Identifier of the hit that was opened.",
     ErrorCode::BadRequest},
};

inline constexpr Field kQueryReportParameters[] = {
    {"order", FieldKind::Text, ErrorCode::BadRequest, "`top`, `zero`, `low-click` or `rising`."},
    {"days", FieldKind::Count, ErrorCode::BadRequest, "How many days, today included. By default 30."},
    {"limit", FieldKind::Count, ErrorCode::BadRequest, "Most queries to list. By default 50."},
    {"minSessions", FieldKind::Count, ErrorCode::BadRequest,
     "Queries that fewer sessions asked are withheld. By default 3."},
};

// Notes a search of the first page. Sessions are told apart by the header Nunmul-Session.
void note_search(const Call& call, const std::string& index_uid, const SearchRequest& request,
                 const SearchResult& result, std::chrono::microseconds duration);

// A hit that was opened, by the session of the header Nunmul-Session.
HttpResponse add_event(Call& call);
HttpResponse get_queries(Call& call);

}  // namespace nunmul
