// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/worker_lane.h"

#include <algorithm>
#include <utility>

namespace nunmul {
namespace {

// Jobs in hand a worker, paused ones included, that one client may have …
constexpr unsigned kInHand = 3;
// … and threads a worker. The last one is for clients that have nothing in hand.
constexpr unsigned kThreads = kInHand + 1;
// Time also decides what may begin, so those who wait look again now and then.
constexpr std::chrono::milliseconds kLongestWait{50};

}  // namespace

bool WorkerLane::Client::is_idle() const {
  return running == 0 && paused == 0 &&
         std::all_of(flows.begin(), flows.end(), [](const Flow& flow) { return flow.waiting.empty(); });
}

WorkerLane::WorkerLane(const LaneOptions& options, std::optional<std::chrono::milliseconds> patience,
                       std::function<void(Job&)> work)
    : workers_(options.workers + options.spare_workers),
      workers_of_flow_(options.workers),
      workers_of_client_(options.workers + options.spare_workers / 2),
      queue_(options.queue),
      max_uploads_(std::max(options.workers, 2u) - 1),
      patience_(patience),
      work_(std::move(work)) {
  for (unsigned i = 0; i < kThreads * workers_; ++i) threads_.emplace_back([this] { run(); });
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
  turn_.notify_all();
}

bool WorkerLane::offer(Job& job) {
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
  wake_next();
  return true;
}

void WorkerLane::run() {
  Job job;
  std::unique_lock lock(mutex_);
  while (Flow* flow = take(lock, job)) {
    const bool is_upload = job.is_upload();
    const std::string client = job.client;
    uploads_ += is_upload ? 1 : 0;
    count(*flow, +1, 0);
    wake_next();
    lock.unlock();
    work_(job);
    job = Job();  // its body goes
    lock.lock();
    uploads_ -= is_upload ? 1 : 0;
    count(*flow, -1, 0);
    forget_idle(client);
    wake_next();
  }
}

void WorkerLane::count(Flow& flow, int running, int paused) {
  for (unsigned* sum : {&flow.running, &flow.client->running, &running_})
    *sum += static_cast<unsigned>(running);
  for (unsigned* sum : {&flow.paused, &flow.client->paused}) *sum += static_cast<unsigned>(paused);
}

void WorkerLane::forget_idle(const std::string& client) {
  const auto found = clients_.find(client);
  if (found->second.is_idle()) clients_.erase(found);
}

// A worker, a job or a bound may have become free. Which job may begin is the same for all idle threads.
void WorkerLane::wake_next() {
  if (waiting_ > 0) changed_.notify_one();
  if (!paused_.empty()) turn_.notify_all();
}

// Waits for a job that may be begun; null when the lane is closed.
WorkerLane::Flow* WorkerLane::take(std::unique_lock<std::mutex>& lock, Job& job) {
  Turn turn = turns_.end();
  ++idle_;
  changed_.wait(lock, [&] {
    turn = find_turn();
    return is_closed_ || is_new_first(turn, find_paused());
  });
  --idle_;
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

void WorkerLane::give_turn(const Job& job) {
  std::unique_lock lock(mutex_);
  if (is_closed_ || (waiting_ == 0 && paused_.empty())) return;
  Flow& flow = clients_.at(job.client).flows[static_cast<std::size_t>(job.pace)];
  const auto self = paused_.insert(paused_.end(), {Clock::now(), &flow});
  count(flow, -1, +1);
  wake_next();
  const auto has_turn = [&] {
    return is_closed_ || (find_paused() == &*self && !is_new_first(find_turn(), &*self));
  };
  while (!turn_.wait_for(lock, kLongestWait, has_turn)) wake_next();
  paused_.erase(self);
  count(flow, +1, -1);
  wake_next();
}

// Who waits longer goes first, a new job or a paused one.
bool WorkerLane::is_new_first(Turn turn, const Paused* paused) const {
  if (turn == turns_.end() || idle_ == 0) return false;
  return paused == nullptr || next_of(**turn)->since <= paused->since;
}

bool WorkerLane::has_room(const Flow& flow) const {
  return running_ < workers_ && flow.running < workers_of_flow_ && flow.client->running < workers_of_client_;
}

// The paused job that may go on, or null.
const WorkerLane::Paused* WorkerLane::find_paused() const {
  const auto found =
      std::find_if(paused_.begin(), paused_.end(), [this](const Paused& one) { return has_room(*one.flow); });
  return found == paused_.end() ? nullptr : &*found;
}

// Paused jobs hold threads, so who has some in hand leaves threads to those who have none.
bool WorkerLane::may_hold_another(const Flow& flow) const {
  const unsigned in_hand = flow.running + flow.paused;
  if (in_hand == 0) return true;
  return idle_ > workers_ && in_hand < kInHand * workers_of_flow_ &&
         flow.client->running + flow.client->paused < kInHand * workers_of_client_;
}

WorkerLane::Turn WorkerLane::find_turn() {
  return std::find_if(turns_.begin(), turns_.end(), [this](Flow* flow) {
    return has_room(*flow) && may_hold_another(*flow) && next_of(*flow) != flow->waiting.end();
  });
}

// The next job of a flow that has some; the end if none may begin.
WorkerLane::Jobs::iterator WorkerLane::next_of(Flow& flow) const {
  Jobs& jobs = flow.waiting;
  if (uploads_ >= max_uploads_)
    return std::find_if(jobs.begin(), jobs.end(), [](const Job& job) { return !job.is_upload(); });
  const auto waited = Clock::now() - jobs.front().since;
  const bool is_newest_first = patience_ && waited > *patience_ / 10 && waited <= *patience_;
  return is_newest_first ? std::prev(jobs.end()) : jobs.begin();
}

}  // namespace nunmul
