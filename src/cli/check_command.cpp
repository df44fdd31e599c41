// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/commands.h"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/import_report.h"
#include "engine/adoption.h"
#include "engine/data_folder.h"
#include "engine/dump_import.h"
#include "engine/store_fit.h"
#include "index/index_check.h"

namespace nunmul {
namespace {

struct CheckOptions {
  std::string data_dir;
  bool json = false;
  bool adopt = false;
};

struct Finding {
  std::string where;
  std::string problem;
};

// Opens everything to read only, so that it works on a copy that cannot be written.
class FolderCheck {
 public:
  explicit FolderCheck(std::filesystem::path data_dir) : data_dir_(std::move(data_dir)) {}

  void run() {
    require_data_folder(data_dir_);
    const std::vector<FoundIndex> found = find_indexes(data_dir_);
    std::error_code error;
    if (std::filesystem::file_size(store(), error) > 0 && !error) return check_all(found);
    if (found.empty())
      throw HintedError(ErrorCode::InvalidInput, "There is no data in " + data_dir_.string() + ".",
                        "`nunmul index` makes it, or give the folder with --data-dir");
    add(store().string(), missing_store(data_dir_, found) + kAdoptAdvice);
  }

  const std::vector<Finding>& findings() const { return findings_; }
  std::size_t indexes() const { return indexes_; }

 private:
  const std::filesystem::path data_dir_;
  std::vector<Finding> findings_;
  std::size_t indexes_ = 0;

  std::filesystem::path store() const { return data_dir_ / "store.db"; }
  void add(std::string where, std::string problem) {
    findings_.push_back({std::move(where), std::move(problem)});
  }

  void check_all(const std::vector<FoundIndex>& found) {
    check_database(store(), "move it away and take the documents in again with `nunmul check --adopt`");
    if (findings_.empty()) check_store(found);
  }

  // SQLite's own check of a file: its pages, and that each index agrees with its table. What it does not see
  // are bytes inside of free pages, which SQLite writes before it ever reads them, so that they do no harm,
  // and other letters in the text of a row: documents have checksums against that (check_index).
  void check_database(const std::filesystem::path& file, const std::string& otherwise) {
    const std::string advice = " Put the file of a snapshot back, or " + otherwise + ".";
    try {
      const Sqlite db(file, SqliteAccess::Read);
      SqliteStatement statement = db.prepare("PRAGMA integrity_check(5)");
      while (statement.step())
        if (statement.text(0) != "ok") add(file.string(), std::string(statement.text(0)) + "." + advice);
    } catch (const Error& error) {
      add(file.string(), error.what() + advice);
    }
  }

  void check_store(const std::vector<FoundIndex>& found) try {
    Sqlite db(store(), SqliteAccess::Read);
    require_no_import(db, data_dir_);
    for (std::string& sentence : contradictions(db, data_dir_, found))
      add(store().string(), std::move(sentence) + kAdoptAdvice);
    for (const IndexRow& row : read_index_rows(db)) check_index_of(row);
  } catch (const Error& error) {
    add(store().string(), error.what());
  }

  void check_index_of(const IndexRow& row) {
    ++indexes_;
    const std::filesystem::path folder = index_folder(data_dir_, row);
    const std::size_t before = findings_.size();
    std::error_code error;
    if (std::filesystem::exists(folder / kDocumentStoreFile, error))
      check_database(
          folder / kDocumentStoreFile,
          "move it away and take the documents of the newest generation with `nunmul check --adopt`");
    if (findings_.size() > before) return;
    for (std::string& problem : check_index(folder, expectation_of(row)))
      add("index " + row.uid, std::move(problem));
  }
};

void print(const CheckOptions& options, const FolderCheck& check, const std::vector<std::string>& adopted) {
  if (options.json) {
    Json json{{"ok", check.findings().empty()}, {"indexes", check.indexes()}, {"problems", Json::array()}};
    for (const Finding& finding : check.findings())
      json["problems"].push_back({{"where", finding.where}, {"problem", finding.problem}});
    if (options.adopt) json["adopted"] = adopted;
    std::cout << dump_json(json) << std::endl;
    return;
  }
  for (const std::string& line : adopted) std::cout << line << "\n";
  for (const Finding& finding : check.findings())
    std::cout << finding.where << ": " << finding.problem << "\n";
  std::cout << (check.findings().empty() ? "all is well: " : "damaged: ")
            << counted(check.indexes(), "index", "indexes") << " in " << options.data_dir << std::endl;
}

void check(const CheckOptions& options) {
  require_folder(options.data_dir);
  const std::vector<std::string> adopted =
      options.adopt ? adopt_indexes(options.data_dir) : std::vector<std::string>{};
  FolderCheck check(options.data_dir);
  check.run();
  print(options, check, adopted);
  if (!check.findings().empty()) throw CommandFailed{};
}

}  // namespace

void add_check_command(CLI::App& program) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command =
      program.add_subcommand("check", "Verify a data folder without changing it, and say what to do");
  command->footer("Example: nunmul check --data-dir data");
  options->data_dir = DataOptions{}.data_dir;
  add_data_dir(*command, options->data_dir);
  command->add_flag("--adopt", options->adopt, "First take in what store.db lacks");
  command->add_flag("--json", options->json, "Print one JSON object");
  command->callback([options] { check(*options); });
}

}  // namespace nunmul
