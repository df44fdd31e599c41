// SPDX-License-Identifier: GPL-2.0-or-later
// A bounded queue of requests and the threads that answer them, and the way of the answers back to
// the front's thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "http/body_collector.h"
#include "http/descriptor.h"
#include "http/http_message.h"

namespace nunmul {

using Clock = std::chrono::steady_clock;

struct Job {
  std::uint64_t connection = 0;
  HttpRequest request;
  BodyLimits body_limits;  // for its decompression
  bool keep_alive = true;  // of the connection, as far as the client and the framing say
  Clock::time_point since;
};

struct Answer {
  std::uint64_t connection = 0;
  std::string bytes;  // status line, headers and body
  bool keep_alive = true;
};

// Answers on their way to the front's thread, which a descriptor in its epoll set wakes.
class Outbox {
 public:
  Outbox();
  int wake_descriptor() const { return wake_.get(); }

  void post(Answer answer);
  // Wakes without an answer; allowed in a signal handler.
  void wake() const;
  std::vector<Answer> take();

 private:
  Descriptor wake_;
  std::mutex mutex_;
  std::vector<Answer> answers_;  // guarded by mutex_
};

class WorkerLane {
 public:
  // `work` is called by all workers at once.
  WorkerLane(unsigned workers, std::size_t queue, std::function<void(Job&)> work);
  // Drops what is queued and waits for what is being answered.
  ~WorkerLane();
  WorkerLane(const WorkerLane&) = delete;
  WorkerLane& operator=(const WorkerLane&) = delete;

  // False, and `job` is as it was, when the queue is full.
  bool offer(Job& job);

 private:
  void run();

  const std::size_t queue_;
  const std::function<void(Job&)> work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;      // guarded by mutex_
  bool is_closed_ = false;    // guarded by mutex_
  std::vector<std::jthread> workers_;
};

}  // namespace nunmul
