// SPDX-License-Identifier: GPL-2.0-or-later
// Takes new connections from the listening sockets. No error of accept() ends it.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "http/descriptor.h"
#include "http/poll_set.h"

namespace nunmul {

class Acceptor {
 public:
  // `admit` gets each new connection with its client's address; `make_room` closes an old one if it
  // can. Listener number i stands under i in the set, which must outlive this like the listeners.
  Acceptor(PollSet& set, std::vector<Descriptor>& listeners,
           std::function<void(Descriptor, std::string)> admit, std::function<bool()> make_room);

  void accept_from(std::size_t listener);

  // For want of descriptors no listener is waited for: it would wake the loop without end.
  bool is_paused() const { return is_paused_; }
  void resume();

  // Takes who is waiting already, then closes the listeners.
  void close();

 private:
  bool survive(int error_number);
  void pause();

  PollSet& set_;
  std::vector<Descriptor>& listeners_;
  std::function<void(Descriptor, std::string)> admit_;
  std::function<bool()> make_room_;
  bool is_paused_ = false;
  std::chrono::steady_clock::time_point next_complaint_{};
};

// Whether that client is on this machine; also one without an address, as of a Unix socket.
bool is_local(const std::string& peer);

}  // namespace nunmul
