// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/query_report.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "engine/query_log.h"
#include "engine/query_log_rows.h"

namespace nunmul {
namespace {

constexpr std::array<std::pair<QueryOrder, std::string_view>, 4> kOrders{{{QueryOrder::Top, "top"},
                                                                          {QueryOrder::Zero, "zero"},
                                                                          {QueryOrder::LowClick, "low-click"},
                                                                          {QueryOrder::Rising, "rising"}}};

using Sums = std::unordered_map<std::string, ReportedQuery>;

// Counts alone, of the days of the report and, for what is rising, of as many before: a log has many queries,
// and a report shows few.
Sums read_sums(const Sqlite& db, const QueryReportRequest& request, QueryReport& report) {
  const std::int64_t days = request.last_day - request.first_day + 1;
  const std::int64_t first =
      request.order == QueryOrder::Rising ? request.first_day - days : request.first_day;
  Sums sums;
  // Hashes of different days have different salts: a visitor of two days counts as two sessions.
  SqliteStatement rows = db.prepare(
      "SELECT day, query, searches, without_hits, micros, length(sessions)/8, hits FROM searches WHERE day "
      "BETWEEN ?1 AND ?2 AND index_uid=?3 ORDER BY day");
  rows.bind(1, first).bind(2, request.last_day).bind(3, request.index_uid);
  while (rows.step()) {
    const std::uint64_t searches = rows.count(2);
    const std::string_view query = rows.text(1);
    const bool is_before = rows.integer(0) < request.first_day;
    if (!is_before) report.searches += searches, report.without_hits += rows.count(3);
    if (query.empty()) {
      report.beyond += is_before ? 0 : searches;
      continue;
    }
    ReportedQuery& sum = sums[std::string(query)];
    if (is_before) {
      sum.searches_before += searches;
      continue;
    }
    sum.searches += searches;
    sum.without_hits += rows.count(3);
    sum.micros += rows.count(4);
    sum.sessions += rows.count(5);
    sum.hits = rows.count(6);
  }
  return sums;
}

void add_clicks(const Sqlite& db, const QueryReportRequest& request, Sums& sums) {
  SqliteStatement clicks =
      db.prepare("SELECT query, id, clicks FROM clicks WHERE day BETWEEN ?1 AND ?2 AND index_uid=?3");
  clicks.bind(1, request.first_day).bind(2, request.last_day).bind(3, request.index_uid);
  while (clicks.step()) {
    const auto found = sums.find(std::string(clicks.text(0)));
    if (found == sums.end()) continue;
    found->second.clicks += clicks.count(2);
    found->second.clicks_by_id[std::string(clicks.text(1))] += clicks.count(2);
  }
}

// What the last search of each query showed.
void add_shown_ids(const Sqlite& db, const QueryReportRequest& request, std::vector<ReportedQuery>& queries) {
  SqliteStatement last = db.prepare("SELECT * FROM searches WHERE day=?1 AND index_uid=?2 AND query=?3");
  for (ReportedQuery& one : queries)
    for (std::int64_t day = request.last_day; day >= request.first_day; --day) {
      const SqliteReset reset(last);
      last.bind(1, day).bind(2, request.index_uid).bind(3, one.query);
      if (!last.step()) continue;
      one.shown_ids = read_counts(last).shown_ids;
      break;
    }
}

// What the order takes in.
bool belongs(const ReportedQuery& query, QueryOrder order) {
  if (query.searches == 0) return false;
  if (order == QueryOrder::Zero) return query.without_hits == query.searches || query.hits == 0;
  if (order == QueryOrder::LowClick) return query.hits > 0;
  if (order == QueryOrder::Rising) return query.searches > query.searches_before;
  return true;
}

// What comes first; more is earlier.
double weight_of(const ReportedQuery& query, QueryOrder order) {
  const auto searches = static_cast<double>(query.searches);
  if (order == QueryOrder::LowClick) return searches - static_cast<double>(query.clicks);
  if (order == QueryOrder::Rising) return searches - static_cast<double>(query.searches_before);
  return searches;
}

int grade_of(std::uint64_t clicks, std::uint64_t all) {
  if (clicks * 2 >= all) return 3;
  return clicks * 5 >= all ? 2 : 1;
}

}  // namespace

std::string_view name_of(QueryOrder order) {
  return std::find_if(kOrders.begin(), kOrders.end(), [&](const auto& row) { return row.first == order; })
      ->second;
}

std::optional<QueryOrder> find_query_order(std::string_view name) {
  for (const auto& [order, known] : kOrders)
    if (known == name) return order;
  return std::nullopt;
}

std::vector<std::string> query_order_names() {
  std::vector<std::string> names;
  for (const auto& [order, name] : kOrders) names.emplace_back(name);
  return names;
}

QueryReport report_queries(const std::filesystem::path& data_dir, const QueryReportRequest& request) {
  QueryReport report;
  std::error_code error;
  if (!std::filesystem::exists(query_log_file(data_dir), error)) return report;
  const Sqlite db(query_log_file(data_dir), SqliteAccess::Read);
  Sums sums = read_sums(db, request, report);
  add_clicks(db, request, sums);
  std::vector<std::pair<double, Sums::value_type*>> found;
  for (auto& one : sums) {
    if (!belongs(one.second, request.order)) continue;
    if (one.second.sessions < request.min_sessions)
      ++report.withheld;
    else
      found.emplace_back(weight_of(one.second, request.order), &one);
  }
  const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(request.limit, found.size()));
  std::partial_sort(found.begin(), end, found.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second->first < b.second->first;
  });
  for (auto at = found.begin(); at != end; ++at) {
    ReportedQuery& one = report.queries.emplace_back(std::move(at->second->second));
    one.query = at->second->first;
    one.micros /= one.searches;
  }
  add_shown_ids(db, request, report.queries);
  return report;
}

Json to_json(const QueryReport& report) {
  Json queries = Json::array();
  for (const ReportedQuery& one : report.queries)
    queries.push_back({{"query", one.query},
                       {"searches", one.searches},
                       {"searchesBefore", one.searches_before},
                       {"withoutHits", one.without_hits},
                       {"sessions", one.sessions},
                       {"clicks", one.clicks},
                       {"averageMs", static_cast<double>(one.micros) / 1000},
                       {"hits", one.hits},
                       {"shownIds", one.shown_ids},
                       {"clicksById", one.clicks_by_id}});
  return {{"queries", std::move(queries)},
          {"searches", report.searches},
          {"withoutHits", report.without_hits},
          {"withheldQueries", report.withheld},
          {"uncountedSearches", report.beyond}};
}

std::string judged_lines(const QueryReport& report) {
  std::string lines;
  for (const ReportedQuery& one : report.queries) {
    if (one.clicks_by_id.empty()) continue;
    Json judgments = Json::object();
    for (const auto& [id, clicks] : one.clicks_by_id) judgments[id] = grade_of(clicks, one.clicks);
    // The same query has the same name in every export.
    const std::string qid = "log-" + sha256_hex(one.query).substr(0, 12);
    lines += dump_json({{"qid", qid},
                        {"query", one.query},
                        {"lang", "mixed"},
                        {"need", "log"},
                        {"judgments", std::move(judgments)}}) +
             "\n";
  }
  return lines;
}

}  // namespace nunmul
