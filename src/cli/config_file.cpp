// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/config_file.h"

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace nunmul {
namespace {

// Hands on what is for the command that was called, in a form that CLI11 takes.
class SharedConfig : public CLI::ConfigTOML {
 public:
  explicit SharedConfig(const CLI::App& program) : program_(program) {}

  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
    std::vector<CLI::ConfigItem> chosen;
    for (CLI::ConfigItem& item : CLI::ConfigTOML::from_config(input)) {
      if (item.name == "++" || item.name == "--") continue;
      require_known(item);
      for (const CLI::App* command : program_.get_subcommands())
        if (item.parents.empty() || item.parents.front() == command->get_name())
          add_for(*command, item, chosen);
    }
    return chosen;
  }

 private:
  void require_known(const CLI::ConfigItem& item) const {
    for (const CLI::App* command : program_.get_subcommands([](const CLI::App*) { return true; }))
      if ((item.parents.empty() || item.parents.front() == command->get_name()) &&
          command->get_option_no_throw("--" + item.name))
        return;
    throw CLI::ConfigError::Extras(item.fullname());
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

}  // namespace

void add_config_file(CLI::App& program) {
  program.set_config("--config", "", "File with options, TOML or INI")->envname("NUNMUL_CONFIG");
  program.config_formatter(std::make_shared<SharedConfig>(program));
}

}  // namespace nunmul
