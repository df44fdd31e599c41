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
  leave_client(found->second);
  std::unique_ptr<Connection> connection = std::move(found->second.connection);
  rows_.erase(found);
  return connection;
}

void ConnectionTable::completed_step(Connection& connection) {
  const Row& row = rows_.at(connection.id);
  std::list<Connection*>& order = row.client->second.connections;
  order.splice(order.end(), order, row.place);
  connection.last_step = ++steps_;
}

Connection* ConnectionTable::find_expendable() {
  Connection* best = nullptr;
  std::size_t most = 0;
  for (const auto& [name, share] : clients_) {
    const auto& order = share.connections;
    if (order.size() < most) continue;
    const auto oldest = std::find_if(
        order.begin(), order.end(), [](const Connection* connection) { return connection->is_expendable(); });
    if (oldest == order.end()) continue;
    if (order.size() == most && (*oldest)->last_step > best->last_step) continue;
    best = *oldest;
    most = order.size();
  }
  return best;
}

Connection* ConnectionTable::find_largest() {
  const Row* best = nullptr;
  const auto weight = [](const Row& row) {
    return std::pair(row.client->second.bytes_in_memory, row.bytes_in_memory);
  };
  for (const auto& [id, row] : rows_) {
    if (row.bytes_in_memory == 0 || row.connection->state == ConnectionState::Working) continue;
    if (best == nullptr || weight(row) > weight(*best)) best = &row;
  }
  return best == nullptr ? nullptr : best->connection.get();
}

void ConnectionTable::for_each(const std::function<void(Connection&)>& visit) {
  // `visit` may remove the connection it is given.
  for (auto next = rows_.begin(); next != rows_.end();) visit(*(next++)->second.connection);
}

void ConnectionTable::account(Connection& connection) {
  Row& row = rows_.at(connection.id);
  if (row.client == nullptr || row.client->first != connection.client) {
    leave_client(row);
    row.client = &*clients_.try_emplace(connection.client).first;
    std::list<Connection*>& order = row.client->second.connections;
    row.place = order.insert(order.end(), &connection);
    connection.last_step = ++steps_;
  }
  set_bytes(row, connection.bytes_in_memory(), connection.bytes_on_disk());
}

void ConnectionTable::set_bytes(Row& row, std::size_t in_memory, std::uint64_t on_disk) {
  ClientShare& share = row.client->second;
  for (std::size_t* sum : {&bytes_in_memory_, &share.bytes_in_memory})
    *sum += in_memory - row.bytes_in_memory;
  for (std::uint64_t* sum : {&bytes_on_disk_, &share.bytes_on_disk}) *sum += on_disk - row.bytes_on_disk;
  row.bytes_in_memory = in_memory;
  row.bytes_on_disk = on_disk;
}

void ConnectionTable::leave_client(Row& row) {
  if (row.client == nullptr) return;
  set_bytes(row, 0, 0);
  row.client->second.connections.erase(row.place);
  if (row.client->second.connections.empty()) clients_.erase(clients_.find(row.client->first));
  row.client = nullptr;
}

const ClientShare* ConnectionTable::share_of(const std::string& client) const {
  const auto found = clients_.find(client);
  return found == clients_.end() ? nullptr : &found->second;
}

}  // namespace nunmul
