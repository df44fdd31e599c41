// SPDX-License-Identifier: GPL-2.0-or-later
// bench_search ENTRIES [OPTION…]: builds entries into an index and into the peers, asks all the same queries,
// and prints CPU times. tests/bench/README.md describes the corpora and options.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "corpus.h"
#include "index/index.h"
#include "index/snapshot.h"
#include "peers.h"
#include "search/searcher.h"
#include "text/language_resources.h"

using namespace nunmul;
using namespace nunmul::bench;

namespace {

struct Options {
  std::size_t entries = 100'000;
  std::size_t queries = 400;    // of each kind
  std::filesystem::path prose;  // else package descriptions
  TextSize bytes;
  std::vector<MatchingStrategy> strategies{MatchingStrategy::Any, MatchingStrategy::Last};
  std::filesystem::path data;     // where the index is kept, and taken from if it is there
  std::filesystem::path answers;  // file for what was found, to compare two versions by
  std::string only;               // a kind of query
  bool peers = true;
  bool changed = false;  // ask the mix again when one document has changed
  int rounds = 1;
};

Options read_options(int argc, char** argv) {
  Options options;
  const auto value_of = [&](int& at) { return std::string(++at < argc ? argv[at] : ""); };
  for (int at = 1; at < argc; ++at) {
    const std::string name = argv[at];
    if (name == "--queries")
      options.queries = std::stoul(value_of(at));
    else if (name == "--prose")
      options.prose = value_of(at);
    else if (name == "--least")
      options.bytes.least = std::stoul(value_of(at));
    else if (name == "--most")
      options.bytes.most = std::stoul(value_of(at));
    else if (name == "--strategy")
      options.strategies = {find_matching_strategy(value_of(at)).value()};
    else if (name == "--data")
      options.data = value_of(at);
    else if (name == "--answers")
      options.answers = value_of(at);
    else if (name == "--only")
      options.only = value_of(at);
    else if (name == "--rounds")
      options.rounds = std::stoi(value_of(at));
    else if (name == "--changed")
      options.changed = true;
    else if (name == "--no-peers")
      options.peers = false;
    else if (name.starts_with('-'))
      throw std::invalid_argument("unknown option " + name);
    else
      options.entries = std::stoul(name);
  }
  return options;
}

double ms_of(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

struct Cost {
  double wall = 0, cpu = 0;  // seconds
};

Cost cost_of(const std::function<void()>& work) {
  const auto used = [] {
    rusage own{}, children{};
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &children);
    double seconds = 0;
    for (const timeval& time : {own.ru_utime, own.ru_stime, children.ru_utime, children.ru_stime})
      seconds += static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    return seconds;
  };
  const double wall = ms_of(CLOCK_MONOTONIC) / 1e3, cpu = used();
  work();
  return {ms_of(CLOCK_MONOTONIC) / 1e3 - wall, used() - cpu};
}

struct Times {
  double mean = 0, p50 = 0, p99 = 0;  // CPU ms
};

// Of the least that each query took in the rounds, so that what else the machine does says little.
Times times_of(const std::vector<Query>& queries, int rounds, const std::function<void(const Query&)>& ask) {
  std::vector<double> times(queries.size(), 1e9);
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t q = 0; q < queries.size(); ++q) {
      const double start = ms_of(CLOCK_THREAD_CPUTIME_ID);
      ask(queries[q]);
      times[q] = std::min(times[q], ms_of(CLOCK_THREAD_CPUTIME_ID) - start);
    }
  }
  double sum = 0;
  for (const double time : times) sum += time;
  std::sort(times.begin(), times.end());
  return {sum / static_cast<double>(times.size()), times[times.size() / 2], times[times.size() * 99 / 100]};
}

SearchRequest request_of(const Query& query, MatchingStrategy strategy) {
  SearchRequest request;
  request.q = query.text;
  request.limit = 10;
  request.matching_strategy = strategy;
  request.attributes_to_highlight = {"title", "description"};
  request.attributes_to_crop = {{"description", 30}};
  if (query.also == Also::Facets) request.facets = std::vector<std::string>{"section"};
  if (query.also == Also::Filter) request.filter = "section = \"" + query.section + "\"";
  return request;
}

Settings bench_settings() {
  Settings settings;
  settings.searchable_attributes = {"title", "description"};
  settings.filterable_attributes = {{.patterns = {"section"}, .facet_search = true, .bare = true}};
  return settings;
}

void build(Index& index, const std::vector<Entry>& entries) {
  IndexWriter writer(index, "bench");
  const auto put_all = [&] {
    writer.documents().begin();
    for (std::size_t i = 0; i < entries.size(); ++i)
      writer.documents().put(std::to_string(i),
                             dump_json({{"id", i},
                                        {"title", entries[i].title},
                                        {"section", entries[i].section},
                                        {"description", entries[i].description}}),
                             DocumentOrigin::Files);
    writer.documents().commit();
  };
  const Cost store = cost_of(put_all);
  const Cost segment = cost_of([&] { writer.publish(writer.build(bench_settings())); });
  const Cost again = cost_of([&] {
    put_all();
    writer.publish(writer.build(bench_settings()));
  });
  rusage own{};
  getrusage(RUSAGE_SELF, &own);
  std::printf("build: %.2f s, %.2f s CPU (store %.2f, index %.2f); unchanged again %.2f s; peak %ld MB\n",
              store.wall + segment.wall, store.cpu + segment.cpu, store.cpu, segment.cpu, again.wall,
              own.ru_maxrss / 1024);
}

void write_answer(std::ostream& out, const Query& query, const SearchResult& result) {
  out << query.text << '\t' << result.total_hits;
  for (const Hit& hit : result.hits)
    out << ' ' << hit.id << ':' << hit.ranking_score << (hit.formatted ? dump_json(*hit.formatted) : "");
  if (result.facet_distribution) out << ' ' << dump_json(*result.facet_distribution);
  out << '\n';
}

void ask_all(const Options& options, const Snapshot& snapshot, const std::vector<QueryKind>& kinds,
             const std::vector<std::unique_ptr<Peer>>& peers) {
  std::ofstream answers(options.answers);
  for (const MatchingStrategy strategy : options.strategies) {
    const Words words = strategy == MatchingStrategy::Any ? Words::Any : Words::All;
    std::printf("\n%-14s %26s %26s %26s  CPU us\n%-14s", std::string(to_string(strategy)).c_str(), "nunmul",
                peers.empty() ? "" : "SQLite FTS5", peers.empty() ? "" : "plain Xapian", "kind");
    for (std::size_t column = 0; column <= peers.size(); ++column)
      std::printf(" %8s %8s %8s", "mean", "p50", "p99");
    std::printf("\n");
    for (const auto& [kind, queries] : kinds) {
      if (!options.only.empty() && options.only != kind) continue;
      std::vector<Times> columns{times_of(queries, options.rounds, [&](const Query& query) {
        Searcher(snapshot).search(request_of(query, strategy));
      })};
      for (const auto& peer : peers)
        columns.push_back(times_of(queries, 1, [&](const Query& query) { peer->ask(query, words); }));
      std::printf("%-14s", kind.c_str());
      for (const Times& times : columns)
        std::printf(" %8.0f %8.0f %8.0f", 1e3 * times.mean, 1e3 * times.p50, 1e3 * times.p99);
      for (std::size_t peer = 1; peer < columns.size(); ++peer)
        std::printf(" %7.2fx", columns[0].mean / columns[peer].mean);
      std::printf("\n");
      std::fflush(stdout);
      if (!options.answers.empty())
        for (const Query& query : queries)
          write_answer(answers, query, Searcher(snapshot).search(request_of(query, strategy)));
    }
  }
}

// A changed document is in a segment of its own, and erased in the large one.
void change_one(Index& index) {
  IndexWriter writer(index, "bench");
  writer.documents().begin();
  writer.documents().put("7", dump_json({{"id", 7}, {"title", "changed"}, {"description", "one document"}}),
                         DocumentOrigin::Files);
  writer.documents().commit();
  writer.publish(writer.build(bench_settings()));
}

void run(const Options& options, const std::filesystem::path& folder) {
  std::mt19937 random(20'26);
  const std::vector<Entry> entries =
      options.prose.empty() ? package_entries(options.entries, random)
                            : prose_entries(options.prose, options.entries, options.bytes, random);
  const std::vector<QueryKind> kinds = make_queries(entries, options.queries, random);
  std::uint64_t text_bytes = 0;
  for (const Entry& entry : entries) text_bytes += entry.title.size() + entry.description.size();
  std::printf("%zu entries, %.1f MB of text\n", entries.size(), static_cast<double>(text_bytes) / 1e6);
  const auto resources =
      LanguageResources::load(std::filesystem::path(NUNMUL_SOURCE_DIR) / "index" / "languages");
  const std::filesystem::path ours = options.data.empty() ? folder / "nunmul" : options.data;
  const bool is_new = !std::filesystem::exists(ours / "documents.db");
  Index index(ours, resources);
  if (is_new) build(index, entries);
  std::printf("disk: nunmul %.1f MB (of which the store %.1f)\n",
              static_cast<double>(bytes_below(ours)) / 1e6,
              static_cast<double>(std::filesystem::file_size(ours / "documents.db")) / 1e6);
  std::vector<std::unique_ptr<Peer>> peers;
  if (options.peers) {
    peers.push_back(make_fts5(folder));
    peers.push_back(make_plain_xapian(folder));
  }
  for (std::size_t peer = 0; peer < peers.size(); ++peer) {
    const Cost cost = cost_of([&] { peers[peer]->build(entries); });
    std::printf("%s: %.2f s, %.2f s CPU, %.1f MB\n", peer == 0 ? "SQLite FTS5" : "plain Xapian", cost.wall,
                cost.cpu, static_cast<double>(peers[peer]->bytes()) / 1e6);
  }
  std::fflush(stdout);
  index.generation()->read([&](const Snapshot& snapshot) {
    ask_all(options, snapshot, kinds, peers);
    return 0;
  });
  if (!options.changed) return;
  change_one(index);
  Options again = options;
  again.only = "mix";
  again.answers.clear();
  std::printf("\none document changed:");
  index.generation()->read([&](const Snapshot& snapshot) {
    ask_all(again, snapshot, kinds, {});
    return 0;
  });
}

}  // namespace

int main(int argc, char** argv) {
  char name[] = "/tmp/nunmul-bench-XXXXXX";
  if (!mkdtemp(name)) return 1;
  int status = 0;
  try {
    run(read_options(argc, argv), name);
  } catch (const Xapian::Error& error) {
    std::fprintf(stderr, "error: %s\n", error.get_description().c_str());
    status = 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    status = 1;
  }
  std::filesystem::remove_all(name);
  return status;
}
