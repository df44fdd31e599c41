// SPDX-License-Identifier: GPL-2.0-or-later
// - Clients take turns: whoever comes waits for a few others, however many one of them has sent.
// - Where all are one client, those who pause between requests take turns with those who do not.
// - No client has all places of the queue or all workers, nor have some all threads by pausing.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <thread>

#include "http/worker_lane.h"

using namespace nunmul;
using namespace std::chrono_literals;

namespace {

Job job_of(const std::string& client, const std::string& name, Pace pace = Pace::First) {
  Job job;
  job.client = client;
  job.request.path = name;
  job.pace = pace;
  job.since = Clock::now();
  return job;
}

// A lane whose workers wait until they are let go, and what they began in its order.
class HeldLane {
 public:
  explicit HeldLane(const LaneOptions& options, std::optional<std::chrono::milliseconds> patience = {})
      : lane_(options, patience, [this](Job& job) { work(job.request.path); }) {}
  ~HeldLane() { let_go(); }

  bool offer(Job job) { return lane_.offer(job); }

  void await_begun(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return begun_.size() >= count; });
  }
  // What was begun until `count` were.
  std::vector<std::string> let_go_until(std::size_t count) {
    let_go();
    await_begun(count);
    const std::lock_guard lock(mutex_);
    return begun_;
  }
  std::vector<std::string> begun() {
    const std::lock_guard lock(mutex_);
    return begun_;
  }

 private:
  void work(const std::string& name) {
    std::unique_lock lock(mutex_);
    begun_.push_back(name);
    changed_.notify_all();
    changed_.wait(lock, [this] { return is_open_; });
  }
  void let_go() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> begun_;  // guarded by mutex_
  bool is_open_ = false;            // guarded by mutex_
  WorkerLane lane_;                 // last
};

LaneOptions one_worker(std::size_t queue = 1000) {
  LaneOptions options;
  options.queue = queue;
  return options;
}

}  // namespace

TEST_SUITE_BEGIN("http/worker_lane");

TEST_CASE("a newcomer waits for one request of a client that has sent a hundred") {
  HeldLane lane(one_worker());
  REQUIRE(lane.offer(job_of("flood", "f")));
  lane.await_begun(1);
  for (int i = 0; i < 100; ++i) REQUIRE(lane.offer(job_of("flood", "f")));
  REQUIRE(lane.offer(job_of("a", "a")));
  REQUIRE(lane.offer(job_of("b", "b1")));
  REQUIRE(lane.offer(job_of("b", "b2")));
  const auto order = lane.let_go_until(104);
  CHECK(std::vector(order.begin(), order.begin() + 6) ==
        std::vector<std::string>{"f", "f", "a", "b1", "f", "b2"});
}

TEST_CASE("of one client, those who pause and those who are new take turns with those who press") {
  HeldLane lane(one_worker());
  REQUIRE(lane.offer(job_of("proxy", "f", Pace::Pressing)));
  lane.await_begun(1);
  for (int i = 0; i < 100; ++i) REQUIRE(lane.offer(job_of("proxy", "f", Pace::Pressing)));
  REQUIRE(lane.offer(job_of("proxy", "new")));
  REQUIRE(lane.offer(job_of("proxy", "person", Pace::Pausing)));
  const auto order = lane.let_go_until(103);
  CHECK(std::vector(order.begin(), order.begin() + 4) == std::vector<std::string>{"f", "f", "new", "person"});
}

TEST_CASE("one client leaves places in the queue and has all of them neither alone nor with another") {
  HeldLane lane(one_worker(100));
  REQUIRE(lane.offer(job_of("flood", "f")));
  lane.await_begun(1);
  const auto accepted = [&](const std::string& client) {
    int count = 0;
    while (lane.offer(job_of(client, client))) ++count;
    return count;
  };
  CHECK(accepted("flood") == 50);
  CHECK(accepted("second") == 25);
  CHECK(lane.offer(job_of("newcomer", "n")));
}

TEST_CASE("a queue of one place takes one") {
  HeldLane lane(one_worker(1));
  REQUIRE(lane.offer(job_of("a", "a")));
  lane.await_begun(1);
  CHECK(lane.offer(job_of("a", "a")));
  CHECK_FALSE(lane.offer(job_of("b", "b")));
}

TEST_CASE("spare workers are for other clients, and for another pace of the same") {
  LaneOptions options = one_worker();
  options.workers = 2;
  options.spare_workers = 2;
  HeldLane lane(options);
  for (int i = 0; i < 10; ++i) REQUIRE(lane.offer(job_of("flood", "f", Pace::Pressing)));
  lane.await_begun(2);
  REQUIRE(lane.offer(job_of("flood", "pausing", Pace::Pausing)));
  lane.await_begun(3);
  REQUIRE(lane.offer(job_of("flood", "new")));  // the client has its share
  REQUIRE(lane.offer(job_of("other", "other")));
  lane.await_begun(4);
  CHECK(lane.begun() == std::vector<std::string>{"f", "f", "pausing", "other"});
}

TEST_CASE("who has nothing in hand begins, however many jobs of others are paused") {
  LaneOptions options = one_worker();
  options.spare_workers = 1;
  std::atomic<int> begun = 0;
  std::atomic<bool> is_open = false;
  std::latch done(1);
  WorkerLane lane(options, {}, [&](Job& job) {
    if (job.request.path == "quick") return done.count_down();
    for (++begun; !is_open;) lane.give_turn(job);
  });
  for (int i = 0; i < 5; ++i)
    for (const char* client : {"a", "b"}) {
      Job job = job_of(client, "long");
      REQUIRE(lane.offer(job));
    }
  while (begun < 6) std::this_thread::yield();
  Job quick = job_of("c", "quick");
  REQUIRE(lane.offer(quick));
  done.wait();
  is_open = true;
}

TEST_CASE("after a while the newest is first, and what has waited too long is out of the way") {
  HeldLane lane(one_worker(), 10s);
  REQUIRE(lane.offer(job_of("a", "begun")));
  lane.await_begun(1);
  const auto waiting_for = [](const std::string& name, std::chrono::seconds duration) {
    Job job = job_of("a", name);
    job.since -= duration;
    return job;
  };
  REQUIRE(lane.offer(waiting_for("given up", 20s)));
  REQUIRE(lane.offer(waiting_for("old", 5s)));
  REQUIRE(lane.offer(waiting_for("new", 0s)));
  CHECK(lane.let_go_until(4) == std::vector<std::string>{"begun", "given up", "new", "old"});
}

TEST_CASE("jobs that wait when the lane closes are dropped") {
  std::size_t done = 0;
  {
    HeldLane lane(one_worker());
    for (int i = 0; i < 5; ++i) REQUIRE(lane.offer(job_of("a", "a")));
    lane.await_begun(1);
    done = lane.begun().size();
  }
  CHECK(done == 1);
}

TEST_SUITE_END();
