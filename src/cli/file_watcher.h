// SPDX-License-Identifier: GPL-2.0-or-later
// Reports that files or folders may have changed (inotify). A folder is watched with everything in it. For
// a file, its folder is watched, since editors replace files and links may be pointed elsewhere. For a path
// that does not exist yet, the nearest folder above it that does is watched.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/time.h"
#include "import/read/folder_tree.h"

namespace nunmul {

class FileWatcher {
 public:
  // Nothing below `ignored` counts.
  explicit FileWatcher(std::filesystem::path ignored = {});
  ~FileWatcher();
  FileWatcher(const FileWatcher&) = delete;
  FileWatcher& operator=(const FileWatcher&) = delete;

  // Watches what there is now. To be called again after each change, before the files are read: a
  // change that comes later is then never missed.
  void watch(const std::vector<std::filesystem::path>& paths);

  // Waits for a change, and then until nothing has changed for `quiet` or `longest` has passed; without a
  // change until `due`, if that is given. False if `stop` became readable.
  bool wait(int stop, std::chrono::milliseconds quiet, std::chrono::milliseconds longest,
            std::optional<Time> due = {});

  // A hash of names, sizes and times of all files: what has not changed need not be read again.
  std::uint64_t state_of(const std::vector<std::filesystem::path>& paths) const;

 private:
  void watch_folder(const std::filesystem::path& folder);
  void watch_tree(const std::filesystem::path& folder);
  FolderTree tree_of(const std::filesystem::path& folder) const;
  bool is_ignored(const std::filesystem::path& path) const;
  bool drain() const;

  std::filesystem::path ignored_;
  int descriptor_;
};

}  // namespace nunmul
