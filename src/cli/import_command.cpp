// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/commands.h"

#include <unistd.h>

#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/file_replacement.h"
#include "cli/command.h"
#include "cli/import_options.h"
#include "cli/import_report.h"
#include "import/import.h"

namespace nunmul {
namespace {

struct CommandOptions {
  std::vector<std::string> inputs;
  std::string output = "-";
  ImportOptions how;
  std::string languages;
  bool report = false;
  bool keep_going = false;
};

void import(const CommandOptions& options) {
  ImportOptions how = options.how;
  use_languages(how, options.languages);
  const std::unique_ptr<FileReplacement> output =
      options.output == "-" ? std::make_unique<FileReplacement>(STDOUT_FILENO)
                            : std::make_unique<FileReplacement>(options.output, 0666);
  std::exception_ptr failure;  // of the output; what a sink throws counts as a problem of the input
  const ImportReport report =
      import_each({options.inputs.begin(), options.inputs.end()}, how, [&](Entry&& entry) {
        try {
          if (!failure) output->write(to_json_text(entry) + "\n");
        } catch (...) {
          failure = std::current_exception();
        }
      });
  if (failure) std::rethrow_exception(failure);
  const bool all_well = report.problems.empty();
  if (all_well || options.keep_going) output->publish();
  print_problems(report);
  if (options.report) print_doubtful(report);
  if (options.report) print_unpublished(report);
  std::cerr << summary(report) << "\n";
  if (all_well) return;
  if (!options.keep_going) std::cerr << "hint: nothing was written; --keep-going writes what could be read\n";
  throw CommandFailed{};
}

}  // namespace

void add_import_command(CLI::App& program) {
  auto options = std::make_shared<CommandOptions>();
  CLI::App* command =
      program.add_subcommand("import", "Turn articles and tables into entries, a JSON object a line");
  command->footer("Example: nunmul import --report --output entries.ndjson articles/");
  command->add_option("inputs", options->inputs, "What to read; - is stdin")
      ->required()
      ->type_name("FILE|DIR...");
  command->add_option("--output", options->output, "File to replace when all went well; - is stdout")
      ->type_name("FILE")
      ->capture_default_str();
  command->add_flag("--report", options->report, "List headings to check, and what was left out");
  command->add_flag("--keep-going", options->keep_going,
                    "Write what can be read, even if something is wrong");
  add_import_options(*command, options->how, options->languages);
  command->callback([options] { import(*options); });
}

}  // namespace nunmul
