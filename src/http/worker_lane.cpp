// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/worker_lane.h"

#include <sys/eventfd.h>

#include <cerrno>

#include "base/files.h"

namespace nunmul {

Outbox::Outbox() : wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (wake_.get() < 0) throw_errno(errno, "eventfd");
}

void Outbox::post(Answer answer) {
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    was_empty = answers_.empty();
    answers_.push_back(std::move(answer));
  }
  if (was_empty) wake();
}

void Outbox::wake() const {
  const std::uint64_t one = 1;
  // It fails only when the counter is full, and then the reader is awake anyway.
  [[maybe_unused]] const ssize_t written = ::write(wake_.get(), &one, sizeof one);
}

std::vector<Answer> Outbox::take() {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t read = ::read(wake_.get(), &count, sizeof count);
  const std::lock_guard lock(mutex_);
  return std::exchange(answers_, {});
}

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
