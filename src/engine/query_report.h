// SPDX-License-Identifier: GPL-2.0-or-later
// What the query log says about an index: the queries of some days, added up and ordered.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/time.h"

namespace nunmul {

enum class QueryOrder {
  Top,       // most searches first
  Zero,      // those that found nothing
  LowClick,  // those that found something of which nothing was opened; the rest by their share of clicks
  Rising,    // those that gained most over as many days before
};

// "top", "zero", "low-click", "rising"; also what `find` reads.
std::string_view name_of(QueryOrder order);
std::optional<QueryOrder> find_query_order(std::string_view name);
std::vector<std::string> query_order_names();

struct QueryReportRequest {
  std::string index_uid;
  QueryOrder order = QueryOrder::Top;
  std::int64_t first_day = 0, last_day = 0;  // days since 1970-01-01 UTC, both included
  std::size_t limit = 50;
  std::size_t min_sessions = 3;  // queries of fewer sessions are withheld: they may tell who asked
};

struct ReportedQuery {
  std::string query;
  std::uint64_t searches = 0;
  std::uint64_t searches_before = 0;  // in as many days before
  std::uint64_t without_hits = 0;
  std::uint64_t sessions = 0;  // at least so many: of a day 16 are told apart
  std::uint64_t clicks = 0;
  std::uint64_t micros = 0;  // on average
  std::uint64_t hits = 0;    // of the last search
  std::vector<std::string> shown_ids;
  std::map<std::string, std::uint64_t> clicks_by_id;
};

struct QueryReport {
  std::vector<ReportedQuery> queries;
  std::uint64_t searches = 0;      // of all queries of the days, withheld ones included
  std::uint64_t without_hits = 0;  // of them
  std::uint64_t withheld = 0;      // queries that fewer sessions asked, of those that the order takes in
  std::uint64_t beyond = 0;        // searches for queries that the log had no room for
};

// Of an empty or missing log: nothing. Throws Error(IoError).
QueryReport report_queries(const std::filesystem::path& data_dir, const QueryReportRequest& request);

Json to_json(const QueryReport& report);

// Judged queries (queries/README.md) of the hits that were opened: a line each. Grade 3 is the hit that got
// at least half of a query's clicks, 2 one that got a fifth, 1 any other.
std::string judged_lines(const QueryReport& report);

}  // namespace nunmul
