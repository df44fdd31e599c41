// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/query_log_rows.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <iterator>

#include "base/hash.h"
#include "engine/transaction.h"

namespace nunmul {
namespace {

constexpr std::string_view kColumns =
    "day INTEGER, index_uid TEXT, query TEXT, filter TEXT, searches INTEGER, without_hits INTEGER, "
    "micros INTEGER, hits INTEGER, shown_ids TEXT, sessions BLOB";

std::string joined(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += id + "\n";  // ids hold no line breaks
  return text;
}

std::vector<std::string> cut(std::string_view text) {
  std::vector<std::string> ids;
  for (std::size_t end; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
    ids.emplace_back(text.substr(0, end));
  return ids;
}

std::string_view bytes_of(const std::vector<std::uint64_t>& hashes) {
  return {reinterpret_cast<const char*>(hashes.data()), hashes.size() * sizeof(std::uint64_t)};
}

std::vector<std::uint64_t> hashes_of(std::string_view bytes) {
  std::vector<std::uint64_t> hashes(bytes.size() / sizeof(std::uint64_t));
  std::memcpy(hashes.data(), bytes.data(), hashes.size() * sizeof(std::uint64_t));
  return hashes;
}

}  // namespace

std::int64_t day_of(Time time) {
  return std::chrono::floor<std::chrono::days>(time).time_since_epoch().count();
}

void QueryCounts::add(const QueryCounts& later) {
  searches += later.searches;
  without_hits += later.without_hits;
  micros += later.micros;
  hits = later.hits;
  shown_ids = later.shown_ids;
  std::vector<std::uint64_t> both;
  std::set_union(sessions.begin(), sessions.end(), later.sessions.begin(), later.sessions.end(),
                 std::back_inserter(both));
  both.resize(std::min(both.size(), kMaxSessions));
  sessions = std::move(both);
}

QueryCounts read_counts(const SqliteStatement& row) {
  QueryCounts counts;
  counts.key = {row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))};
  counts.searches = row.count(4);
  counts.without_hits = row.count(5);
  counts.micros = row.count(6);
  counts.hits = row.count(7);
  counts.shown_ids = cut(row.text(8));
  counts.sessions = hashes_of(row.text(9));
  return counts;
}

QueryLogRows::QueryLogRows(const std::filesystem::path& file) : db_(file) {
  const std::string columns(kColumns);
  db_.run("CREATE TABLE IF NOT EXISTS searches (" + columns +
          ", PRIMARY KEY (day, index_uid, query, filter)) WITHOUT ROWID");
  db_.run("CREATE TABLE IF NOT EXISTS pending (" + columns + ")");
  db_.run(
      "CREATE TABLE IF NOT EXISTS clicks (day INTEGER, index_uid TEXT, query TEXT, id TEXT, clicks "
      "INTEGER, PRIMARY KEY (day, index_uid, query, id)) WITHOUT ROWID");
  db_.run("CREATE TABLE IF NOT EXISTS salts (day INTEGER PRIMARY KEY, salt TEXT)");
  SqliteStatement days = db_.prepare("SELECT day, count(*) FROM searches GROUP BY day");
  while (days.step()) rows_of_day_.emplace(days.integer(0), days.count(1));
}

DaySalts QueryLogRows::read_salts() const {
  DaySalts salts;
  SqliteStatement rows = db_.prepare("SELECT day, salt FROM salts");
  while (rows.step()) salts.emplace(rows.integer(0), rows.text(1));
  return salts;
}

void QueryLogRows::put(std::string_view table, const QueryCounts& counts) {
  const std::string ids = joined(counts.shown_ids);
  db_.prepare("INSERT OR REPLACE INTO " + std::string(table) + " VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)")
      .bind(1, counts.key.day)
      .bind(2, counts.key.index_uid)
      .bind(3, counts.key.query)
      .bind(4, counts.key.filter)
      .bind(5, counts.searches)
      .bind(6, counts.without_hits)
      .bind(7, counts.micros)
      .bind(8, counts.hits)
      .bind(9, ids)
      .bind_blob(10, bytes_of(counts.sessions))
      .run();
}

void QueryLogRows::add(const QueryCounts& counts, std::size_t max_rows_a_day) {
  SqliteStatement found =
      db_.prepare("SELECT * FROM searches WHERE day=?1 AND index_uid=?2 AND query=?3 AND filter=?4");
  found.bind(1, counts.key.day)
      .bind(2, counts.key.index_uid)
      .bind(3, counts.key.query)
      .bind(4, counts.key.filter);
  QueryCounts sum = counts;
  if (found.step()) {
    sum = read_counts(found);
    found.reset();
    sum.add(counts);
  } else if (std::uint64_t& rows = rows_of_day_[counts.key.day]; !counts.key.query.empty()) {
    if (rows >= max_rows_a_day) {
      sum.key.query = sum.key.filter = "";
      return add(sum, max_rows_a_day);
    }
    ++rows;
  }
  put("searches", sum);
}

void QueryLogRows::write(const QueryLogBatch& batch, std::size_t max_rows_a_day) {
  const Transaction transaction(db_);
  db_.run("DELETE FROM salts");
  for (const auto& [day, salt] : batch.salts)
    db_.prepare("INSERT INTO salts VALUES (?1,?2)").bind(1, day).bind(2, salt).run();
  for (const auto& [key, one] : batch.counts) add(one, max_rows_a_day);
  for (const auto& [key, count] : batch.clicks)
    db_.prepare("INSERT INTO clicks VALUES (?1,?2,?3,?4,?5) ON CONFLICT DO UPDATE SET clicks=clicks+?5")
        .bind(1, key.day)
        .bind(2, key.index_uid)
        .bind(3, key.query)
        .bind(4, key.id)
        .bind(5, count)
        .run();
  db_.run("DELETE FROM pending");
  for (const QueryCounts& one : batch.pending) put("pending", one);
  transaction.commit();
}

std::vector<QueryCounts> QueryLogRows::read_pending() const {
  std::vector<QueryCounts> left;
  SqliteStatement rows = db_.prepare("SELECT * FROM pending");
  while (rows.step()) left.push_back(read_counts(rows));
  return left;
}

void QueryLogRows::remove_before(std::int64_t day) {
  if (day <= removed_before_) return;
  for (const char* table : {"searches", "clicks"})
    db_.prepare("DELETE FROM " + std::string(table) + " WHERE day<?1").bind(1, day).run();
  removed_before_ = day;
}

}  // namespace nunmul
