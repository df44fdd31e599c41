// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/mailbox.h"

#include <sys/eventfd.h>

#include <cerrno>

#include "base/files.h"
#include "http/connection.h"

namespace nunmul {

Mail::Mail() = default;
Mail::~Mail() = default;
Mail::Mail(Mail&&) noexcept = default;
Mail& Mail::operator=(Mail&&) noexcept = default;

Mailbox::Mailbox() : wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (wake_.get() < 0) throw_errno(errno, "eventfd");
}

Mailbox::~Mailbox() = default;

void Mailbox::post(Answer answer) {
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    was_empty = mail_.empty();
    mail_.answers.push_back(std::move(answer));
  }
  if (was_empty) wake();
}

void Mailbox::post(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    mail_.connections.push_back(std::move(connection));
  }
  wake();
}

void Mailbox::wake() const {
  const std::uint64_t one = 1;
  // It fails only when the counter is full, and then the reader is awake anyway.
  [[maybe_unused]] const ssize_t written = ::write(wake_.get(), &one, sizeof one);
}

Mail Mailbox::take() {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t read = ::read(wake_.get(), &count, sizeof count);
  const std::lock_guard lock(mutex_);
  return std::exchange(mail_, {});
}

bool Mailbox::empty() const {
  const std::lock_guard lock(mutex_);
  return mail_.empty();
}

}  // namespace nunmul
