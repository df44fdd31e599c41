// SPDX-License-Identifier: GPL-2.0-or-later
// The program: its subcommands and its exit status. 0 done, 1 failed, 2 wrong use.
#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

#include "cli/check_command.h"
#include "cli/command.h"
#include "cli/config_file.h"
#include "cli/eval_command.h"
#include "cli/generations_command.h"
#include "cli/import_command.h"
#include "cli/index_command.h"
#include "cli/search_command.h"
#include "cli/serve_command.h"
#include "index/build_process.h"

namespace nunmul {
namespace {

constexpr std::array kCommands{
    add_serve_command, add_index_command, add_search_command,      add_import_command,
    add_eval_command,  add_check_command, add_generations_command, add_rollback_command,
};

constexpr int kFailed = 1;
constexpr int kWrongUse = 2;

// Each option has a variable of its name: --data-dir and NUNMUL_DATA_DIR.
void name_variables(CLI::App& command) {
  for (CLI::Option* option : command.get_options()) {
    if (option->get_lnames().empty() || option->get_lnames().front() == "help" ||
        !option->get_envname().empty())
      continue;
    std::string name = "NUNMUL_" + option->get_lnames().front();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return c == '-' ? '_' : static_cast<char>(std::toupper(c)); });
    option->envname(name);
  }
}

int fail(int status, const std::string& message, const std::string& hint = "") {
  std::cerr << "error: " << message << "\n";
  if (!hint.empty()) std::cerr << "hint: " << hint << "\n";
  return status;
}

std::string hint_for(const Error& error) {
  if (const auto* hinted = dynamic_cast<const HintedError*>(&error)) return hinted->hint();
  if (error.code() == ErrorCode::NoSpaceLeftOnDevice)
    return "free some space and run the command again; what was there before is unchanged";
  return "";
}

std::string called_command(const CLI::App& program) {
  for (const CLI::App* command : program.get_subcommands()) return "nunmul " + command->get_name();
  return "nunmul";
}

int run(int argc, char** argv) {
  CLI::App program("Full-text search for Korean, Japanese and English", "nunmul");
  program.set_version_flag("--version", "nunmul " + version(), "Print the version and end");
  program.require_subcommand(1);
  program.fallthrough();
  for (const auto add_command : kCommands) add_command(program);
  for (CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; }))
    name_variables(*command);
  add_config_file(program);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return program.exit(error);  // --help, --version
    return fail(kWrongUse, error.what(), "see " + called_command(program) + " --help");
  } catch (const WrongUse& error) {
    return fail(kWrongUse, error.what(), "see " + called_command(program) + " --help");
  } catch (const CommandFailed&) {
    return kFailed;
  } catch (const Error& error) {
    return fail(kFailed, error.what(), hint_for(error));
  } catch (const std::exception& error) {
    return fail(kFailed, error.what());
  }
  return 0;
}

}  // namespace
}  // namespace nunmul

int main(int argc, char** argv) {
  // How a server starts its builders; not for people.
  if (argc == 3 && argv[1] == std::string_view(nunmul::kBuildArgument))
    return nunmul::run_builder(std::atoi(argv[2]));
  return nunmul::run(argc, argv);
}
