// SPDX-License-Identifier: GPL-2.0-or-later
// bench_search ENTRIES: makes a corpus of that many short entries from the descriptions of Debian
// packages that this machine knows, builds it into an index and into SQLite FTS5, asks both the same
// queries, and prints CPU times. Entries beyond the list are made of halves of others; the seed is fixed.
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "index/index.h"
#include "index/snapshot.h"
#include "search/searcher.h"
#include "text/language_resources.h"

using namespace nunmul;

namespace {

struct Entry {
  std::string title, description;
};

std::vector<Entry> package_list() {
  std::vector<Entry> entries;
  if (FILE* pipe = popen("apt-cache dumpavail 2>/dev/null", "r")) {
    char line[4096];
    std::string name;
    while (std::fgets(line, sizeof line, pipe)) {
      std::string text(line);
      while (!text.empty() && text.back() == '\n') text.pop_back();
      if (text.starts_with("Package: ")) name = text.substr(9);
      if (text.starts_with("Description"))
        entries.push_back({name, text.substr(std::min(text.size(), text.find(": ") + 2))});
    }
    pclose(pipe);
  }
  if (entries.empty())
    entries = {{"nunmul", "full-text search server for Korean and Japanese"},
               {"xapian-core", "search engine library"},
               {"sqlite3", "command line interface for a database"}};
  return entries;
}

std::vector<Entry> corpus(std::size_t size, std::mt19937& random) {
  std::vector<Entry> entries = package_list();
  const std::size_t known = entries.size();
  while (entries.size() < size) {
    const Entry a = entries[random() % known];
    const Entry b = entries[random() % known];
    entries.push_back({a.title + "-" + std::to_string(entries.size() % 997), b.description});
  }
  std::shuffle(entries.begin(), entries.end(), random);
  entries.resize(size);
  return entries;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (std::isalnum(static_cast<unsigned char>(c)))
      word += static_cast<char>(std::tolower(c));
    else if (!word.empty())
      words.push_back(std::exchange(word, ""));
  }
  return words;
}

// Queries by kind; the text as typed in a search box.
std::map<std::string, std::vector<std::string>> queries(const std::vector<Entry>& entries,
                                                        std::mt19937& random) {
  std::map<std::string, std::vector<std::string>> kinds;
  for (int i = 0; i < 400; ++i) {
    const Entry& entry = entries[random() % entries.size()];
    const std::vector<std::string> words = words_of(entry.description);
    if (words.size() < 3) continue;
    const std::string& word = words[random() % words.size()];
    kinds["1 word"].push_back(word + " ");
    kinds["3 words"].push_back(word + " " + words[random() % words.size()] + " " +
                               words[random() % words.size()] + " ");
    const std::size_t at = random() % (words.size() - 1);
    kinds["phrase"].push_back("\"" + words[at] + " " + words[at + 1] + "\"");
    for (std::size_t letters = 1; letters <= std::min<std::size_t>(5, word.size()); ++letters)
      kinds["prefix " + std::to_string(letters)].push_back(word.substr(0, letters));
    kinds["word + prefix"].push_back(words[0] + " " + word.substr(0, 1 + random() % 3));
    if (word.size() >= 6) {
      std::string typo = word;
      typo[1 + random() % (typo.size() - 2)] = static_cast<char>('a' + random() % 26);
      kinds["typo"].push_back(typo + " ");
    }
    kinds["exact title"].push_back(entry.title);
  }
  return kinds;
}

double cpu_ms(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

struct Times {
  double p50 = 0, p99 = 0;
};

Times times_of(const std::vector<std::string>& texts, const std::function<void(const std::string&)>& ask) {
  std::vector<double> times;
  for (const std::string& text : texts) {
    const double start = cpu_ms(CLOCK_THREAD_CPUTIME_ID);
    ask(text);
    times.push_back(cpu_ms(CLOCK_THREAD_CPUTIME_ID) - start);
  }
  std::sort(times.begin(), times.end());
  return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

// SQLite's side: an FTS5 table with prefix indexes, BM25, the ten best.
class Fts5 {
 public:
  explicit Fts5(const std::filesystem::path& file) {
    sqlite3_open(file.c_str(), &db_);
    run("PRAGMA journal_mode=WAL; CREATE VIRTUAL TABLE e USING fts5(title, description, prefix='1 2', "
        "tokenize='porter unicode61')");
  }
  ~Fts5() {
    sqlite3_finalize(search_);
    sqlite3_close(db_);
  }
  void build(const std::vector<Entry>& entries) {
    run("BEGIN");
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(db_, "INSERT INTO e VALUES (?1, ?2)", -1, &insert, nullptr);
    for (const Entry& entry : entries) {
      sqlite3_bind_text(insert, 1, entry.title.c_str(), -1, SQLITE_TRANSIENT);
      sqlite3_bind_text(insert, 2, entry.description.c_str(), -1, SQLITE_TRANSIENT);
      sqlite3_step(insert);
      sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run("COMMIT");
    sqlite3_prepare_v2(
        db_, "SELECT title, highlight(e, 1, '<em>', '</em>') FROM e WHERE e MATCH ?1 ORDER BY rank LIMIT 20",
        -1, &search_, nullptr);
  }
  // Words are ORed as our search takes them; an unfinished last one is a prefix.
  void ask(const std::string& text) {
    std::string match;
    if (text.starts_with('"')) {
      match = text;
    } else {
      const std::vector<std::string> words = words_of(text);
      for (std::size_t i = 0; i < words.size(); ++i)
        match += (i ? " OR \"" : "\"") + words[i] + "\"" +
                 (i + 1 == words.size() && text.back() != ' ' ? "*" : "");
    }
    sqlite3_bind_text(search_, 1, match.c_str(), -1, SQLITE_TRANSIENT);
    while (sqlite3_step(search_) == SQLITE_ROW) static_cast<void>(sqlite3_column_text(search_, 1));
    sqlite3_reset(search_);
  }

 private:
  void run(const char* sql) { sqlite3_exec(db_, sql, nullptr, nullptr, nullptr); }
  sqlite3* db_ = nullptr;
  sqlite3_stmt* search_ = nullptr;
};

std::uint64_t bytes_below(const std::filesystem::path& folder) {
  std::uint64_t total = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder))
    if (file.is_regular_file()) total += file.file_size();
  return total;
}

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t size = argc > 1 ? std::stoul(argv[1]) : 100'000;
  std::mt19937 random(20'26);
  const std::vector<Entry> entries = corpus(size, random);
  const auto kinds = queries(entries, random);
  char name[] = "/tmp/nunmul-bench-XXXXXX";
  if (!mkdtemp(name)) return 1;
  const std::filesystem::path folder(name);
  int status = 0;
  try {
    const auto resources =
        LanguageResources::load(std::filesystem::path(NUNMUL_SOURCE_DIR) / "index" / "languages");
    Index index(folder / "nunmul", resources);
    Settings settings;
    settings.searchable_attributes = {"title", "description"};
    settings.default_matching_strategy = MatchingStrategy::Any;
    double store_seconds = 0, build_seconds = 0, again_seconds = 0;
    {
      IndexWriter writer(index, "bench");
      const auto put_all = [&] {
        writer.documents().begin();
        for (std::size_t i = 0; i < entries.size(); ++i)
          writer.documents().put(
              std::to_string(i),
              dump_json({{"id", i}, {"title", entries[i].title}, {"description", entries[i].description}}),
              DocumentOrigin::Files);
        writer.documents().commit();
      };
      store_seconds = seconds(put_all);
      build_seconds = seconds([&] { writer.publish(writer.build(settings)); });
      again_seconds = seconds([&] {
        put_all();
        writer.publish(writer.build(settings));
      });
    }
    Fts5 fts(folder / "fts5.db");
    const double fts_seconds = seconds([&] { fts.build(entries); });
    std::printf(
        "%zu entries\nbuild: nunmul %.2f s (store %.2f, index %.2f; %.0f entries/s), unchanged again %.2f s; "
        "FTS5 %.2f s (%.0f entries/s)\n",
        size, store_seconds + build_seconds, store_seconds, build_seconds,
        static_cast<double>(size) / (store_seconds + build_seconds), again_seconds, fts_seconds,
        static_cast<double>(size) / fts_seconds);
    std::printf("disk: nunmul %.1f MB (of which the store %.1f), FTS5 %.1f MB\n",
                static_cast<double>(bytes_below(folder / "nunmul")) / 1e6,
                static_cast<double>(std::filesystem::file_size(folder / "nunmul" / "documents.db")) / 1e6,
                static_cast<double>(std::filesystem::file_size(folder / "fts5.db")) / 1e6);
    std::printf("%-14s %21s %21s   CPU ms\n%-14s %10s %10s %10s %10s\n", "", "nunmul", "SQLite FTS5", "kind",
                "p50", "p99", "p50", "p99");
    index.generation()->read([&](const Snapshot& snapshot) {
      for (const auto& [kind, texts] : kinds) {
        const Times ours = times_of(texts, [&](const std::string& text) {
          SearchRequest request;
          request.q = text;
          Searcher(snapshot).search(request);
        });
        const Times theirs = times_of(texts, [&](const std::string& text) { fts.ask(text); });
        std::printf("%-14s %10.3f %10.3f %10.3f %10.3f\n", kind.c_str(), ours.p50, ours.p99, theirs.p50,
                    theirs.p99);
      }
      return 0;
    });
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    status = 1;
  }
  std::filesystem::remove_all(folder);
  return status;
}
