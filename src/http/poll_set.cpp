// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/poll_set.h"

#include <algorithm>
#include <cerrno>

#include "base/files.h"

namespace nunmul {
namespace {

epoll_event event_of(std::uint64_t id, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = id;
  return event;
}

}  // namespace

PollSet::PollSet() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (epoll_.get() < 0) throw_errno(errno, "create an epoll set");
}

void PollSet::add(int descriptor, std::uint64_t id) {
  epoll_event event = event_of(id, EPOLLIN);
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, descriptor, &event) != 0) throw_errno(errno, "watch a socket");
}

void PollSet::change(int descriptor, std::uint64_t id, std::uint32_t events) {
  epoll_event event = event_of(id, events);
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, descriptor, &event);
}

void PollSet::remove(int descriptor) { ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, descriptor, nullptr); }

std::span<const epoll_event> PollSet::wait(std::optional<std::chrono::milliseconds> timeout) {
  const int milliseconds = timeout ? static_cast<int>(timeout->count()) : -1;
  const int count =
      ::epoll_wait(epoll_.get(), events_.data(), static_cast<int>(events_.size()), milliseconds);
  return {events_.data(), static_cast<std::size_t>(std::max(count, 0))};  // below 0: a signal came
}

}  // namespace nunmul
