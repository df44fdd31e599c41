// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/config_file.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/private_files.h"

namespace nunmul {
namespace {

// Hands on what is for the command that was called, in a form that CLI11 takes.
class SharedConfig : public CLI::ConfigTOML {
 public:
  explicit SharedConfig(const CLI::App& program) : program_(program) {}

  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
    const std::string text{std::istreambuf_iterator<char>(input), {}};
    std::istringstream again(without_comments_of_sections(text));
    std::vector<CLI::ConfigItem> chosen;
    for (CLI::ConfigItem& item : CLI::ConfigTOML::from_config(again)) {
      if (item.name == "++" || item.name == "--") continue;
      require_known(item, text);
      if (item.name == "master-key") warn_of_open_key(file_name());
      for (const CLI::App* command : program_.get_subcommands())
        if (item.parents.empty() || item.parents.front() == command->get_name())
          add_for(*command, item, chosen);
    }
    return chosen;
  }

 private:
  std::string file_name() const { return program_.get_config_ptr()->as<std::string>(); }

  void require_known(const CLI::ConfigItem& item, const std::string& text) const {
    for (const CLI::App* command : program_.get_subcommands([](const CLI::App*) { return true; }))
      if ((item.parents.empty() || item.parents.front() == command->get_name()) &&
          command->get_option_no_throw("--" + item.name))
        return;
    const std::string where =
        item.parents.empty() ? "no command has" : "nunmul " + item.parents.front() + " does not have";
    throw CLI::ConfigError(file_name() + place_of(item, text) + ": " + where + " an option `" + item.name +
                           "`");
  }

  // ":3", the line that sets it.
  static std::string place_of(const CLI::ConfigItem& item, const std::string& text) {
    std::istringstream lines(text);
    std::string section;
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      line.erase(0, line.find_first_not_of(" \t"));
      if (line.starts_with('[')) section = line.substr(1, line.find(']') - 1);
      const bool in_section = item.parents.empty() ? section.empty() : section == item.parents.front();
      if (!in_section || !line.starts_with(item.name)) continue;
      const std::size_t after = line.find_first_not_of(" \t", item.name.size());
      if (after == std::string::npos || line[after] == '=' || line[after] == ':')
        return ":" + std::to_string(number);
    }
    return "";
  }

  // CLI11 takes a comment behind "[serve]" for a part of the name.
  static std::string without_comments_of_sections(const std::string& text) {
    std::istringstream lines(text);
    std::string out;
    for (std::string line; std::getline(lines, line); out += line + '\n') {
      const std::size_t begin = line.find_first_not_of(" \t"), end = line.find(']');
      if (begin != std::string::npos && line[begin] == '[' && end != std::string::npos) line.resize(end + 1);
    }
    return out;
  }

  static void add_for(const CLI::App& command, const CLI::ConfigItem& item,
                      std::vector<CLI::ConfigItem>& chosen) {
    const CLI::Option* option = command.get_option_no_throw("--" + item.name);
    if (!option) return;
    const std::string variable = option->get_envname();
    if (const char* value = variable.empty() ? nullptr : std::getenv(variable.c_str()); value && *value)
      return;
    chosen.push_back(item);
    chosen.back().parents = {command.get_name()};
  }

  const CLI::App& program_;
};

// The package lets only the user of the service read it: other people's commands go by their own options.
std::string installed_config() {
  const std::filesystem::path prefix = install_prefix();
  const std::filesystem::path folder = prefix == "/usr" ? "/etc" : prefix / "etc";
  const std::string file = (folder / "nunmul/nunmul.toml").string();
  return ::access(file.c_str(), R_OK) == 0 ? file : "";
}

}  // namespace

void add_config_file(CLI::App& program) {
  // CLI11 does not ask the environment for this option.
  const char* variable = std::getenv("NUNMUL_CONFIG");
  const std::string named = variable && *variable ? variable : installed_config();
  program.set_config("--config", named, "File with options, TOML or INI", !named.empty())
      ->type_name("FILE")
      ->envname("NUNMUL_CONFIG");
  program.config_formatter(std::make_shared<SharedConfig>(program));
}

}  // namespace nunmul
