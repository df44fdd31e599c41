// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/stop_signals.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>

#include "base/files.h"

namespace nunmul {
namespace {

// A signal handler reaches nothing else.
std::atomic<bool> was_received = false;
std::atomic<int> event = -1;

void note_signal(int) {
  was_received = true;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto ignored = ::write(event.load(), &one, sizeof one);
}

}  // namespace

StopSignals::StopSignals() {
  was_received = false;
  event = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (event < 0) throw_errno(errno, "wait for signals");
  std::signal(SIGINT, note_signal);
  std::signal(SIGTERM, note_signal);
}

StopSignals::~StopSignals() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  ::close(event.exchange(-1));
}

bool StopSignals::received() const { return was_received; }

int StopSignals::descriptor() const { return event; }

}  // namespace nunmul
