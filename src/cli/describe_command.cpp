// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/commands.h"

#include <iostream>

#include <CLI/CLI.hpp>

#include "base/json.h"
#include "http/routes.h"
#include "index/settings.h"

namespace nunmul {
namespace {

// The values that it takes, where they are few.
Json choices_of(CLI::Option& option) {
  try {
    const std::string names = option.get_validator(0)->get_name();
    return names.empty() ? Json::array() : Json(CLI::detail::split(names, ','));
  } catch (const CLI::OptionNotFound&) {  // nothing checks it
    return Json::array();
  }
}

Json option_json(CLI::Option& option) {
  return Json{{"name", option.get_name()},
              {"positional", option.get_positional()},
              {"takes", option.get_type_size() == 0 ? "" : option.get_type_name()},
              {"default", option.get_default_str()},
              {"description", option.get_description()},
              {"choices", choices_of(option)},
              {"variable", option.get_envname()}};
}

Json command_json(CLI::App& command) {
  Json options = Json::array();
  for (CLI::Option* option : command.get_options())
    if (option->get_name() != "--help") options.push_back(option_json(*option));
  return Json{{"name", command.get_name()},
              {"description", command.get_description()},
              {"options", options},
              {"footer", command.get_footer()}};
}

Json commands_json(CLI::App& program) {
  Json commands = Json::array();
  for (CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; }))
    if (!command->get_group().empty()) commands.push_back(command_json(*command));
  return commands;
}

Json routes_json() {
  Json routes = Json::array();
  for (const Route& route : api_routes())
    if (!route.summary.empty())
      routes.push_back({{"method", route.method},
                        {"pattern", route.pattern},
                        {"action", route.action},
                        {"description", route.summary},
                        {"setting", route.setting}});
  return routes;
}

Json settings_json(const std::vector<SettingRow>& rows, const Json& defaults) {
  Json settings = Json::array();
  for (const SettingRow& row : rows)
    settings.push_back({{"name", row.name},
                        {"route", row.route},
                        {"verb", row.verb},
                        {"default", defaults.at(std::string(row.name))},
                        {"description", row.description},
                        {"needsReindex", row.needs_reindex}});
  return settings;
}

}  // namespace

void add_describe_command(CLI::App& program) {
  CLI::App* command = program.add_subcommand("describe", "Print commands, routes and settings as JSON");
  command->group("");  // for manuals, not for people
  command->callback([&program] {
    const Settings defaults;
    std::cout << dump_json(
                     Json{{"commands", commands_json(program)},
                          {"routes", routes_json()},
                          {"settings", settings_json(setting_rows(), to_json(defaults))},
                          {"ownSettings", settings_json(own_setting_rows(), own_settings_json(defaults))}})
              << std::endl;
  });
}

}  // namespace nunmul
