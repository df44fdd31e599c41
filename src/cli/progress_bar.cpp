// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace nunmul {
namespace {

constexpr std::chrono::milliseconds kInterval{100};
constexpr std::uint64_t kWidth = 30;

std::string bar_of(std::uint64_t done, std::uint64_t total) {
  const std::uint64_t full = std::min(kWidth, kWidth * done / total);
  return "[" + std::string(full, '#') + std::string(kWidth - full, ' ') + "]";
}

}  // namespace

ProgressBar::ProgressBar() : on_terminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() { wipe(); }

bool ProgressBar::is_due() {
  if (!on_terminal_ || Clock::now() < next_) return false;
  next_ = Clock::now() + kInterval;
  return true;
}

void ProgressBar::update(const std::string& what, std::uint64_t done, std::uint64_t total) {
  if (what != what_) {
    what_ = what;
    step_started_ = Clock::now();
  }
  if (!is_due()) return;
  const double seconds = std::max(0.001, std::chrono::duration<double>(Clock::now() - step_started_).count());
  const double rate = static_cast<double>(done) / seconds;
  std::array<char, 160> line{};
  if (total == 0) {
    std::snprintf(line.data(), line.size(), "\r%s %llu, %.0f a second\033[K", what.c_str(),
                  static_cast<unsigned long long>(done), rate);
  } else {
    const double left = rate > 0 ? static_cast<double>(total - std::min(done, total)) / rate : 0;
    std::snprintf(line.data(), line.size(), "\r%s %s %llu of %llu, %.0f a second, %.0f s left\033[K",
                  what.c_str(), bar_of(done, total).c_str(), static_cast<unsigned long long>(done),
                  static_cast<unsigned long long>(total), rate, left);
  }
  std::fputs(line.data(), stderr);
  std::fflush(stderr);
  shown_ = true;
}

void ProgressBar::wipe() {
  if (shown_) std::fputs("\r\033[K", stderr);
  if (shown_) std::fflush(stderr);
  shown_ = false;
}

}  // namespace nunmul
