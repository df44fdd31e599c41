// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <future>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/file_replacement.h"

namespace nunmul {
namespace {

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags)
      : value_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {
    if (value_ < 0) throw_errno(errno, "open " + path.string());
  }
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }

 private:
  int value_;
};

void write_all(int descriptor, std::string_view bytes, const std::string& what) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno(errno, what);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void sync(int descriptor, const std::string& what) {
  if (::fsync(descriptor) != 0) throw_errno(errno, what);
}

}  // namespace

void throw_errno(int error_number, const std::string& what) {
  const bool full = error_number == ENOSPC || error_number == EDQUOT;
  throw Error(full ? ErrorCode::NoSpaceLeftOnDevice : ErrorCode::IoError,
              "Cannot " + what + ": " + std::strerror(error_number) + ".");
}

std::string read_file(const std::filesystem::path& path) {
  const Descriptor file(path, O_RDONLY);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throw_errno(errno, "read " + path.string());
  if (S_ISDIR(status.st_mode)) throw_errno(EISDIR, "read " + path.string());
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(status.st_size));
  char buffer[1 << 16];
  for (;;) {
    const ssize_t count = ::read(file.get(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_errno(errno, "read " + path.string());
    if (count == 0) return bytes;
    bytes.append(buffer, static_cast<std::size_t>(count));
  }
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
  write_all(file.get(), bytes, "write " + path.string());
}

void write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
  FileReplacement file(path);
  file.write(bytes);
  file.publish();
}

void sync_folder(const std::filesystem::path& folder) {
  const Descriptor descriptor(folder, O_RDONLY | O_DIRECTORY);
  sync(descriptor.get(), "sync " + folder.string());
}

// Pipes, sockets and links are left alone: opening them could wait for ever, or lead elsewhere. Files are
// synced side by side, so that a journaling file system takes them in one or two commits.
void sync_tree(const std::filesystem::path& folder) try {
  constexpr std::size_t kAtOnce = 8;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_symlink()) continue;
    if (entry.is_directory())
      sync_folder(entry.path());
    else if (entry.is_regular_file())
      files.push_back(entry.path());
  }
  std::vector<std::future<void>> under_way;
  for (std::size_t first = 0; first < std::min(kAtOnce, files.size()); ++first)
    under_way.push_back(std::async(std::launch::async, [&files, first] {
      for (std::size_t i = first; i < files.size(); i += kAtOnce) {
        const Descriptor descriptor(files[i], O_RDONLY);
        sync(descriptor.get(), "sync " + files[i].string());
      }
    }));
  for (auto& task : under_way) task.wait();
  for (auto& task : under_way) task.get();
  sync_folder(folder);
} catch (const std::filesystem::filesystem_error& error) {
  throw_errno(error.code().value(), "sync " + folder.string());
}

MappedFile::MappedFile(const std::filesystem::path& path) {
  const Descriptor file(path, O_RDONLY);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throw_errno(errno, "map " + path.string());
  size_ = static_cast<std::size_t>(status.st_size);
  if (size_ == 0) return;
  void* address = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file.get(), 0);
  if (address == MAP_FAILED) throw_errno(errno, "map " + path.string());
  data_ = static_cast<const char*>(address);
}

MappedFile::~MappedFile() {
  if (data_) ::munmap(const_cast<char*>(data_), size_);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

std::optional<FileLock> FileLock::take(const std::filesystem::path& path, const std::string& holder,
                                       int operation) {
  // Through no link: what it leads to is not ours to truncate.
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (descriptor < 0) throw_errno(errno, "open " + path.string());
  FileLock lock(descriptor);
  while (::flock(descriptor, operation) != 0) {
    if (errno == EWOULDBLOCK) return std::nullopt;
    if (errno != EINTR) throw_errno(errno, "lock " + path.string());
  }
  // Who holds it is for people only, so a full disk must not stop the lock.
  if (::ftruncate(descriptor, 0) == 0) [[maybe_unused]]
    const ssize_t ignored = ::pwrite(descriptor, holder.data(), holder.size(), 0);
  return lock;
}

std::optional<FileLock> FileLock::try_lock(const std::filesystem::path& path, const std::string& holder) {
  return take(path, holder, LOCK_EX | LOCK_NB);
}

// Keeps what it has waited for: who takes the lock again and again would always be sooner.
FileLock FileLock::lock(const std::filesystem::path& path, const std::string& holder) {
  return std::move(*take(path, holder, LOCK_EX));
}

bool FileLock::is_held(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor < 0) return false;
  const FileLock lock(descriptor);
  return ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

std::string FileLock::holder(const std::filesystem::path& path) {
  try {
    return read_file(path);
  } catch (const Error&) {
    return "";
  }
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace nunmul
