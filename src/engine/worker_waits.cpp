// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/worker_waits.h"

#include <unistd.h>

#include <string>

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "engine/index_changes.h"

namespace nunmul {
namespace {

using namespace std::chrono_literals;

constexpr auto kRetryInterval = 500ms;  // after a disk that is full or broken
constexpr auto kLockInterval = 20ms;    // while another process writes an index

std::string lock_holder() { return "pid " + std::to_string(::getpid()) + " nunmul serve"; }

}  // namespace

void WorkerWaits::sleep(std::chrono::milliseconds time) {
  std::unique_lock lock(sleep_mutex_);
  sleeper_.wait_for(lock, stop_, time, [] { return false; });
}

void WorkerWaits::insist(const char* what, const std::function<void()>& step) {
  for (;;) {
    try {
      return step();
    } catch (const Error& error) {
      if (!is_disk_error(error.code())) throw;
      log(LogLevel::Error, std::string(what) + " is tried again: " + error.what());
    }
    if (is_stopping()) throw Interrupted{};
    sleep(kRetryInterval);
  }
}

std::unique_ptr<IndexWriter> WorkerWaits::try_writer(Index& index) {
  if (!FileLock::try_lock(index.folder() / "lock", lock_holder())) return nullptr;
  return std::make_unique<IndexWriter>(index, lock_holder());
}

std::unique_ptr<IndexWriter> WorkerWaits::open_writer(Index& index, const std::function<bool()>& broken_off) {
  const std::filesystem::path lock = index.folder() / "lock";
  while (!FileLock::try_lock(lock, lock_holder())) {
    queue_.report_progress("waiting for " + FileLock::holder(lock), 0, 1);
    if (broken_off()) throw Interrupted{};
    sleep(kLockInterval);
  }
  return std::make_unique<IndexWriter>(index, lock_holder());
}

}  // namespace nunmul
