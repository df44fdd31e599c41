// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/log.h"

#include <unistd.h>

#include <array>
#include <atomic>

#include "base/json.h"
#include "base/time.h"
#include "base/utf8.h"

namespace nunmul {
namespace {
std::atomic<LogLevel> least_level{LogLevel::Info};
}

void log(LogLevel level, std::string_view message) {
  if (level < least_level.load(std::memory_order_relaxed)) return;
  constexpr std::array<std::string_view, 4> kNames{"debug", "info", "warning", "error"};
  std::string line = to_rfc3339(now());
  line.append(" ").append(kNames[static_cast<std::size_t>(level)]).append(" ").append(message).append("\n");
  // One write call, so that lines of several threads do not mix.
  [[maybe_unused]] const ssize_t ignored = ::write(STDERR_FILENO, line.data(), line.size());
}

void set_log_level(LogLevel least) { least_level.store(least, std::memory_order_relaxed); }

std::string quoted(std::string_view text) {
  constexpr std::size_t kMaxBytes = 200;
  return dump_json(Json(utf8_prefix(text, kMaxBytes)));
}

}  // namespace nunmul
