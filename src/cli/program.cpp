// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/program.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/config_file.h"
#include "cli/help.h"

namespace nunmul {
namespace {

constexpr std::array kCommands{
    add_serve_command,    add_index_command,   add_search_command,      add_import_command,
    add_eval_command,     add_check_command,   add_generations_command, add_rollback_command,
    add_backup_command,   add_restore_command, add_queries_command,     add_concepts_command,
    add_describe_command,
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

// How many letters have to be added, removed or replaced to make one word the other.
std::size_t edits_between(std::string_view one, std::string_view two) {
  std::vector<std::size_t> row(two.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j < row.size(); ++j) {
      const std::size_t replaced = diagonal + (one[i - 1] == two[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
    }
  }
  return row.back();
}

// Where no command was named: what stands in its place, if anything does.
std::string_view unknown_command(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--config")
      ++i;
    else if (!argument.starts_with('-'))
      return argument;
  }
  return "";
}

int refuse_use(const CLI::App& program, const std::string& message, int argc, char** argv) {
  const std::string hint = "see " + called_command(program) + " --help";
  const std::string_view unknown = program.get_subcommands().empty() ? unknown_command(argc, argv) : "";
  if (unknown.empty()) return fail(kWrongUse, message, hint);
  std::string likely;
  for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; }))
    if (edits_between(unknown, command->get_name()) <= 2) likely = command->get_name();
  return fail(kWrongUse, "There is no command `" + std::string(unknown) + "`.",
              (likely.empty() ? "" : "did you mean `nunmul " + likely + "`? ") + hint);
}

}  // namespace

int run_program(int argc, char** argv) {
  CLI::App program("Full-text search for Korean, Japanese and English", "nunmul");
  program.set_version_flag("--version", version_text(), "Print the version and end");
  program.footer(
      "Each command has --help. An option is also read from the environment (--data-dir\n"
      "from NUNMUL_DATA_DIR) or from the --config file.\n"
      "Example: nunmul index articles/ && nunmul search \"breakup rain ballad\"");
  program.require_subcommand(1);
  program.fallthrough();
  for (const auto add_command : kCommands) add_command(program);
  for (CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; }))
    name_variables(*command);
  add_config_file(program);
  use_own_help(program);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return program.exit(error);  // --help, --version
    return refuse_use(program, message_of(error, program), argc, argv);
  } catch (const WrongUse& error) {
    return fail(kWrongUse, error.what(), "see " + called_command(program) + " --help");
  } catch (const CommandFailed&) {
    return kFailed;
  } catch (const Error& error) {
    return fail(kFailed, error.what(), hint_for(error));
  } catch (const std::bad_alloc&) {
    return fail(kFailed, "There was not enough memory.", "what was there before is unchanged");
  } catch (const std::filesystem::filesystem_error& error) {
    return fail(kFailed, "Cannot use " + error.path1().string() + ": " + error.code().message() + ".");
  } catch (const std::system_error& error) {
    if (error.code() != std::errc::resource_unavailable_try_again) return fail(kFailed, error.what());
    return fail(kFailed, "There was not enough memory.",
                "what was there before is unchanged");  // for a thread
  } catch (const std::exception& error) {
    return fail(kFailed, error.what());
  }
  return 0;
}

}  // namespace nunmul
