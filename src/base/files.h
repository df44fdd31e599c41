// SPDX-License-Identifier: GPL-2.0-or-later
// Files that survive a crash: written aside, synced, renamed, and the folder synced.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace nunmul {

// The whole file. Throws Error(IoError) that names it.
std::string read_file(const std::filesystem::path& path);

// Replaces the file in one step: after a crash at any instant it holds the old or the new bytes.
// Throws Error(IoError), or Error(NoSpaceLeftOnDevice) when the disk is full; the old file stays.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

// Writes a file without syncing it, for folders that are synced as a whole later.
void write_file(const std::filesystem::path& path, std::string_view bytes);

// Makes renames and new names in a folder durable.
void sync_folder(const std::filesystem::path& folder);

// Syncs every regular file below a folder, and the folders themselves.
void sync_tree(const std::filesystem::path& folder);

// Throws the Error that fits errno, with `what` ("write /data/x") in its message.
[[noreturn]] void throw_errno(int error_number, const std::string& what);

// A read-only mapping of a whole file; empty for an empty file. Throws Error(IoError).
class MappedFile {
 public:
  MappedFile() = default;
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;

  std::string_view bytes() const { return {data_, size_}; }

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

// An exclusive lock on a file (flock), held until destroyed; the kernel frees it when the process
// dies. The file holds who took it ("pid 12 nunmul index"), for the message to the next one.
class FileLock {
 public:
  // Nothing when another process holds it.
  static std::optional<FileLock> try_lock(const std::filesystem::path& path, const std::string& holder);
  // Waits for it.
  static FileLock lock(const std::filesystem::path& path, const std::string& holder);
  // Whether another process holds it now. Changes nothing.
  static bool is_held(const std::filesystem::path& path);
  // The text that the present holder wrote, or "".
  static std::string holder(const std::filesystem::path& path);

  ~FileLock();
  FileLock(FileLock&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  FileLock& operator=(FileLock&&) = delete;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  static std::optional<FileLock> take(const std::filesystem::path& path, const std::string& holder,
                                      int operation);
  int descriptor_;
};

}  // namespace nunmul
