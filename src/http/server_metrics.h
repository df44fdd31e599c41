// SPDX-License-Identifier: GPL-2.0-or-later
// What the server counts about itself, for GET /metrics in Prometheus's text format (version 0.0.4).
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <map>
#include <mutex>
#include <string>

namespace nunmul {

class Engine;
class Grant;
struct Route;

// Safe from many threads. Counting costs a lock of some nanoseconds a request.
class ServerMetrics {
 public:
  // A request that reached the API. `route` is null where none fits; it outlives this.
  void count_request(const Route* route, int status, std::chrono::microseconds duration);
  // One search, alone or one of several in a request; `is_degraded` where its time ended it early.
  void count_search(bool found_something, bool is_degraded);
  // A request that was refused since its client searches too often.
  void count_limited() { ++limited_; }
  // A request that the front answered itself: the server was busy, or it was no proper request.
  void count_refusal(int status);
  void connection_opened() { ++connections_; }
  void connection_closed() { --connections_; }

  // All of it, with the state of the engine: indexes (those that the grant allows), tasks and memory.
  std::string text(Engine& engine, const Grant& grant) const;

 private:
  // The upper bounds of the buckets of durations, in seconds.
  static constexpr std::array kBounds{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1., 2.5, 5., 10.};
  struct RouteCounts {
    std::map<int, std::uint64_t> by_status;
    std::array<std::uint64_t, kBounds.size()> buckets{};  // each by itself; longer ones only in the count
    std::uint64_t count = 0;
    double seconds = 0;
  };
  std::string request_text() const;

  mutable std::mutex mutex_;
  std::map<const Route*, RouteCounts> routes_;  // guarded by mutex_
  std::map<int, std::uint64_t> refusals_;       // guarded by mutex_
  std::atomic<std::uint64_t> searches_found_ = 0, searches_empty_ = 0, searches_degraded_ = 0, limited_ = 0;
  std::atomic<std::int64_t> connections_ = 0;
  const std::time_t started_ = std::time(nullptr);
};

}  // namespace nunmul
