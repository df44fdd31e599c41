// SPDX-License-Identifier: GPL-2.0-or-later
// A bounded queue of requests, and the threads that answer them. Clients take turns: one that asks a
// thousand times keeps nobody else waiting, and none takes the whole queue or all threads. Uploads may not
// take all threads either, since a large body takes long: a quick request does not wait behind one. A long
// request pauses now and then, while those that came before the pause are answered.
#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/request_budget.h"
#include "http/body_collector.h"
#include "http/http_message.h"
#include "http/mailbox.h"
#include "http/server_options.h"

namespace nunmul {

using Clock = std::chrono::steady_clock;

// How a connection asks. Where all come from one address, as from a proxy that nobody named, this is what
// tells a flood from a person.
enum class Pace {
  First,     // its first request
  Pausing,   // a request some time after the last answer
  Pressing,  // a request as soon as the last one was answered
};

struct Job {
  Mailbox* reply_to = nullptr;  // outlives the job
  std::uint64_t connection = 0;
  HttpRequest request;
  BodyLimits body_limits;  // for its decompression
  bool keep_alive = true;  // of the connection, as far as the client and the framing say
  Clock::time_point since;
  std::string client;  // who takes turns (client_group)
  Pace pace = Pace::First;
  std::shared_ptr<WorkEnd> end = nullptr;  // of the connection
  bool is_upload() const { return !request.body_file.empty(); }
};

class WorkerLane {
 public:
  // `work` is called by as many threads at once as there are workers; more threads hold paused jobs. Who
  // waits for longer than `patience` is refused by `work` without much ado; those who have waited for a tenth
  // of it come after newer ones, which are more likely to be waited for. Without it the oldest is always
  // first.
  WorkerLane(const LaneOptions& options, std::optional<std::chrono::milliseconds> patience,
             std::function<void(Job&)> work);
  // Drops what is queued and waits for what is being answered.
  ~WorkerLane();
  WorkerLane(const WorkerLane&) = delete;
  WorkerLane& operator=(const WorkerLane&) = delete;

  // False, and `job` is as it was, when the queue is full or has as many requests of this client and pace
  // as it has places left.
  bool offer(Job& job);
  // For the thread of a job that has worked for some time: returns when it is its turn again.
  void give_turn(const Job& job);

 private:
  struct Client;
  // The jobs of one client at one pace. Flows that have jobs take turns.
  struct Flow {
    Client* client = nullptr;
    std::deque<Job> waiting;
    unsigned running = 0;
    unsigned paused = 0;
  };
  struct Client {
    std::array<Flow, 3> flows;  // by pace
    unsigned running = 0;
    unsigned paused = 0;
    bool is_idle() const;
  };
  struct Paused {
    Clock::time_point since;
    Flow* flow;
  };
  using Turn = std::list<Flow*>::iterator;
  using Jobs = std::deque<Job>;

  void run();
  Flow* take(std::unique_lock<std::mutex>& lock, Job& job);
  Turn find_turn();
  const Paused* find_paused() const;
  bool is_new_first(Turn turn, const Paused* paused) const;
  bool has_room(const Flow& flow) const;
  bool may_hold_another(const Flow& flow) const;
  Jobs::iterator next_of(Flow& flow) const;
  void count(Flow& flow, int running, int paused);
  void wake_next();
  void forget_idle(const std::string& client);

  const unsigned workers_;
  const unsigned workers_of_flow_;
  const unsigned workers_of_client_;
  const std::size_t queue_;
  const std::size_t max_uploads_;  // at once
  const std::optional<std::chrono::milliseconds> patience_;
  const std::function<void(Job&)> work_;
  std::mutex mutex_;
  std::condition_variable changed_;                  // for threads without a job
  std::condition_variable turn_;                     // for paused jobs
  std::unordered_map<std::string, Client> clients_;  // guarded by mutex_: that wait or are being answered
  std::list<Flow*> turns_;                           // guarded by mutex_: flows with jobs, the next one first
  std::list<Paused> paused_;                         // guarded by mutex_: the longest first
  std::size_t waiting_ = 0;                          // guarded by mutex_: jobs of all flows
  unsigned running_ = 0;     // guarded by mutex_: jobs of all flows that are not paused
  unsigned idle_ = 0;        // guarded by mutex_: threads without a job
  std::size_t uploads_ = 0;  // guarded by mutex_: that are being answered
  bool is_closed_ = false;   // guarded by mutex_
  std::vector<std::jthread> threads_;
};

}  // namespace nunmul
