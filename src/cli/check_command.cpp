// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/check_command.h"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/import_report.h"
#include "cli/opened_index.h"
#include "index/sqlite.h"

namespace nunmul {
namespace {

struct Options {
  std::string data_dir;
  bool json = false;
};

struct Finding {
  std::string where;
  std::string problem;
};

// SQLite's own check of a file: its pages, and that each index agrees with its table. What it does not see
// are bytes inside of free pages, which SQLite writes before it ever reads them, so that they do no harm, and
// other letters in the text of a row: documents have checksums against that (check_index).
void check_database(const std::filesystem::path& file, std::vector<Finding>& findings) {
  try {
    Sqlite db(file);
    SqliteStatement statement = db.prepare("PRAGMA integrity_check(5)");
    while (statement.step())
      if (statement.text(0) != "ok")
        findings.push_back({file.string(), std::string(statement.text(0)) +
                                               ". Restore the file from a snapshot or a dump."});
  } catch (const Error& error) {
    findings.push_back(
        {file.string(), std::string(error.what()) + " Restore the file from a snapshot or a dump."});
  }
}

void check_indexes(const std::string& data_dir, std::vector<Finding>& findings, std::size_t& indexes) {
  const auto data = open_data_dir(data_dir);
  for (const IndexRow& row : data->indexes()) {
    ++indexes;
    const std::filesystem::path folder = data->folder(row);
    std::error_code error;
    if (!std::filesystem::exists(folder / "documents.db", error)) continue;  // nothing was put into it yet
    check_database(folder / "documents.db", findings);
    for (const std::string& problem : check_index(folder)) findings.push_back({"index " + row.uid, problem});
  }
}

void check(const Options& options) {
  std::vector<Finding> findings;
  std::size_t indexes = 0;
  open_data_dir(options.data_dir);
  check_database(std::filesystem::path(options.data_dir) / "store.db", findings);
  if (findings.empty()) check_indexes(options.data_dir, findings, indexes);
  if (options.json) {
    Json json{{"ok", findings.empty()}, {"indexes", indexes}, {"problems", Json::array()}};
    for (const Finding& finding : findings)
      json["problems"].push_back({{"where", finding.where}, {"problem", finding.problem}});
    std::cout << dump_json(json) << std::endl;
  } else {
    for (const Finding& finding : findings) std::cout << finding.where << ": " << finding.problem << "\n";
    std::cout << (findings.empty() ? "all is well: " : "damaged: ") << counted(indexes, "index", "indexes")
              << " in " << options.data_dir << std::endl;
  }
  if (!findings.empty()) throw CommandFailed{};
}

}  // namespace

void add_check_command(CLI::App& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      program.add_subcommand("check", "Verify a data folder without changing it, and say what to do");
  options->data_dir = DataOptions{}.data_dir;
  add_data_dir(*command, options->data_dir);
  command->add_flag("--json", options->json, "Print one JSON object");
  command->callback([options] { check(*options); });
}

}  // namespace nunmul
