// SPDX-License-Identifier: GPL-2.0-or-later
// One client's connection, and all of them. Used by the front's thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "http/descriptor.h"
#include "http/request_framer.h"
#include "http/server_options.h"
#include "http/worker_lane.h"

namespace nunmul {

enum class ConnectionState {
  Reading,    // the next request, or waiting for it
  Working,    // a request is queued or being answered
  Writing,    // an answer
  Lingering,  // our side is closed; what the client still sends is dropped until it closes too, since
              // closing first would reset the connection and take the last answer with it
};

// The event that a deadline is counted from.
enum class ConnectionPhase {
  Fresh,   // accepted, and nothing has come yet
  Idle,    // between two requests
  Head,    // from the first byte of a request
  Body,    // from the end of its head
  Answer,  // from when its answer was ready
  Linger,  // from when the answer was written
};

struct Connection {
  Connection() = default;
  // Nobody waits for the answer any more.
  ~Connection() { end_work(Clock::now(), "The connection was closed."); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Breaks the work on the present request off at that time.
  void end_work(Clock::time_point when, const char* why) {
    if (state == ConnectionState::Working) work->set(when, why);
  }

  std::uint64_t id = 0;  // in its table
  Descriptor socket;
  std::string peer;
  std::string
      client;  // who its memory is counted to (client_group); behind a trusted proxy, of the last request
  RequestFramer framer;
  ConnectionState state = ConnectionState::Reading;
  Lane lane = Lane::Search;      // of the present request
  bool is_head_request = false;  // the present request's method is HEAD
  bool keep_alive = true;        // after the present answer
  std::string output;
  std::size_t written = 0;         // bytes of output
  std::size_t body_in_memory = 0;  // bytes of the request that is being answered
  std::uint64_t body_on_disk = 0;  // likewise
  std::shared_ptr<WorkEnd> work;   // of that request
  bool is_heard_out = false;       // lingering: its client is in the middle of a body
  std::size_t dropped = 0;         // bytes since it lingers
  ConnectionPhase phase = ConnectionPhase::Fresh;
  Clock::time_point phase_begin = Clock::now();
  Clock::time_point deadline = Clock::time_point::max();
  std::uint32_t interest = 0;   // what epoll is asked for
  Clock::time_point asked;      // when its last request was whole; the epoch before the first one
  Clock::time_point answered;   // when the answer was written
  Clock::duration busy{};       // how long its last requests took, and …
  Clock::duration paused{};     // … how long it waited before them, see ConnectionFront::begin_request
  std::uint64_t last_step = 0;  // of the table

  std::size_t bytes_in_memory() const {
    return framer.bytes_in_memory() + heap_bytes(output) + body_in_memory;
  }
  std::uint64_t bytes_on_disk() const { return framer.bytes_on_disk() + body_on_disk; }
  bool is_idle() const { return state == ConnectionState::Reading && framer.is_between_requests(); }
  // Whether closing it breaks off nothing that the server has begun to answer.
  bool is_expendable() const {
    return state == ConnectionState::Reading || state == ConnectionState::Lingering;
  }
};

// When the phase the connection is in must be over. While bytes move at the slowest rate that is
// granted, a body and an answer are given more time.
Clock::time_point deadline_of(const Connection& connection, const HttpServerOptions& options);

// The share of the server that one client holds.
struct ClientShare {
  std::list<Connection*> connections;  // in the order of their last completed step
  std::size_t bytes_in_memory = 0;
  std::uint64_t bytes_on_disk = 0;
};

// All connections, by client, in the order of their last completed step: an accept, a request, an answer.
// Single bytes are no step, so a connection that drips them stands first in line when room is needed. Who
// has most gives way first.
class ConnectionTable {
 public:
  // Smaller numbers are free for the other descriptors of the epoll set.
  static constexpr std::uint64_t kFirstId = 1000;

  // Gives the connection its number in this table.
  Connection& add(std::unique_ptr<Connection> connection);
  Connection* find(std::uint64_t id);
  // Takes it out. Dropping the result closes it. Null when it is not there.
  std::unique_ptr<Connection> remove(std::uint64_t id);
  void completed_step(Connection& connection);

  // The connection to close for new ones: of the client that has most, and among equals the one that
  // has made no step for the longest time. Null when there is none that is expendable.
  Connection* find_expendable();
  // The connection to close for want of memory: of the client that holds most the one that holds most, among
  // those that hold any and are not being worked on. Null when there is none.
  Connection* find_largest();
  void for_each(const std::function<void(Connection&)>& visit);

  // Brings the sums up to date after the connection was worked on, or is another client's.
  void account(Connection& connection);
  std::size_t bytes_in_memory() const { return bytes_in_memory_; }
  std::uint64_t bytes_on_disk() const { return bytes_on_disk_; }
  std::size_t size() const { return rows_.size(); }
  // Null for a client without a connection. Valid until the next change.
  const ClientShare* share_of(const std::string& client) const;

 private:
  using Clients = std::unordered_map<std::string, ClientShare>;  // its entries stay in their place

  struct Row {
    std::unique_ptr<Connection> connection;
    Clients::value_type* client = nullptr;
    std::list<Connection*>::iterator place;  // among the client's
    std::size_t bytes_in_memory = 0;         // as they were counted last
    std::uint64_t bytes_on_disk = 0;
  };

  void set_bytes(Row& row, std::size_t in_memory, std::uint64_t on_disk);
  void leave_client(Row& row);

  std::unordered_map<std::uint64_t, Row> rows_;
  Clients clients_;
  std::size_t bytes_in_memory_ = 0;
  std::uint64_t bytes_on_disk_ = 0;
  std::uint64_t next_id_ = kFirstId;
  std::uint64_t steps_ = 0;
};

}  // namespace nunmul
