// SPDX-License-Identifier: GPL-2.0-or-later
// A line on stderr that shows how far a long piece of work is. It appears after a second, on a
// terminal only, and is wiped when the work ends. For one thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace nunmul {

class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // `total` 0: not known.
  void update(const std::string& what, std::uint64_t done, std::uint64_t total);
  void wipe();

 private:
  using Clock = std::chrono::steady_clock;

  bool is_due();

  bool on_terminal_;
  bool shown_ = false;
  std::string what_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point step_started_ = Clock::now();
  Clock::time_point next_ = Clock::now() + std::chrono::seconds(1);
};

}  // namespace nunmul
