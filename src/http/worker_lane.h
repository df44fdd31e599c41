// SPDX-License-Identifier: GPL-2.0-or-later
// A bounded queue of requests and the threads that answer them. Uploads, which take as long as their body
// is large, never have all of the threads: a quick request does not wait behind one.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "http/body_collector.h"
#include "http/http_message.h"
#include "http/mailbox.h"

namespace nunmul {

using Clock = std::chrono::steady_clock;

struct Job {
  Mailbox* reply_to = nullptr;  // outlives the job
  std::uint64_t connection = 0;
  HttpRequest request;
  BodyLimits body_limits;  // for its decompression
  bool keep_alive = true;  // of the connection, as far as the client and the framing say
  Clock::time_point since;
  bool is_upload() const { return !request.body_file.empty(); }
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
  bool take(std::unique_lock<std::mutex>& lock, Job& job);
  std::deque<Job>::iterator find_next();

  const std::size_t queue_;
  const std::size_t max_uploads_;  // at once
  const std::function<void(Job&)> work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;     // guarded by mutex_
  std::size_t uploads_ = 0;  // guarded by mutex_: that are being answered
  bool is_closed_ = false;   // guarded by mutex_
  std::vector<std::jthread> workers_;
};

}  // namespace nunmul
