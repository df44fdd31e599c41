// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/commands.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/hit_text.h"
#include "cli/import_report.h"
#include "cli/opened_index.h"
#include "search/searcher.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxColumns = 120;  // longer lines are hard to read
constexpr std::size_t kMinColumns = 20;

struct SearchOptions {
  DataOptions data;
  std::string languages;
  std::string dictionaries;
  std::vector<std::string> words;
  std::uint32_t limit = 10;
  std::string filter;
  std::string matching;
  bool json = false;
  bool explain = false;
};

TextStyle style_of_stdout() {
  TextStyle style;
  if (::isatty(STDOUT_FILENO) != 1) return style;
  style.is_colored = true;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    style.width = std::clamp<std::size_t>(size.ws_col, kMinColumns, kMaxColumns);
  return style;
}

SearchRequest request_of(const SearchOptions& options) {
  SearchRequest request;
  for (const std::string& word : options.words) request.q += (request.q.empty() ? "" : " ") + word;
  request.limit = options.limit;
  if (!options.filter.empty()) request.filter = options.filter;
  if (!options.matching.empty()) request.matching_strategy = find_matching_strategy(options.matching);
  request.show_ranking_score = options.explain;
  request.show_ranking_score_details = options.explain && options.json;
  request.explain = options.explain;
  if (!options.json) ask_for_snippets(request);
  return request;
}

void print_hits(const SearchOptions& options, const SearchResult& result, std::uint64_t milliseconds) {
  const TextStyle style = style_of_stdout();
  std::cout << printable_lines(result.explanation, "");
  for (std::size_t i = 0; i < result.hits.size(); ++i) {
    std::cout << to_text(result.hits[i], i + 1, style);
    if (options.explain) std::cout << explanation(result.hits[i]);
  }
  std::cout << std::flush;
  std::cerr << (result.total_hits == 0 ? "nothing found" : counted(result.total_hits, "hit", "hits"))
            << " in " << milliseconds << " ms\n";
}

void search(const SearchOptions& options) {
  const OpenedIndex opened = open_index(options.data, options.languages, options.dictionaries);
  const SearchRequest request = request_of(options);
  const auto started = std::chrono::steady_clock::now();
  const SearchResult result =
      opened.generation()->read([&](const Snapshot& snapshot) { return Searcher(snapshot).search(request); });
  const auto milliseconds = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started)
          .count());
  if (options.json)
    std::cout << search_response_json(result, request, milliseconds, Json(), Json()) << std::endl;
  else
    print_hits(options, result, milliseconds);
}

}  // namespace

void add_search_command(CLI::App& program) {
  auto options = std::make_shared<SearchOptions>();
  CLI::App* command = program.add_subcommand("search", "Search an index");
  command->footer("Example: nunmul search --limit 3 --filter 'kind = film' lost daughter");
  command->add_option("query", options->words, "What to search for")->required()->type_name("QUERY...");
  add_data_options(*command, options->data);
  command->add_option("--limit", options->limit, "Most hits to show")->type_name("N")->capture_default_str();
  command->add_option("--filter", options->filter, "Condition: kind = film AND year > 2000")
      ->type_name("EXPR");
  add_matching(*command, options->matching);
  command->add_flag("--json", options->json, "Print the answer of the HTTP API");
  command->add_flag("--explain", options->explain, "Show the query's plan and the score of each hit");
  add_languages(*command, options->languages);
  add_dictionaries(*command, options->dictionaries);
  command->callback([options] { search(*options); });
}

}  // namespace nunmul
