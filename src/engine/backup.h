// SPDX-License-Identifier: GPL-2.0-or-later
// Backups of a data folder, made by a command while a server may be writing to it:
//   FOLDER/20260722-091503123.backup/   a data folder each, verified
//   FOLDER/nunmul-backups.txt           the names of those that were made here, a line each, the oldest first
// Only what that list names is ever removed.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace nunmul {

struct BackupReport {
  std::filesystem::path folder;
  std::size_t indexes = 0;
  std::vector<std::filesystem::path> removed;  // older ones
};

// Holds every write of a snapshot (snapshot_copy.h): what the server has acknowledged before is in it. Parts
// that never change are linked, not copied, where both folders are on one file system. Then keeps the newest
// `keep` (at least 1). `holder` names the command to those who wait for it. Throws Error(InvalidInput) for
// what is no data folder, and Error(IoError) for one that is damaged: then there is no new
// backup, and older ones stay.
BackupReport write_backup(const std::filesystem::path& data_dir, const std::filesystem::path& folder,
                          std::size_t keep, const std::string& holder);

// Copies a backup, or any data folder that is not served, to a new data folder, after verifying it. Nothing
// is linked: the two share no file. Throws Error(InvalidInput) where `data_dir` is there and not empty,
// Error(IoError) for a damaged backup; then nothing was made.
void restore_backup(const std::filesystem::path& backup, const std::filesystem::path& data_dir);

}  // namespace nunmul
