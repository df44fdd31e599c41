// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/file_watcher.h"

#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"

namespace nunmul {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kEvents = IN_MODIFY | IN_ATTRIB | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE |
                                  IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF;

void add_state(std::string& state, const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return;
  state += path.string() + '\0' + std::to_string(status.st_size) + ' ' + std::to_string(status.st_ino) + ' ' +
           std::to_string(status.st_mtim.tv_sec) + '.' + std::to_string(status.st_mtim.tv_nsec) + '\n';
}

}  // namespace

FileWatcher::FileWatcher(fs::path ignored)
    : ignored_(ignored.empty() ? ignored : whole_path(ignored)),
      descriptor_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  if (descriptor_ < 0) throw_errno(errno, "watch files");
}

FileWatcher::~FileWatcher() { ::close(descriptor_); }

bool FileWatcher::is_ignored(const fs::path& path) const {
  return !ignored_.empty() &&
         std::mismatch(ignored_.begin(), ignored_.end(), path.begin(), path.end()).first == ignored_.end();
}

void FileWatcher::watch_folder(const fs::path& folder) {
  if (::inotify_add_watch(descriptor_, folder.c_str(), kEvents) >= 0 || errno == ENOENT || errno == ENOTDIR)
    return;
  if (errno == ENOSPC)
    throw Error(ErrorCode::IoError,
                "There are more folders below " + folder.string() +
                    " than may be watched; /proc/sys/fs/inotify/max_user_watches is the limit.");
  throw_errno(errno, "watch " + folder.string());
}

FolderTree FileWatcher::tree_of(const fs::path& folder) const {
  return read_folder_tree(folder, [this](const fs::path& path) { return is_ignored(path); });
}

void FileWatcher::watch_tree(const fs::path& folder) {
  const FolderTree tree = tree_of(folder);
  for (const fs::path& each : tree.folders) watch_folder(each);
  // The target of a link changes in its own folder.
  std::error_code error;
  for (const fs::path& file : tree.files)
    if (fs::is_symlink(file, error)) watch_folder(fs::weakly_canonical(file, error).parent_path());
}

void FileWatcher::watch(const std::vector<fs::path>& paths) {
  for (const fs::path& given : paths) {
    const fs::path path = whole_path(given);
    std::error_code error;
    if (fs::is_directory(path, error)) watch_tree(path);
    if (fs::is_symlink(path, error)) watch_folder(fs::weakly_canonical(path, error).parent_path());
    fs::path folder = path.parent_path();
    while (!fs::is_directory(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
    watch_folder(folder);
  }
}

// Whether there was anything.
bool FileWatcher::drain() const {
  std::array<char, 65536> events{};
  bool any = false;
  while (::read(descriptor_, events.data(), events.size()) > 0) any = true;
  return any;
}

// Clocks are set, so it looks again from time to time.
int timeout_until(Time due) {
  constexpr std::chrono::milliseconds kLongest{60'000};
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - now());
  return static_cast<int>(std::clamp(left, std::chrono::milliseconds{0}, kLongest).count());
}

bool FileWatcher::wait(int stop, std::chrono::milliseconds quiet, std::chrono::milliseconds longest,
                       std::optional<Time> due) {
  std::array<pollfd, 2> sources{{{descriptor_, POLLIN, 0}, {stop, POLLIN, 0}}};
  bool changed = false;
  Clock::time_point deadline;
  for (;;) {
    int timeout = due ? timeout_until(*due) : -1;
    if (changed)
      timeout = static_cast<int>(std::max<std::int64_t>(
          0, std::min(quiet, std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()))
                 .count()));
    const int ready = ::poll(sources.data(), sources.size(), timeout);
    if (ready < 0 && errno != EINTR) throw_errno(errno, "wait for changes");
    if (ready > 0 && (sources[1].revents & POLLIN)) return false;
    if (ready == 0 && (changed || *due <= now())) return true;
    if (ready <= 0 || !drain()) continue;
    if (!changed) deadline = Clock::now() + longest;
    changed = true;
    if (Clock::now() >= deadline) return true;
  }
}

std::uint64_t FileWatcher::state_of(const std::vector<fs::path>& paths) const {
  std::string state;
  for (const fs::path& given : paths) {
    const fs::path path = whole_path(given);
    add_state(state, path);
    std::error_code error;
    if (!fs::is_directory(path, error)) continue;
    for (const fs::path& file : tree_of(path).files) add_state(state, file);
  }
  return hash64(state);
}

}  // namespace nunmul
