// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/help.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

namespace nunmul {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kNameColumns = 30;  // of an option with its value

// The text in lines, `lead` before the first; the others begin at `indent`.
std::string wrapped(std::string lead, std::string_view text, std::size_t indent) {
  lead.resize(std::max(indent, lead.size() + 2), ' ');
  std::string lines, line = std::move(lead);
  bool has_words = false;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (has_words && line.size() + 1 + word.size() > kColumns) {
      lines += line + "\n";
      line = std::string(indent, ' ');
      has_words = false;
    }
    line.append(has_words ? " " : "").append(word);
    has_words = true;
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return lines + line + "\n";
}

std::string row_of(const CLI::Option& option) {
  std::string name = option.get_positional() ? option.get_name(true) : "--" + option.get_lnames().front();
  std::string text = option.get_description();
  if (option.get_positional())
    name = option.get_type_name();
  else if (option.get_type_size() != 0)
    name += " " + option.get_type_name();
  if (!option.get_default_str().empty()) text += " [" + option.get_default_str() + "]";
  return wrapped("  " + name, text, kNameColumns);
}

class OwnHelp : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const override {
    const bool is_command = app->get_parent() != nullptr;
    const std::string name = (is_command ? "nunmul " : "") + app->get_name();
    std::string text = app->get_description() + "\n\nUsage: " + name;
    text += is_command ? " [OPTIONS]" : " COMMAND [OPTIONS]";
    for (const CLI::Option* option : positionals_of(*app))
      text += option->get_required() ? " " + option->get_type_name() : " [" + option->get_type_name() + "]";
    text += "\n\n";
    for (const CLI::App* command : app->get_subcommands({}))
      if (!command->get_group().empty())  // else it is not for people
        text += wrapped("  " + command->get_name(), command->get_description(), 15);
    if (!is_command) text += "\n";
    for (const CLI::Option* option : positionals_of(*app)) text += row_of(*option);
    for (const CLI::Option* option : app->get_options())
      if (option->nonpositional()) text += row_of(*option);
    return text + "\n" + app->get_footer() + "\n";
  }

 private:
  static std::vector<const CLI::Option*> positionals_of(const CLI::App& app) {
    return app.get_options([](const CLI::Option* option) { return option->get_positional(); });
  }
};

// The texts before and behind the first `border`.
std::pair<std::string, std::string> parts_at(const std::string& text, const std::string& border) {
  const std::size_t at = text.find(border);
  return at == std::string::npos ? std::pair(text, std::string())
                                 : std::pair(text.substr(0, at), text.substr(at + border.size()));
}

const CLI::Option* find_option(const CLI::App& program, const std::string& name) {
  for (const CLI::App* command : program.get_subcommands())
    if (const CLI::Option* option = command->get_option_no_throw(name)) return option;
  return program.get_option_no_throw(name);
}

std::string name_of(const CLI::App& program, const std::string& name) {
  const CLI::Option* option = find_option(program, name);
  return option && option->get_positional() ? option->get_type_name() : name;
}

std::string kind_of(const CLI::App& program, const std::string& name) {
  const CLI::Option* option = find_option(program, name);
  return option && option->get_type_name() == "N" ? "a whole number" : "another value";
}

}  // namespace

void use_own_help(CLI::App& program) {
  const auto formatter = std::make_shared<OwnHelp>();
  program.formatter(formatter);
  program.set_help_flag("--help", "Print this help");
  for (CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; })) {
    command->formatter(formatter);
    command->set_help_flag("--help", "Print this help");
  }
}

std::string message_of(const CLI::ParseError& error, const CLI::App& program) {
  const std::string text = error.what();
  switch (static_cast<CLI::ExitCodes>(error.get_exit_code())) {
    case CLI::ExitCodes::RequiredError:
      if (program.get_subcommands().empty()) return "Name a command.";
      return name_of(program, parts_at(text, " is required").first) + " is missing.";
    case CLI::ExitCodes::ConversionError: {
      const auto [name, value] = parts_at(parts_at(text, "Could not convert: ").second, " = ");
      return value.empty() ? text : name + " takes " + kind_of(program, name) + ", not `" + value + "`.";
    }
    case CLI::ExitCodes::ArgumentMismatch:
      return name_of(program, parts_at(text, ":").first) + " needs a value.";
    case CLI::ExitCodes::ExtrasError:
      return "`" + parts_at(text, "expected: ").second + "` is not expected here.";
    case CLI::ExitCodes::ExcludesError: {
      const auto [one, other] = parts_at(text, " excludes ");
      return one + " and " + other + " exclude each other.";
    }
    case CLI::ExitCodes::ValidationError: {
      const auto [name, says] = parts_at(text, ": ");
      return name_of(program, name) + " " + says;
    }
    case CLI::ExitCodes::FileError:
      return "--config names `" + parts_at(text, " was not readable").first + "`, which cannot be read.";
    default:
      return text;
  }
}

}  // namespace nunmul
