// SPDX-License-Identifier: GPL-2.0-or-later
// What visitors search, and which hits they open: counts by day, without addresses or persons.
//   DATA_DIR/queries.db   counts by day, index, query and filter; clicks; searches that may still go on
// States of typing are one search: 윤ㅎ, 윤하 and "윤하 비" within a few seconds of one session count as the
// last of them. A session is a random token that a page makes up; what is kept of it is a hash with a salt
// that is forgotten the day after.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace nunmul {

struct LoggedSearch {
  std::string index_uid;
  std::string query;   // as typed
  std::string filter;  // its JSON, or ""
  std::uint64_t hits = 0;
  std::vector<std::string> shown_ids;  // of the page that was shown, the first 20
  std::uint64_t micros = 0;            // that answering took
  std::optional<std::string> session;  // none: a search of its own
};

struct QueryLogOptions {
  unsigned retention_days = 90;           // older days are removed
  std::size_t max_rows_a_day = 100'000;   // distinct queries; searches for others are counted as one row, ""
  std::size_t max_sessions = 20'000;      // that are remembered at once; the oldest end first
  std::chrono::seconds pause{10};         // after which a search is finished
  std::chrono::seconds session{30 * 60};  // for which a session may click on what it was shown
  std::chrono::milliseconds write_interval{500};
  std::function<Time()> clock = now;  // for tests
};

// Safe from many threads. Writes twice a second and when it is destroyed: a crash loses no more.
class QueryLog {
 public:
  // Throws Error(IoError).
  explicit QueryLog(const std::filesystem::path& data_dir, QueryLogOptions options = {});
  ~QueryLog();

  // An empty query is not logged.
  void searched(LoggedSearch search);

  // A hit that a session opened. Counts once, and only if that session was shown the hit for this query.
  // Returns whether it counted.
  bool clicked(const std::string& index_uid, const std::string& query, const std::string& id,
               const std::string& session);

  // Writes what has been counted by now. Throws Error(IoError).
  void write();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The file of a data folder's log.
std::filesystem::path query_log_file(const std::filesystem::path& data_dir);

// The form under which queries are one: folded (text/fold.h), with single spaces between words.
std::string normalized_query(const std::string& query);

}  // namespace nunmul
