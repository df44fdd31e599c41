// SPDX-License-Identifier: GPL-2.0-or-later
// What the server tells the service manager that started it (sd_notify(3), systemd.service(5)): that it is
// ready, that it is alive, that it stops.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <thread>

namespace nunmul {

// One datagram such as "READY=1" to the socket of the environment; nothing where there is none.
void tell_service_manager(std::string_view state);

// While it lives, a thread says that the start takes longer as long as an index is being rebuilt, then that
// the server is ready, and from then on, as often as the manager wants, that it is alive: only after the
// server has answered a request. Nothing happens without a manager.
class ServiceNotices {
 public:
  // `url` is the server's own address; `count_rebuilding` is called by the thread.
  ServiceNotices(std::string url, std::function<std::size_t()> count_rebuilding);
  ~ServiceNotices();
  ServiceNotices(const ServiceNotices&) = delete;
  ServiceNotices& operator=(const ServiceNotices&) = delete;

 private:
  void run(const std::stop_token& stop) const;
  void wait_until_ready(const std::stop_token& stop) const;
  bool is_answering() const;

  std::string url_;
  std::function<std::size_t()> count_rebuilding_;
  std::jthread thread_;
};

}  // namespace nunmul
