// SPDX-License-Identifier: GPL-2.0-or-later
// The budget of one request: time, working memory and size of its answer. It is made where the request
// comes in and passed down to whatever walks over hits, documents or values; those loops call check().
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace nunmul {

struct RequestLimits {
  std::chrono::milliseconds time{10'000};
  std::size_t memory_bytes = 64'000'000;
  std::size_t answer_bytes = 32'000'000;
};

// Ends the work on a request from another thread: the client has gone, or the server stops.
class WorkEnd {
 public:
  using Clock = std::chrono::steady_clock;

  // The work is broken off from `when` on, unless an earlier end is set. `why` lives forever. For one
  // thread; the others read.
  void set(Clock::time_point when, const char* why);
  // Why the work is over by now, or null.
  const char* reason(Clock::time_point now) const;

 private:
  std::atomic<Clock::rep> when_ = Clock::time_point::max().time_since_epoch().count();
  std::atomic<const char*> why_ = nullptr;
};

// For one thread.
class RequestBudget {
 public:
  using Clock = WorkEnd::Clock;

  // Without bounds: what the command line asks.
  RequestBudget() = default;
  // The time runs from now on. `give_turn` is called every few milliseconds of work and returns when others
  // have had their turn; it may be empty.
  RequestBudget(const RequestLimits& limits, std::shared_ptr<const WorkEnd> end = nullptr,
                std::function<void()> give_turn = nullptr);

  // Throws Error(RequestTooCostly) when the time is over, and Error(TooManySearchRequests) when the work
  // is broken off. Must not be called with a lock held: it may wait for its turn.
  void check();

  // Takes memory, roughly what is needed. Throws Error(RequestTooCostly).
  void use_memory(std::size_t bytes);
  std::size_t memory() const { return memory_; }
  // Gives back what was taken since memory() was `before`.
  void free_memory(std::size_t before) { memory_ = before; }
  // The most that was taken at once.
  std::size_t peak_memory() const { return peak_; }

  // Throws Error(RequestTooCostly) when an answer of that size may not be sent.
  void check_answer(std::size_t bytes) const;

 private:
  RequestLimits limits_{std::chrono::milliseconds::max(), static_cast<std::size_t>(-1),
                        static_cast<std::size_t>(-1)};
  Clock::time_point deadline_ = Clock::time_point::max();
  std::shared_ptr<const WorkEnd> end_;
  std::function<void()> give_turn_;
  Clock::time_point turn_end_ = Clock::time_point::max();
  std::size_t memory_ = 0;
  std::size_t peak_ = 0;
};

// A use of memory that ends with a block.
class WorkingMemory {
 public:
  explicit WorkingMemory(RequestBudget& budget) : budget_(budget), before_(budget.memory()) {}
  ~WorkingMemory() { budget_.free_memory(before_); }
  WorkingMemory(const WorkingMemory&) = delete;
  WorkingMemory& operator=(const WorkingMemory&) = delete;

 private:
  RequestBudget& budget_;
  std::size_t before_;
};

}  // namespace nunmul
