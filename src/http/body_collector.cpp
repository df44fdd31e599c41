// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/body_collector.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "base/files.h"
#include "http/refusal.h"

namespace nunmul {
namespace {

constexpr std::string_view kFilePrefix = "request-body-";

}  // namespace

BodyCollector::BodyCollector(BodyCollector&& other) noexcept
    : limits_(std::move(other.limits_)),
      expected_(std::exchange(other.expected_, 0)),
      size_(std::exchange(other.size_, 0)),
      memory_(std::move(other.memory_)),
      file_(std::move(other.file_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      may_spool_(std::exchange(other.may_spool_, false)) {}

BodyCollector& BodyCollector::operator=(BodyCollector&& other) noexcept {
  std::swap(limits_, other.limits_);
  std::swap(expected_, other.expected_);
  std::swap(size_, other.size_);
  std::swap(memory_, other.memory_);
  std::swap(file_, other.file_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(may_spool_, other.may_spool_);
  return *this;
}

void BodyCollector::append(std::string_view bytes) {
  if (bytes.size() > limits_.max_bytes - size_) refuse_body_size(limits_.max_bytes);
  size_ += bytes.size();
  if (is_large() && may_spool_) spill();
  if (file_.empty()) {
    make_room(bytes.size());
    memory_ += bytes;
  } else {
    write_to_file(bytes);
  }
}

// For all that is to come, once a part of it is here: growing by doubling leaves as much behind.
void BodyCollector::make_room(std::size_t bytes) {
  const bool is_full = memory_.size() + bytes > memory_.capacity();
  if (is_full && memory_.size() > expected_ / 8) memory_.reserve(expected_);
}

void BodyCollector::move_into(HttpRequest& request) {
  request.body = std::exchange(memory_, {});
  request.body_file = std::exchange(file_, {});
  size_ = expected_ = 0;
  may_spool_ = false;
  close_file();
}

void BodyCollector::spill() {
  std::string name = (limits_.spool_folder / (std::string(kFilePrefix) + "XXXXXX")).string();
  descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor_ < 0) throw_errno(errno, "create " + name);
  file_ = BodyFile(name);
  write_to_file(std::exchange(memory_, {}));
}

void BodyCollector::write_to_file(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno(errno, "write " + file_.path().string());
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void BodyCollector::close_file() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

void refuse_body_size(std::size_t max_bytes) {
  throw Refusal(ErrorCode::PayloadTooLarge,
                "The request body is larger than the limit of " + std::to_string(max_bytes) + " bytes.");
}

void sweep_spool_folder(const std::filesystem::path& folder) {
  constexpr std::size_t kRandomLetters = 6;
  std::error_code error;
  if (std::filesystem::is_symlink(folder, error)) return;
  std::vector<std::filesystem::path> left;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    const bool is_ours = name.starts_with(kFilePrefix) && name.size() == kFilePrefix.size() + kRandomLetters;
    if (is_ours && entry.is_regular_file(error)) left.push_back(entry.path());
  }
  for (const auto& path : left) std::filesystem::remove(path, error);
}

}  // namespace nunmul
