// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/query_log.h"

#include <algorithm>
#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "base/log.h"
#include "engine/query_log_rows.h"
#include "text/fold.h"
#include "text/jamo.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxShownIds = 20, kMaxQueryBytes = 400, kMaxSessionBytes = 64;

// Whether the one is a state of typing on the way to the other, in either direction (a letter was taken
// back). Keys, not letters, are compared: 윤ㅎ goes on as 윤하.
bool goes_on(const std::string& before, const std::string& after) {
  const std::string a = key_sequence(before), b = key_sequence(after);
  return a.starts_with(b) || b.starts_with(a);
}

}  // namespace

std::filesystem::path query_log_file(const std::filesystem::path& data_dir) {
  return data_dir / "queries.db";
}

std::string normalized_query(const std::string& query) {
  std::string text;
  for (const char c : fold(query)) {
    const bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!is_blank)
      text += c;
    else if (!text.empty() && text.back() != ' ')
      text += ' ';
  }
  if (text.ends_with(' ')) text.pop_back();
  return text;
}

struct QueryLog::Impl {
  Impl(const std::filesystem::path& data_dir, QueryLogOptions given)
      : options(std::move(given)), rows(query_log_file(data_dir)), salts(rows.read_salts()) {
    for (const QueryCounts& left : rows.read_pending()) add(left);  // of a crash
    writer = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
  }

  // A session's last search in an index.
  struct Session {
    std::string key;  // index and token
    LoggedSearch search;
    std::string query;  // normalized
    Time time;
    bool is_counted = false;
    std::set<std::string> clicked;
  };
  using Sessions = std::list<Session>;  // the one that was silent for longest first
  using ByKey = std::unordered_map<std::string, Sessions::iterator>;

  const QueryLogOptions options;
  std::mutex write_mutex;  // taken before `mutex`
  QueryLogRows rows;       // guarded by write_mutex
  std::mutex mutex;
  DaySalts salts;                            // guarded by mutex, as all that follows
  Sessions sessions;                         //
  ByKey by_key;                              //
  std::map<QueryKey, QueryCounts> counts;    // not written yet
  std::map<ClickKey, std::uint64_t> clicks;  // not written yet
  bool is_changed = false;                   // since the last write
  std::condition_variable_any sleeper;
  std::jthread writer;  // last: it uses all of the above

  void searched(LoggedSearch search) {
    if (search.query.size() > kMaxQueryBytes) return;
    const std::string query = normalized_query(search.query);
    if (query.empty()) return;
    if (search.shown_ids.size() > kMaxShownIds) search.shown_ids.resize(kMaxShownIds);
    const Time time = options.clock();
    const std::lock_guard lock(mutex);
    is_changed = true;
    if (!search.session || search.session->empty() || search.session->size() > kMaxSessionBytes)
      return add(counts_of(search, query, random_uuid(), time));
    const std::string key = search.index_uid + '\n' + *search.session;
    if (const auto found = by_key.find(key); found != by_key.end()) {
      Session& before = *found->second;
      const bool is_one = time - before.time <= options.pause && goes_on(before.query, query);
      if (!is_one) count(before);
      forget(found);
    }
    sessions.push_back({key, std::move(search), query, time, false, {}});
    by_key[key] = std::prev(sessions.end());
    while (sessions.size() > options.max_sessions) end_oldest();
  }

  bool clicked(const std::string& index_uid, const std::string& asked, const std::string& id,
               const std::string& session) {
    const std::string query = normalized_query(asked);
    const std::lock_guard lock(mutex);
    const auto found = by_key.find(index_uid + '\n' + session);
    if (found == by_key.end() || found->second->query != query) return false;
    Session& shown = *found->second;
    const auto& ids = shown.search.shown_ids;
    if (std::find(ids.begin(), ids.end(), id) == ids.end() || !shown.clicked.insert(id).second) return false;
    count(shown);  // whoever opens a hit has finished typing
    ++clicks[{day_of(options.clock()), index_uid, query, id}];
    return true;
  }

  void write() {
    const std::lock_guard writing(write_mutex);
    const auto batch = take_batch();
    if (!batch) return;
    try {
      rows.write(*batch, options.max_rows_a_day);
    } catch (...) {
      put_back(*batch);
      throw;
    }
    rows.remove_before(day_of(options.clock()) - static_cast<std::int64_t>(options.retention_days));
  }

  void write_safely() {
    try {
      write();
    } catch (const std::exception& error) {
      log(LogLevel::Warning, "queries are not logged yet: " + quoted(error.what()));
    }
  }

  // When the log ends, so do all searches.
  void finish_all() {
    const std::lock_guard lock(mutex);
    for (Session& session : sessions) count(session);
  }

 private:
  // Nothing where there is nothing to write.
  std::optional<QueryLogBatch> take_batch() {
    const std::lock_guard lock(mutex);
    finish_silent();
    if (!std::exchange(is_changed, false)) return std::nullopt;
    QueryLogBatch batch;
    batch.counts.swap(counts);
    batch.clicks.swap(clicks);
    for (const Session& session : sessions)
      if (!session.is_counted) batch.pending.push_back(counts_of(session));
    // A day's hashes are compared with each other until its last search was counted, and then never again.
    std::erase_if(salts, [&](const auto& salt) { return salt.first < day_of(options.clock()) - 1; });
    batch.salts = salts;
    return batch;
  }

  void put_back(const QueryLogBatch& batch) {
    const std::lock_guard lock(mutex);
    for (const auto& [key, one] : batch.counts) add(one);
    for (const auto& [key, number] : batch.clicks) clicks[key] += number;
    is_changed = true;
  }

  QueryCounts counts_of(const LoggedSearch& search, const std::string& query, const std::string& token,
                        Time time) {
    QueryCounts one;
    one.key = {day_of(time), search.index_uid, query, search.filter};
    one.searches = 1;
    one.without_hits = search.hits == 0 ? 1 : 0;
    one.micros = search.micros;
    one.hits = search.hits;
    one.shown_ids = search.shown_ids;
    std::string& salt = salts[one.key.day];
    if (salt.empty()) salt = random_uuid();
    one.sessions = {hash64(salt + token)};
    return one;
  }

  QueryCounts counts_of(const Session& session) {
    return counts_of(session.search, session.query, *session.search.session, session.time);
  }

  void add(const QueryCounts& one) {
    is_changed = true;
    const auto [found, is_new] = counts.try_emplace(one.key, one);
    if (!is_new) found->second.add(one);
  }

  void count(Session& session) {
    if (!std::exchange(session.is_counted, true)) add(counts_of(session));
  }

  void forget(ByKey::iterator entry) {
    sessions.erase(entry->second);
    by_key.erase(entry);
  }

  void end_oldest() {
    count(sessions.front());
    forget(by_key.find(sessions.front().key));
  }

  void finish_silent() {
    const Time time = options.clock();
    while (!sessions.empty() && time - sessions.front().time > options.session) end_oldest();
    for (Session& session : sessions) {
      if (time - session.time <= options.pause) break;
      count(session);
    }
  }

  void run(std::stop_token stop) {
    std::mutex sleep_mutex;
    std::unique_lock lock(sleep_mutex);
    while (!stop.stop_requested()) {
      sleeper.wait_for(lock, stop, options.write_interval, [] { return false; });
      write_safely();
    }
  }
};

QueryLog::QueryLog(const std::filesystem::path& data_dir, QueryLogOptions options)
    : impl_(std::make_unique<Impl>(data_dir, std::move(options))) {}

QueryLog::~QueryLog() {
  impl_->writer.request_stop();
  impl_->writer.join();
  impl_->finish_all();
  impl_->write_safely();
}

void QueryLog::searched(LoggedSearch search) { impl_->searched(std::move(search)); }

bool QueryLog::clicked(const std::string& index_uid, const std::string& query, const std::string& id,
                       const std::string& session) {
  return impl_->clicked(index_uid, query, id, session);
}

void QueryLog::write() { impl_->write(); }

}  // namespace nunmul
