// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/connection.h"

#include <algorithm>

namespace nunmul {

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
  const auto found = std::find_if(order_.begin(), order_.end(), [&](const Connection* connection) { return fits(*connection); });
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
