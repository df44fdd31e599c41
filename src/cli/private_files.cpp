// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/private_files.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <iostream>
#include <optional>
#include <string>

namespace nunmul {
namespace {

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

std::optional<struct stat> status_of(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

std::string name_of(uid_t user) {
  const passwd* entry = ::getpwuid(user);
  return entry ? entry->pw_name : std::to_string(user);
}

}  // namespace

void keep_private(const std::filesystem::path& data_dir) {
  ::umask(kOthers);
  // The folder of anybody else is refused later, and its permissions are none of ours.
  std::error_code error;
  const bool is_ours = status_of(data_dir / "nunmul.json") || status_of(data_dir / "store.db") ||
                       std::filesystem::is_empty(data_dir, error);
  const auto status = status_of(data_dir);
  if (is_ours && status && (status->st_mode & kOthers))
    std::cerr << "warning: others on this machine can reach what is in " << data_dir.string()
              << "; this keeps them out: chmod -R go= " << data_dir.string() << std::endl;
}

void warn_of_other_server(const std::filesystem::path& data_dir) {
  const auto status = status_of(data_dir / "server.lock");
  if (!status || status->st_uid == ::geteuid() || status->st_uid == 0) return;
  std::cerr << "warning: a server of user " << name_of(status->st_uid) << " uses " << data_dir.string()
            << " and cannot read what this command writes; run it as that user" << std::endl;
}

void warn_of_open_key(const std::filesystem::path& file) {
  const auto status = status_of(file);
  if (status && (status->st_mode & S_IROTH))
    std::cerr << "warning: others on this machine can read " << file.string()
              << ", which holds the master key; this keeps them out: chmod 600 " << file.string()
              << std::endl;
}

}  // namespace nunmul
