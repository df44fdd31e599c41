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

// Everything that the log has about one query in the days of a report.
struct Sum {
  ReportedQuery shown;
  std::int64_t last_day = 0;
};
using Sums = std::unordered_map<std::string, Sum>;

void add_row(Sums& sums, const QueryCounts& row, const QueryReportRequest& request, QueryReport& report) {
  if (row.key.day < request.first_day) {
    sums[row.key.query].shown.searches_before += row.searches;
    return;
  }
  report.searches += row.searches;
  report.without_hits += row.without_hits;
  if (row.key.query.empty()) {
    report.beyond += row.searches;
    return;
  }
  Sum& sum = sums[row.key.query];
  sum.shown.searches += row.searches;
  sum.shown.without_hits += row.without_hits;
  sum.shown.micros += row.micros;
  // Hashes of different days have different salts: a visitor of two days counts as two sessions.
  sum.shown.sessions += row.sessions.size();
  if (row.key.day < sum.last_day) return;
  sum.last_day = row.key.day;
  sum.shown.hits = row.hits;
  sum.shown.shown_ids = row.shown_ids;
}

// Days of the report and, for what is rising, as many before.
Sums read_sums(const Sqlite& db, const QueryReportRequest& request, QueryReport& report) {
  const std::int64_t days = request.last_day - request.first_day + 1;
  const std::int64_t first =
      request.order == QueryOrder::Rising ? request.first_day - days : request.first_day;
  Sums sums;
  SqliteStatement rows = db.prepare("SELECT * FROM searches WHERE day BETWEEN ?1 AND ?2 AND index_uid=?3");
  rows.bind(1, first).bind(2, request.last_day).bind(3, request.index_uid);
  while (rows.step()) add_row(sums, read_counts(rows), request, report);
  SqliteStatement clicks = db.prepare(
      "SELECT query, id, sum(clicks) FROM clicks WHERE day BETWEEN ?1 AND ?2 AND index_uid=?3 GROUP BY "
      "query, id");
  clicks.bind(1, request.first_day).bind(2, request.last_day).bind(3, request.index_uid);
  while (clicks.step()) {
    const auto found = sums.find(std::string(clicks.text(0)));
    if (found == sums.end()) continue;
    found->second.shown.clicks += clicks.count(2);
    found->second.shown.clicks_by_id[std::string(clicks.text(1))] += clicks.count(2);
  }
  return sums;
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
  for (auto& [query, sum] : read_sums(db, request, report)) {
    ReportedQuery& one = sum.shown;
    one.query = query;
    if (!belongs(one, request.order)) continue;
    one.micros /= one.searches;
    if (one.sessions < request.min_sessions)
      ++report.withheld;
    else
      report.queries.push_back(std::move(one));
  }
  std::sort(report.queries.begin(), report.queries.end(),
            [&](const ReportedQuery& a, const ReportedQuery& b) {
              const double of_a = weight_of(a, request.order), of_b = weight_of(b, request.order);
              return of_a != of_b ? of_a > of_b : a.query < b.query;
            });
  if (report.queries.size() > request.limit) report.queries.resize(request.limit);
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
