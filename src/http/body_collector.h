// SPDX-License-Identifier: GPL-2.0-or-later
// Gathers a request body: in memory while it is small, then in a file of the spool folder where the
// route allows that; never more than its limit.
#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "http/http_message.h"

namespace nunmul {

struct BodyLimits {
  std::size_t max_bytes = 1024 * 1024;   // more is 413
  std::filesystem::path spool_folder;    // "" keeps all of it in memory
  std::size_t memory_bytes = 64 * 1024;  // more goes to the spool folder
};

class BodyCollector {
 public:
  // `expected` bytes, if the sender has said how many.
  explicit BodyCollector(BodyLimits limits = {}, std::size_t expected = 0)
      : limits_(std::move(limits)), expected_(expected) {}
  ~BodyCollector() { close_file(); }
  BodyCollector(BodyCollector&& other) noexcept;
  BodyCollector& operator=(BodyCollector&& other) noexcept;

  // Throws Refusal(413), or Error(IoError, NoSpaceLeftOnDevice) that a file met.
  void append(std::string_view bytes);

  // A body that may go to a file stays in memory until it is allowed to: whoever asks may have to let it
  // wait, or refuse it.
  void allow_spooling() { may_spool_ = true; }
  bool waits_for_spooling() const { return is_large() && !may_spool_; }

  const BodyLimits& limits() const { return limits_; }
  std::size_t size() const { return size_; }
  std::size_t bytes_in_memory() const { return heap_bytes(memory_); }
  std::size_t bytes_on_disk() const { return file_.empty() ? 0 : size_; }

  // Hands the body over to the request and starts anew.
  void move_into(HttpRequest& request);

 private:
  bool is_large() const {
    return file_.empty() && std::max(size_, expected_) > limits_.memory_bytes &&
           !limits_.spool_folder.empty();
  }
  void make_room(std::size_t bytes);
  void spill();
  void write_to_file(std::string_view bytes);
  void close_file();

  BodyLimits limits_;
  std::size_t expected_ = 0;
  std::size_t size_ = 0;
  std::string memory_;
  BodyFile file_;
  int descriptor_ = -1;
  bool may_spool_ = false;
};

// Throws the Refusal of a body above its limit.
[[noreturn]] void refuse_body_size(std::size_t max_bytes);

// Deletes the bodies that a killed process has left in the folder.
void sweep_spool_folder(const std::filesystem::path& folder);

}  // namespace nunmul
