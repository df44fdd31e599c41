// SPDX-License-Identifier: GPL-2.0-or-later
// A file that takes the place of another in one step. What is written lies aside until publish(); after a
// crash at any instant the target holds the old or the new bytes. write_file_atomically() is its short form.
//   target                        publish()
//   a file                        replaces it, with its owner and permissions
//   nothing                       makes it
//   a symbolic link               does so where the link leads to; the link stays
//   a device, FIFO or socket      writes the bytes into it; it stays
//   /dev/stdout, /dev/fd/N        writes the bytes into this process's descriptor
#pragma once

#include <sys/types.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

namespace nunmul {

class FileReplacement {
 public:
  // `mode` (less the umask) is that of a file that is made. Waits for a reader of a FIFO. Throws
  // Error(IoError) that names the target, as all members do, or Error(NoSpaceLeftOnDevice).
  explicit FileReplacement(const std::filesystem::path& target, mode_t mode = 0644);
  explicit FileReplacement(int descriptor);  // writes into it at the end
  ~FileReplacement();                        // what was not published is forgotten
  FileReplacement(const FileReplacement&) = delete;
  FileReplacement& operator=(const FileReplacement&) = delete;

  void write(std::string_view bytes);
  void publish();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  using File = std::unique_ptr<std::FILE, Close>;

  std::filesystem::path target_;  // links followed
  std::filesystem::path aside_;   // "" where the target is written into
  File file_;                     // what is written
  File into_;                     // the target, where it is written into

  void open_aside(mode_t mode);
  void write_into(int descriptor);
  void copy_into_target();
  void check(bool is_good) const;
};

// The name of the file that write_file_atomically was writing when it left one of this name; nothing if it
// gives no such names.
std::optional<std::string_view> target_of_aside(std::string_view name);

}  // namespace nunmul
