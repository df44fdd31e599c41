// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/commands.h"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/import_report.h"
#include "cli/opened_index.h"
#include "engine/adoption.h"
#include "engine/folder_check.h"

namespace nunmul {
namespace {

struct CheckOptions {
  std::string data_dir;
  bool json = false;
  bool adopt = false;
};

void print(const CheckOptions& options, const FolderFindings& findings,
           const std::vector<std::string>& adopted) {
  if (options.json) {
    Json json{{"ok", findings.damage.empty()}, {"indexes", findings.indexes}, {"problems", Json::array()}};
    for (const Finding& finding : findings.damage)
      json["problems"].push_back({{"where", finding.where}, {"problem", finding.problem}});
    if (options.adopt) json["adopted"] = adopted;
    std::cout << dump_json(json) << std::endl;
    return;
  }
  for (const std::string& line : adopted) std::cout << line << "\n";
  for (const Finding& finding : findings.damage)
    std::cout << finding.where << ": " << finding.problem << "\n";
  std::cout << (findings.damage.empty() ? "all is well: " : "damaged: ")
            << counted(findings.indexes, "index", "indexes") << " in " << options.data_dir << std::endl;
}

void check(const CheckOptions& options) {
  std::vector<std::string> adopted;
  FolderFindings findings;
  read_data_folder(options.data_dir, [&] {
    if (options.adopt) adopted = adopt_indexes(options.data_dir);
    findings = check_folder(options.data_dir);
  });
  print(options, findings, adopted);
  if (!findings.damage.empty()) throw CommandFailed{};
}

}  // namespace

void add_check_command(CLI::App& program) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command =
      program.add_subcommand("check", "Verify a data folder without changing it, and say what to do");
  command->footer("Example: nunmul check --data-dir data");
  options->data_dir = DataOptions{}.data_dir;
  add_data_dir(*command, options->data_dir);
  command->add_flag("--adopt", options->adopt, "First recover what store.db lacks");
  command->add_flag("--json", options->json, "Print one JSON object");
  command->callback([options] { check(*options); });
}

}  // namespace nunmul
