// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/worker_lane.h"

#include <algorithm>
#include <utility>

namespace nunmul {

WorkerLane::WorkerLane(unsigned workers, std::size_t queue, std::function<void(Job&)> work)
    : queue_(queue), max_uploads_(std::max(workers, 2u) - 1), work_(std::move(work)) {
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
  Job job;
  std::unique_lock lock(mutex_);
  while (take(lock, job)) {
    const bool is_upload = job.is_upload();
    uploads_ += is_upload ? 1 : 0;
    lock.unlock();
    work_(job);
    job = Job();  // its body goes
    lock.lock();
    uploads_ -= is_upload ? 1 : 0;
    if (is_upload) changed_.notify_one();
  }
}

// Waits for a job that may be begun; false when the lane is closed.
bool WorkerLane::take(std::unique_lock<std::mutex>& lock, Job& job) {
  auto next = jobs_.end();
  changed_.wait(lock, [&] {
    next = find_next();
    return is_closed_ || next != jobs_.end();
  });
  if (is_closed_) return false;
  job = std::move(*next);
  jobs_.erase(next);
  return true;
}

std::deque<Job>::iterator WorkerLane::find_next() {
  if (uploads_ < max_uploads_) return jobs_.begin();
  return std::find_if(jobs_.begin(), jobs_.end(), [](const Job& job) { return !job.is_upload(); });
}

}  // namespace nunmul
