// SPDX-License-Identifier: GPL-2.0-or-later
// The event loop: one thread accepts, reads, frames and writes for all connections, and never waits
// for one of them. Whole requests go to the lanes, their answers come back through the outbox. A slow
// client costs a row in a table; everything it can make grow has a bound and a deadline.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/acceptor.h"
#include "http/connection.h"
#include "http/descriptor.h"
#include "http/mailbox.h"
#include "http/poll_set.h"
#include "http/refusal.h"
#include "http/server_options.h"
#include "http/worker_lane.h"

namespace nunmul {

struct AnswerForm {
  bool is_head_request = false;
  bool keep_alive = true;
};

// The parts that the loop works with; all of them outlive the loop.
//
// There are two loops: the main one, and one that spools large bodies to disk, so that a slow disk
// holds up uploads only. A connection that begins an upload is handed over, and handed back when it
// has been answered.
struct FrontParts {
  const HttpServerOptions& options;
  std::vector<Descriptor>& listeners;  // none for the loop of uploads
  Mailbox& mailbox;
  Mailbox* uploads;                       // of the other loop; null in that loop itself
  Mailbox* home;                          // of the main loop; null in the main loop
  const std::atomic<bool>& is_stopping;   // no new connections and requests
  const std::atomic<bool>& may_end;       // nothing is handed over any more
  std::function<bool(Lane, Job&)> offer;  // false when the lane is full
  std::function<std::string(HttpResponse, const AnswerForm&)> write_answer;
};

class ConnectionFront {
 public:
  explicit ConnectionFront(FrontParts parts);
  ConnectionFront(const ConnectionFront&) = delete;
  ConnectionFront& operator=(const ConnectionFront&) = delete;

  // Until `is_stopping` is seen and what was in hand is answered, or the stop deadline is over.
  void run();

 private:
  enum class Progress { Again, Waits, Closed, HandedOver };

  std::optional<std::chrono::milliseconds> wait_time() const;
  void handle_event_safely(std::uint64_t id, std::uint32_t events);
  void handle_event(std::uint64_t id, std::uint32_t events);

  void admit(Descriptor socket, std::string peer);
  bool make_room();

  void handle_connection(Connection& connection, std::uint32_t events);
  void receive(Connection& connection);
  void drain(Connection& connection);
  void take_mail();
  void take_answer(Answer answer);
  void take_over(std::unique_ptr<Connection> connection);

  void drive(Connection& connection);
  Progress step(Connection& connection);
  Progress read_request(Connection& connection);
  void begin_body(Connection& connection);
  Progress begin_upload(Connection& connection);
  void tell_to_continue(const Connection& connection);
  void hand_over(Connection& connection, Mailbox& mailbox);
  void submit(Connection& connection);
  void wait_for_bytes(Connection& connection);
  Progress send_answer(Connection& connection);
  Progress finish_answer(Connection& connection);
  void linger(Connection& connection);

  std::string url_for(const HttpRequest& request) const;
  void answer(Connection& connection, const HttpResponse& response);
  void refuse(Connection& connection, const Refusal& refusal);
  void answer_busy(Connection& connection, const HttpRequest& request, const std::string& message);
  void enter(Connection& connection, ConnectionPhase phase);
  void want(Connection& connection, std::uint32_t events);
  void close(Connection& connection);

  void relieve_memory(std::size_t bound);
  std::size_t memory_bound_for(const Connection& connection) const;
  Pace begin_request(Connection& connection) const;
  void expire_connections();
  void expire(Connection& connection);
  void begin_stop();
  bool has_begun_to_stop() const { return stop_deadline_ != Clock::time_point::max(); }
  bool is_finished() const;

  FrontParts parts_;
  const HttpServerOptions& options_;
  PollSet set_;
  Acceptor acceptor_;
  ConnectionTable table_;
  Clock::time_point now_ = Clock::now();
  Clock::time_point next_sweep_ = now_;
  Clock::time_point stop_deadline_ = Clock::time_point::max();  // set when stopping has begun
  std::vector<char> scratch_;                                   // what one recv brings
};

}  // namespace nunmul
