// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/worker_lane.h"

#include <utility>

namespace nunmul {

WorkerLane::WorkerLane(unsigned workers, std::size_t queue, std::function<void(Job&)> work)
    : queue_(queue), work_(std::move(work)) {
  for (unsigned i = 0; i < workers; ++i) workers_.emplace_back([this] { run(); });
}

WorkerLane::~WorkerLane() {
  std::deque<Job> dropped;
  {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    dropped.swap(jobs_);
  }
  changed_.notify_all();
}

bool WorkerLane::offer(Job& job) {
  {
    const std::lock_guard lock(mutex_);
    if (jobs_.size() >= queue_) return false;
    jobs_.push_back(std::move(job));
  }
  changed_.notify_one();
  return true;
}

void WorkerLane::run() {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return is_closed_ || !jobs_.empty(); });
      if (is_closed_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    work_(job);
  }
}

}  // namespace nunmul
