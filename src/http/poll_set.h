// SPDX-License-Identifier: GPL-2.0-or-later
// The descriptors that one thread waits for (epoll), each under a number of its owner's choice.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

#include "http/descriptor.h"

namespace nunmul {

class PollSet {
 public:
  PollSet();

  // Begins with EPOLLIN. Throws Error(IoError).
  void add(int descriptor, std::uint64_t id);
  void change(int descriptor, std::uint64_t id, std::uint32_t events);
  void remove(int descriptor);

  // Until something happens or the time is over; without a time, until something happens. The events
  // are valid until the next call.
  std::span<const epoll_event> wait(std::optional<std::chrono::milliseconds> timeout);

 private:
  Descriptor epoll_;
  std::array<epoll_event, 256> events_{};
};

}  // namespace nunmul
