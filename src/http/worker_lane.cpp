// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/worker_lane.h"

#include <algorithm>
#include <utility>

namespace nunmul {

bool WorkerLane::Client::is_idle() const {
  return running == 0 && std::all_of(flows.begin(), flows.end(),
                                     [](const Flow& flow) { return flow.waiting.empty(); });
}

WorkerLane::WorkerLane(const LaneOptions& options, std::optional<std::chrono::milliseconds> patience,
                       std::function<void(Job&)> work)
    : workers_of_flow_(options.workers),
      workers_of_client_(options.workers + options.spare_workers / 2),
      queue_(options.queue),
      max_uploads_(std::max(options.workers, 2u) - 1),
      patience_(patience),
      work_(std::move(work)) {
  for (unsigned i = 0; i < options.workers + options.spare_workers; ++i)
    workers_.emplace_back([this] { run(); });
}

WorkerLane::~WorkerLane() {
  {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    for (auto& [name, client] : clients_)
      for (Flow& flow : client.flows) flow.waiting.clear();
    turns_.clear();
    waiting_ = 0;
  }
  changed_.notify_all();
}

bool WorkerLane::offer(Job& job) {
  {
    const std::lock_guard lock(mutex_);
    Client& client = clients_[job.client];
    Flow& flow = client.flows[static_cast<std::size_t>(job.pace)];
    if (flow.waiting.size() >= queue_ - waiting_) {
      forget_idle(job.client);
      return false;
    }
    flow.client = &client;
    if (flow.waiting.empty()) turns_.push_back(&flow);
    flow.waiting.push_back(std::move(job));
    ++waiting_;
  }
  changed_.notify_one();
  return true;
}

void WorkerLane::run() {
  Job job;
  std::unique_lock lock(mutex_);
  while (Flow* flow = take(lock, job)) {
    const bool is_upload = job.is_upload();
    const std::string client = job.client;
    count_running(*flow, is_upload, +1);
    lock.unlock();
    work_(job);
    job = Job();  // its body goes
    lock.lock();
    count_running(*flow, is_upload, -1);
    forget_idle(client);
    if (waiting_ > 0) changed_.notify_one();  // a bound may have held it back
  }
}

void WorkerLane::count_running(Flow& flow, bool is_upload, int change) {
  flow.running += static_cast<unsigned>(change);
  flow.client->running += static_cast<unsigned>(change);
  if (is_upload) uploads_ += static_cast<std::size_t>(change);
}

void WorkerLane::forget_idle(const std::string& client) {
  const auto found = clients_.find(client);
  if (found->second.is_idle()) clients_.erase(found);
}

// Waits for a job that may be begun; null when the lane is closed.
WorkerLane::Flow* WorkerLane::take(std::unique_lock<std::mutex>& lock, Job& job) {
  Turn turn = turns_.end();
  changed_.wait(lock, [&] {
    turn = find_turn();
    return is_closed_ || turn != turns_.end();
  });
  if (is_closed_) return nullptr;
  Flow* flow = *turn;
  const auto next = next_of(*flow);
  job = std::move(*next);
  flow->waiting.erase(next);
  --waiting_;
  turns_.erase(turn);
  if (!flow->waiting.empty()) turns_.push_back(flow);
  return flow;
}

WorkerLane::Turn WorkerLane::find_turn() {
  return std::find_if(turns_.begin(), turns_.end(), [this](Flow* flow) {
    return flow->running < workers_of_flow_ && flow->client->running < workers_of_client_ &&
           next_of(*flow) != flow->waiting.end();
  });
}

// Of a flow that has jobs; the end when none may be begun.
WorkerLane::Jobs::iterator WorkerLane::next_of(Flow& flow) const {
  Jobs& jobs = flow.waiting;
  if (uploads_ >= max_uploads_)
    return std::find_if(jobs.begin(), jobs.end(), [](const Job& job) { return !job.is_upload(); });
  const auto waited = Clock::now() - jobs.front().since;
  const bool is_newest_first = patience_ && waited > *patience_ / 10 && waited <= *patience_;
  return is_newest_first ? std::prev(jobs.end()) : jobs.begin();
}

}  // namespace nunmul
