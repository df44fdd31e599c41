// SPDX-License-Identifier: GPL-2.0-or-later
// The worker's waits, for a full disk or for another process that writes an index. They end early if the
// server stops or, while a batch runs, if one of its tasks is to be cancelled.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>

#include "engine/task_queue.h"
#include "index/index.h"

namespace nunmul {

// Thrown when a batch is to be broken off: its tasks are given back.
struct Interrupted {};

// Used by the worker's thread only.
class WorkerWaits {
 public:
  // `queue` outlives this.
  explicit WorkerWaits(TaskQueue& queue) : queue_(queue) {}

  void begin(std::stop_token stop) { stop_ = std::move(stop); }
  const std::stop_token& stop() const { return stop_; }
  bool is_stopping() const { return stop_.stop_requested(); }
  bool is_interrupted() const { return is_stopping() || queue_.cancelation_waits(); }

  // Ends early when the server stops.
  void sleep(std::chrono::milliseconds time);

  // Does a step that tells what has happened, again and again while the disk is at fault. Throws
  // Interrupted when the server stops meanwhile.
  void insist(const char* what, const std::function<void()>& step);

  // Null while another process writes the index.
  static std::unique_ptr<IndexWriter> try_writer(Index& index);

  // Waits for another process (`nunmul index`) that writes the index; throws Interrupted when `broken_off`.
  std::unique_ptr<IndexWriter> open_writer(Index& index, const std::function<bool()>& broken_off);
  std::unique_ptr<IndexWriter> open_writer(Index& index) {
    return open_writer(index, [this] { return is_interrupted(); });
  }

 private:
  TaskQueue& queue_;
  std::stop_token stop_;
  std::mutex sleep_mutex_;
  std::condition_variable_any sleeper_;
};

}  // namespace nunmul
