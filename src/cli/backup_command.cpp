// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/commands.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/import_report.h"
#include "cli/opened_index.h"
#include "cli/private_files.h"
#include "engine/backup.h"

namespace nunmul {
namespace {

constexpr double kMaxKept = 1'000'000;

struct BackupOptions {
  std::string data_dir = DataOptions{}.data_dir;
  std::string folder;
  std::size_t keep = 7;
};

void back_up(const BackupOptions& options) {
  keep_private(options.data_dir);  // keys are in it
  BackupReport report;
  read_data_folder(options.data_dir, [&] {
    report = write_backup(options.data_dir, options.folder, options.keep, lock_holder("backup"));
  });
  std::cout << report.folder.string() << ": " << counted(report.indexes, "index", "indexes")
            << ", verified\n";
  for (const std::filesystem::path& old : report.removed) std::cout << "removed " << old.string() << "\n";
  std::cout << std::flush;
}

void restore(const BackupOptions& options) {
  keep_private(options.data_dir);
  restore_backup(options.folder, options.data_dir);
  std::cout << options.data_dir << ": restored from " << options.folder << std::endl;
}

}  // namespace

void add_backup_command(CLI::App& program) {
  auto options = std::make_shared<BackupOptions>();
  CLI::App* command = program.add_subcommand("backup", "Copy a data folder, even while it is served");
  command->footer("Example: nunmul backup --data-dir data --keep 14 /backups/nunmul");
  command->add_option("folder", options->folder, "Folder for backups; each gets one of its own in it")
      ->type_name("FOLDER")
      ->required();
  add_data_dir(*command, options->data_dir);
  command->add_option("--keep", options->keep, "Backups to keep there; older ones are removed")
      ->check(between(1, kMaxKept))
      ->type_name("N")
      ->capture_default_str();
  command->callback([options] { back_up(*options); });
}

void add_restore_command(CLI::App& program) {
  auto options = std::make_shared<BackupOptions>();
  CLI::App* command = program.add_subcommand("restore", "Make a data folder from a backup");
  command->footer("Example: nunmul restore --data-dir data backups/20260722-091503123.backup");
  command->add_option("backup", options->folder, "A backup: one of the folders that `backup` made")
      ->type_name("BACKUP")
      ->required();
  add_data_dir(*command, options->data_dir);
  command->callback([options] { restore(*options); });
}

}  // namespace nunmul
