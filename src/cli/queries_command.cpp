// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/commands.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/request_budget.h"
#include "cli/command.h"
#include "cli/import_report.h"
#include "cli/opened_index.h"
#include "cli/rules_file.h"
#include "engine/query_log_rows.h"
#include "engine/query_report.h"
#include "index/curation.h"
#include "search/searcher.h"
#include "search/suggestions.h"

namespace nunmul {
namespace {

constexpr double kMaxDays = 36'500, kMaxSessions = 1'000;

struct QueriesOptions {
  DataOptions data;
  std::string languages, dictionaries;
  std::string order = "top";
  unsigned days = 30;
  std::size_t limit = 50, min_sessions = 3;
  std::string what_if;
  bool suggest = false, json = false, csv = false, judged = false;
};

QueryReport report_of(const QueriesOptions& options) {
  QueryReportRequest request;
  request.index_uid = options.data.index;
  request.order = *find_query_order(options.order);
  request.last_day = day_of(now());
  request.first_day = request.last_day + 1 - static_cast<std::int64_t>(options.days);
  request.limit = options.limit;
  request.min_sessions = options.min_sessions;
  return report_queries(options.data.data_dir, request);
}

// What the index has instead of what was typed: nearest spellings, other layouts, fewer words.
std::string suggestions_for(const Generation& generation, const std::string& query) {
  SearchRequest request;
  request.q = query;
  RequestBudget budget;
  const auto found =
      generation.read([&](const Snapshot& snapshot) { return suggest_queries(snapshot, request, budget); });
  std::string text;
  for (const QuerySuggestion& one : found) (text += text.empty() ? "" : ", ") += one.q;
  return text;
}

std::string quoted_field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

void print_csv(const QueryReport& report) {
  std::cout << "query,searches,searches_before,without_hits,sessions,clicks,average_ms,hits\n";
  for (const ReportedQuery& one : report.queries)
    std::cout << quoted_field(one.query) << "," << one.searches << "," << one.searches_before << ","
              << one.without_hits << "," << one.sessions << "," << one.clicks << ","
              << static_cast<double>(one.micros) / 1000 << "," << one.hits << "\n";
  std::cout << std::flush;
}

void print_table(const QueriesOptions& options, const QueryReport& report) {
  std::shared_ptr<const Generation> generation;
  if (options.suggest)
    generation = open_index(options.data, options.languages, options.dictionaries).generation();
  if (!report.queries.empty())
    std::printf("%9s %9s %9s %9s  %s\n", "searches", "no hits", "clicks", "sessions", "query");
  for (const ReportedQuery& one : report.queries) {
    std::printf("%9llu %9llu %9llu %9llu  %s", static_cast<unsigned long long>(one.searches),
                static_cast<unsigned long long>(one.without_hits),
                static_cast<unsigned long long>(one.clicks), static_cast<unsigned long long>(one.sessions),
                one.query.c_str());
    const std::string other = generation ? suggestions_for(*generation, one.query) : "";
    std::printf("%s%s\n", other.empty() ? "" : "  -> ", other.c_str());
  }
  std::fflush(stdout);
  std::cout << counted(report.searches, "search", "searches") << " in "
            << counted(options.days, "day", "days") << ", " << report.without_hits << " without hits";
  if (report.withheld > 0)
    std::cout << "; " << counted(report.withheld, "query", "queries") << " of fewer than "
              << options.min_sessions << " sessions withheld";
  std::cout << std::endl;
}

std::string first_page(const Snapshot& snapshot, const std::string& query,
                       const std::shared_ptr<const Curation>& rules) {
  SearchRequest request;
  request.q = query;
  request.limit = 10;
  request.rules = rules;
  const SearchResult result = Searcher(snapshot).search(request);
  std::string text;
  for (const Hit& hit : result.hits) (text += text.empty() ? "" : ", ") += hit.id;
  if (text.empty()) text = "nothing";
  return result.redirect.empty() ? text : text + "; leads to " + result.redirect;
}

// The queries of the report whose first page the rules would change.
void show_changes(const QueriesOptions& options, const QueryReport& report) {
  const auto generation = open_index(options.data, options.languages, options.dictionaries).generation();
  Settings tried = generation->settings();
  apply_rules_file(tried, options.what_if);
  const auto rules =
      tried.curation ? tried.curation : std::make_shared<const Curation>();  // else the index's own
  std::size_t changed = 0;
  generation->read([&](const Snapshot& snapshot) {
    for (const ReportedQuery& one : report.queries) {
      const std::string now = first_page(snapshot, one.query, nullptr);
      const std::string then = first_page(snapshot, one.query, rules);
      if (now == then) continue;
      ++changed;
      std::cout << one.query << "\n  now:  " << now << "\n  then: " << then << "\n";
    }
  });
  std::cout << "The rules change " << changed << " of " << counted(report.queries.size(), "query", "queries")
            << "." << std::endl;
}

void show(const QueriesOptions& options) {
  const auto data = open_data_dir(options.data.data_dir);
  data->at(options.data.index);
  const QueryReport report = report_of(options);
  if (!options.what_if.empty())
    show_changes(options, report);
  else if (options.json)
    std::cout << dump_json(to_json(report)) << std::endl;
  else if (options.judged)
    std::cout << judged_lines(report) << std::flush;
  else if (options.csv)
    print_csv(report);
  else
    print_table(options, report);
}

}  // namespace

void add_queries_command(CLI::App& program) {
  auto options = std::make_shared<QueriesOptions>();
  CLI::App* command = program.add_subcommand("queries", "Show what visitors search (serve --query-log)");
  command->footer("Example: nunmul queries --order zero --suggest --days 7");
  add_data_options(*command, options->data);
  command->add_option("--order", options->order, "top, zero, low-click or rising")
      ->check(one_of(query_order_names()))
      ->type_name("NAME")
      ->capture_default_str();
  command->add_option("--days", options->days, "Days to report, with today")
      ->check(between(1, kMaxDays))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--limit", options->limit, "Most queries to list")
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--min-sessions", options->min_sessions, "Withhold queries that fewer sessions asked")
      ->check(between(1, kMaxSessions))
      ->type_name("N")
      ->capture_default_str();
  command->add_flag("--suggest", options->suggest, "Also print what the index has instead");
  command->add_option("--what-if", options->what_if, "Rules to try: print which queries they change")
      ->check(existing_file())
      ->type_name("FILE");
  auto* json = command->add_flag("--json", options->json, "Print one JSON object");
  auto* csv = command->add_flag("--csv", options->csv, "Print a table for spreadsheets")->excludes(json);
  command->add_flag("--judged", options->judged, "Print judged queries made from opened hits")
      ->excludes(json)
      ->excludes(csv);
  add_languages(*command, options->languages);
  add_dictionaries(*command, options->dictionaries);
  command->callback([options] { show(*options); });
}

}  // namespace nunmul
