// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/service_manager.h"

#include <httplib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <optional>

namespace nunmul {
namespace {

using std::chrono::microseconds;

constexpr std::chrono::milliseconds kReadinessPause{500};
constexpr std::chrono::seconds kLongestAnswer{5};
constexpr std::chrono::hours kLongestRebuild{1};  // an index that cannot be built must not hold up the start
constexpr std::string_view kMoreTime = "EXTEND_TIMEOUT_USEC=30000000\n";

const char* manager_socket() {
  const char* path = std::getenv("NOTIFY_SOCKET");
  return path != nullptr && (path[0] == '/' || path[0] == '@') ? path : nullptr;
}

// How long the manager waits for a sign of life, if it does.
std::optional<microseconds> watchdog_period() {
  const char* text = std::getenv("WATCHDOG_USEC");
  std::int64_t period = 0;
  if (text != nullptr) std::from_chars(text, text + std::strlen(text), period);
  if (period <= 0) return std::nullopt;
  return microseconds(period);
}

void wait_for(const std::stop_token& stop, microseconds time) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any().wait_for(lock, stop, time, [] { return false; });
}

}  // namespace

void tell_service_manager(std::string_view state) {
  const char* path = manager_socket();
  sockaddr_un address{};
  if (path == nullptr || std::strlen(path) >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  const std::size_t length = std::strlen(path);
  std::memcpy(address.sun_path, path, length);
  if (path[0] == '@') address.sun_path[0] = '\0';  // an abstract name
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return;
  ::sendto(socket, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address),
           static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length));
  ::close(socket);
}

ServiceNotices::ServiceNotices(std::string url, std::function<std::size_t()> count_rebuilding)
    : url_(std::move(url)), count_rebuilding_(std::move(count_rebuilding)) {
  if (manager_socket()) thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

ServiceNotices::~ServiceNotices() { tell_service_manager("STOPPING=1"); }

void ServiceNotices::run(const std::stop_token& stop) const {
  wait_until_ready(stop);
  const auto period = watchdog_period();
  while (period && !stop.stop_requested()) {
    if (is_answering()) tell_service_manager("WATCHDOG=1");
    wait_for(stop, *period / 3);
  }
}

void ServiceNotices::wait_until_ready(const std::stop_token& stop) const {
  const auto end = std::chrono::steady_clock::now() + kLongestRebuild;
  for (std::size_t rebuilding = count_rebuilding_(); rebuilding > 0; rebuilding = count_rebuilding_()) {
    if (stop.stop_requested()) return;
    if (std::chrono::steady_clock::now() > end) break;
    tell_service_manager(std::string(kMoreTime) + "WATCHDOG=1\nSTATUS=rebuilding " +
                         std::to_string(rebuilding) + (rebuilding == 1 ? " index" : " indexes"));
    wait_for(stop, kReadinessPause);
  }
  tell_service_manager("READY=1\nSTATUS=serving");
}

bool ServiceNotices::is_answering() const {
  httplib::Client client(url_);
  client.set_connection_timeout(kLongestAnswer);
  client.set_read_timeout(kLongestAnswer);
  const auto answer = client.Get("/health");
  return answer && answer->status == 200;
}

}  // namespace nunmul
