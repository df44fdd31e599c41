// SPDX-License-Identifier: GPL-2.0-or-later
// The tables of the query log: what is counted, and how it is added up.
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "index/sqlite.h"

namespace nunmul {

// Days since 1970-01-01, UTC.
std::int64_t day_of(Time time);

struct QueryKey {
  std::int64_t day = 0;
  std::string index_uid, query, filter;
  auto operator<=>(const QueryKey&) const = default;
};

struct ClickKey {
  std::int64_t day = 0;
  std::string index_uid, query, id;
  auto operator<=>(const ClickKey&) const = default;
};

// The searches of one day for one query.
struct QueryCounts {
  static constexpr std::size_t kMaxSessions = 16;  // as many as are told apart

  QueryKey key;
  std::uint64_t searches = 0;
  std::uint64_t without_hits = 0;
  std::uint64_t micros = 0;             // of all of them
  std::uint64_t hits = 0;               // of the last one
  std::vector<std::string> shown_ids;   // of the last one
  std::vector<std::uint64_t> sessions;  // hashes of distinct ones, sorted

  // `later` has the same key.
  void add(const QueryCounts& later);
};

// A random text for each day, with which tokens of sessions are hashed.
using DaySalts = std::map<std::int64_t, std::string>;

// What is written at once.
struct QueryLogBatch {
  std::map<QueryKey, QueryCounts> counts;
  std::map<ClickKey, std::uint64_t> clicks;
  std::vector<QueryCounts> pending;  // all of them: in the place of those that were pending
  DaySalts salts;                    // likewise
};

// For one thread at a time.
class QueryLogRows {
 public:
  // Makes the file. Throws Error(IoError), as all members do.
  explicit QueryLogRows(const std::filesystem::path& file);

  DaySalts read_salts() const;
  // Searches that were pending when the last process ended.
  std::vector<QueryCounts> read_pending() const;

  // In one transaction.
  void write(const QueryLogBatch& batch, std::size_t max_rows_a_day);
  // Removes the counts of the days before.
  void remove_before(std::int64_t day);

 private:
  void add(const QueryCounts& counts, std::size_t max_rows_a_day);
  void put(std::string_view table, const QueryCounts& counts);

  Sqlite db_;
  std::unordered_map<std::int64_t, std::uint64_t> rows_of_day_;
  std::int64_t removed_before_ = 0;
};

// The counts of a row whose columns are those of the table `searches`, in order.
QueryCounts read_counts(const SqliteStatement& row);

}  // namespace nunmul
