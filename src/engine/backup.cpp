// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/backup.h"

#include <sstream>

#include "base/error.h"
#include "base/files.h"
#include "engine/catalog_store.h"
#include "engine/data_folder.h"
#include "engine/folder_check.h"
#include "engine/kept_copies.h"
#include "engine/snapshot_copy.h"
#include "engine/store_fit.h"

namespace nunmul {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".backup";

fs::path list_of(const fs::path& folder) { return folder / "nunmul-backups.txt"; }

std::vector<std::string> read_list(const fs::path& folder) {
  std::vector<std::string> names;
  if (!fs::exists(list_of(folder))) return names;
  std::istringstream lines(read_file(list_of(folder)));
  for (std::string line; std::getline(lines, line);)
    // A name, never a way to somewhere else.
    if (line.ends_with(kEnding) && line.find('/') == std::string::npos) names.push_back(line);
  return names;
}

void write_list(const fs::path& folder, const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += name + "\n";
  write_file_atomically(list_of(folder), text);
}

std::size_t require_undamaged(const fs::path& data_dir, const std::string& what) {
  const FolderFindings findings = check_folder(data_dir);
  if (findings.damage.empty()) return findings.indexes;
  const Finding& first = findings.damage.front();
  throw Error(ErrorCode::IoError, what + " is damaged: " + first.where + ": " + first.problem);
}

// Also what was cut off while it was written or removed.
void remove_backup(const fs::path& backup) {
  const fs::path aside = backup.string() + ".tmp";
  if (fs::exists(fs::symlink_status(backup))) fs::rename(backup, aside);  // no part looks like a whole one
  fs::remove_all(aside);
}

std::vector<fs::path> remove_oldest(const fs::path& folder, std::vector<std::string> names,
                                    std::size_t keep) {
  std::erase_if(names, [&](const std::string& name) {
    if (fs::exists(folder / name)) return false;
    remove_backup(folder / name);
    return true;
  });
  std::vector<fs::path> removed;
  for (; names.size() > keep; names.erase(names.begin())) {
    removed.push_back(folder / names.front());
    remove_backup(removed.back());
  }
  write_list(folder, names);
  return removed;
}

bool is_empty_or_missing(const fs::path& folder) {
  return !fs::exists(fs::symlink_status(folder)) || (fs::is_directory(folder) && fs::is_empty(folder));
}

}  // namespace

BackupReport write_backup(const fs::path& data_dir, const fs::path& folder, std::size_t keep,
                          const std::string& holder) try {
  CatalogStore store(data_dir, StoreUse::Read);
  fs::create_directories(folder);
  const FileLock lock = FileLock::lock(folder / "nunmul-backups.lock", holder);
  std::vector<std::string> names = read_list(folder);
  BackupReport report;
  report.folder = folder / (copy_name(now()) + std::string(kEnding));
  // Before there is a folder: after a crash the list may name one that is gone, never the other way round.
  names.push_back(report.folder.filename().string());
  write_list(folder, names);
  write_snapshot(report.folder, store, std::nullopt, [&](const IndexRow& row) {
    return std::make_shared<FileLock>(FileLock::lock(index_folder(data_dir, row) / "lock", holder));
  });
  try {
    report.indexes = require_undamaged(report.folder, "What was to be backed up");
  } catch (const Error&) {
    remove_backup(report.folder);
    throw;
  }
  report.removed = remove_oldest(folder, std::move(names), keep);
  return report;
} catch (const fs::filesystem_error& error) {
  throw_errno(error.code().value(), "write a backup to " + folder.string());
}

void restore_backup(const fs::path& backup, const fs::path& data_dir) try {
  if (!is_empty_or_missing(data_dir))
    throw Error(ErrorCode::InvalidInput, "The folder " + data_dir.string() + " is not empty.");
  require_data_folder(backup);
  require_undamaged(backup, "The backup " + backup.string());
  const fs::path aside = data_dir.string() + ".tmp";
  if (fs::exists(fs::symlink_status(aside)))
    throw Error(ErrorCode::InvalidInput,
                aside.string() + " is in the way, perhaps from a restore that was cut off.");
  fs::copy(backup, aside, fs::copy_options::recursive);
  sync_tree(aside);
  fs::rename(aside, data_dir);
  sync_folder(fs::absolute(data_dir).parent_path());
} catch (const fs::filesystem_error& error) {
  throw_errno(error.code().value(), "restore " + backup.string() + " to " + data_dir.string());
}

}  // namespace nunmul
