// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/command.h"

#include <unistd.h>

#include <algorithm>

#include <CLI/CLI.hpp>

#include "base/build_info.h"
#include "index/terms.h"
#include "text/language_resources.h"
#include "text/library_versions.h"

namespace nunmul {

namespace {

// "1" and "0.5".
std::string shown(double number) {
  std::string text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace

std::filesystem::path install_prefix() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path().parent_path();
}

CLI::Validator one_of(const std::vector<std::string>& names) {
  CLI::Validator validator(
      [names](const std::string& value) {
        if (std::find(names.begin(), names.end(), value) != names.end()) return std::string();
        std::string list;
        for (const std::string& name : names)
          list += (list.empty() ? "" : name == names.back() ? " or " : ", ") + name;
        return "takes " + list + ", not `" + value + "`.";
      },
      "");
  return validator.name(CLI::detail::join(names, ","));
}

CLI::Validator existing_file() {
  return CLI::Validator(
      [](const std::string& value) {
        std::error_code error;
        if (std::filesystem::is_directory(value, error))
          return "takes a file, and `" + value + "` is a folder.";
        return std::filesystem::exists(value, error) ? "" : "names `" + value + "`, which is not there.";
      },
      "");
}

CLI::Validator between(double least, double most) {
  return CLI::Validator(
      [least, most](const std::string& value) {
        double number = 0;
        const bool is_number = CLI::detail::lexical_cast(value, number);
        if (is_number && number >= least && number <= most) return std::string();
        return "takes a number from " + shown(least) + " to " + shown(most) + ", not `" + value + "`.";
      },
      "");
}

void add_matching(CLI::App& command, std::string& strategy) {
  command.add_option("--matching-strategy", strategy, "Words a hit must have: last, all, frequency, any")
      ->check(one_of({"last", "all", "frequency", "any"}))
      ->type_name("NAME");
}

void require_folder(const std::string& data_dir) {
  std::error_code ignored;
  if (!std::filesystem::exists(data_dir, ignored) || std::filesystem::is_directory(data_dir, ignored)) return;
  throw HintedError(ErrorCode::InvalidInput, data_dir + " is a file, no data folder.",
                    "--data-dir names a folder, such as data; one that is not there is made");
}

void add_data_dir(CLI::App& command, std::string& data_dir) {
  command.add_option("--data-dir", data_dir, "Folder of indexes and documents")
      ->type_name("DIR")
      ->capture_default_str();
}

void add_data_options(CLI::App& command, DataOptions& options) {
  add_data_dir(command, options.data_dir);
  command.add_option("--index", options.index, "Name of the index")->type_name("NAME")->capture_default_str();
}

void add_languages(CLI::App& command, std::string& folder) {
  folder = default_languages();
  command.add_option("--languages", folder, "Names, themes and word lists [index/languages]")
      ->type_name("DIR");
}

void add_dictionaries(CLI::App& command, std::string& folder) {
  folder = "/usr/share";
  command.add_option("--dictionaries", folder, "Where the system has its dictionaries")
      ->type_name("DIR")
      ->capture_default_str();
}

std::string default_languages() {
  std::error_code error;
  const std::filesystem::path installed = install_prefix() / "share/nunmul/languages";
  return std::filesystem::is_directory(installed, error) ? installed.string()
                                                         : NUNMUL_SOURCE_INDEX_DIR "/languages";
}

std::shared_ptr<const LanguageResources> load_languages(const std::string& folder,
                                                        const std::string& dictionaries) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error))
    throw HintedError(ErrorCode::InvalidInput, "There is no folder " + folder + " of language resources.",
                      "give one with --languages; the source tree has it as index/languages");
  ResourcePlaces places;
  places.folder = folder;
  if (!dictionaries.empty()) places.dictionaries = DictionaryPlaces::below(dictionaries);
  return LanguageResources::load(places);
}

std::string describe(const LanguageResources& resources) {
  std::string present, absent;
  for (const ResourceStatus& status : resources.status()) {
    std::string& list = status.present ? present : absent;
    list += (list.empty() ? "" : ", ") + status.name +
            (status.entries > 0 ? " " + std::to_string(status.entries) : "");
  }
  if (present.empty()) present = "none";
  return present + (absent.empty() ? "" : "; absent: " + absent);
}

std::string lock_holder(const std::string& command) {
  return "pid " + std::to_string(::getpid()) + " nunmul " + command;
}

std::string version_text() {
  std::string text = "nunmul ";
  text.append(program_version()).append("\ncommit ").append(program_commit());
  return text + "\n" + library_versions() + ", index schema " + std::to_string(kSchemaVersion);
}

}  // namespace nunmul
