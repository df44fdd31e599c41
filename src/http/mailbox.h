// SPDX-License-Identifier: GPL-2.0-or-later
// Messages from other threads to the thread of a front. A descriptor in its epoll set wakes that thread.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "http/descriptor.h"

namespace nunmul {

struct Connection;

struct Answer {
  std::uint64_t connection = 0;
  std::string bytes;  // status line, headers and body
  bool keep_alive = true;
};

struct Mail {
  Mail();
  ~Mail();
  Mail(Mail&&) noexcept;
  Mail& operator=(Mail&&) noexcept;

  std::vector<Answer> answers;                           // from the workers
  std::vector<std::unique_ptr<Connection>> connections;  // from another front
  bool empty() const { return answers.empty() && connections.empty(); }
};

class Mailbox {
 public:
  Mailbox();
  ~Mailbox();
  int wake_descriptor() const { return wake_.get(); }

  void post(Answer answer);
  void post(std::unique_ptr<Connection> connection);
  // Wakes without mail; allowed in a signal handler.
  void wake() const;

  Mail take();
  bool empty() const;

 private:
  Descriptor wake_;
  mutable std::mutex mutex_;
  Mail mail_;  // guarded by mutex_
};

}  // namespace nunmul
