// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/connection.h"

#include <algorithm>

namespace nunmul {
namespace {

constexpr std::chrono::seconds kLingerTime{1};
// A refused upload is heard out: many a client reads the answer only when it has sent all.
constexpr std::chrono::seconds kLingerTimeInBody{10};

std::chrono::milliseconds time_for(std::size_t bytes, std::size_t bytes_per_second) {
  return std::chrono::milliseconds(bytes * 1000 / std::max<std::size_t>(bytes_per_second, 1));
}

std::chrono::milliseconds time_of_phase(const Connection& connection, const HttpServerOptions& options) {
  const LaneOptions& lane = connection.lane == Lane::Search ? options.search : options.admin;
  const std::size_t rate = options.slowest_bytes_per_second;
  switch (connection.phase) {
    case ConnectionPhase::Idle:
      return options.deadlines.idle;
    case ConnectionPhase::Body:
      return lane.body + time_for(connection.framer.body_bytes(), rate);
    case ConnectionPhase::Answer:
      return options.deadlines.write + time_for(connection.written, rate);
    case ConnectionPhase::Linger:
      return connection.is_heard_out ? kLingerTimeInBody : kLingerTime;
    case ConnectionPhase::Fresh:
    case ConnectionPhase::Head:
      break;
  }
  return options.deadlines.head;
}

}  // namespace

Clock::time_point deadline_of(const Connection& connection, const HttpServerOptions& options) {
  return connection.phase_begin + time_of_phase(connection, options);
}

Connection& ConnectionTable::add(std::unique_ptr<Connection> connection) {
  Connection& result = *connection;
  result.id = next_id_++;
  Row& row = rows_[result.id];
  row.connection = std::move(connection);
  row.place = order_.insert(order_.end(), &result);
  ++peers_[result.peer];
  account(result);
  return result;
}

Connection* ConnectionTable::find(std::uint64_t id) {
  const auto found = rows_.find(id);
  return found == rows_.end() ? nullptr : found->second.connection.get();
}

std::unique_ptr<Connection> ConnectionTable::remove(std::uint64_t id) {
  const auto found = rows_.find(id);
  if (found == rows_.end()) return nullptr;
  Row row = std::move(found->second);
  const auto peer = peers_.find(row.connection->peer);
  if (--peer->second == 0) peers_.erase(peer);
  bytes_in_memory_ -= row.bytes_in_memory;
  bytes_on_disk_ -= row.bytes_on_disk;
  order_.erase(row.place);
  rows_.erase(found);
  return std::move(row.connection);
}

void ConnectionTable::completed_step(const Connection& connection) {
  order_.splice(order_.end(), order_, rows_.at(connection.id).place);
}

Connection* ConnectionTable::find_oldest(const std::function<bool(const Connection&)>& fits) {
  const auto found = std::find_if(order_.begin(), order_.end(),
                                  [&](const Connection* connection) { return fits(*connection); });
  return found == order_.end() ? nullptr : *found;
}

void ConnectionTable::for_each(const std::function<void(Connection&)>& visit) {
  // `visit` may remove the connection it is given.
  for (auto next = order_.begin(); next != order_.end();) visit(**next++);
}

void ConnectionTable::account(const Connection& connection) {
  Row& row = rows_.at(connection.id);
  bytes_in_memory_ += connection.bytes_in_memory() - row.bytes_in_memory;
  bytes_on_disk_ += connection.bytes_on_disk() - row.bytes_on_disk;
  row.bytes_in_memory = connection.bytes_in_memory();
  row.bytes_on_disk = connection.bytes_on_disk();
}

std::size_t ConnectionTable::count_of_peer(const std::string& peer) const {
  const auto found = peers_.find(peer);
  return found == peers_.end() ? 0 : found->second;
}

}  // namespace nunmul
