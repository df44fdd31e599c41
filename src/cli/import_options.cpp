// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/import_options.h"

#include <CLI/CLI.hpp>

#include "import/read/input_format.h"

namespace nunmul {

void add_import_options(CLI::App& command, ImportOptions& options, std::string& languages) {
  std::string formats;
  for (const std::string& name : input_format_names()) formats += (formats.empty() ? "" : ", ") + name;
  command.add_option("--format", options.format, formats)
      ->check(one_of(input_format_names()))
      ->type_name("NAME")
      ->capture_default_str();
  command.add_option("--encoding", options.encoding, "Encoding of the files, such as CP949 [guessed]")
      ->type_name("NAME");
  command.add_option("--list", options.list, "List to read of a JSON object that has several")
      ->type_name("NAME");
  command.add_flag("--drafts", options.drafts, "Include drafts and posts not published yet");
  command.add_option("--overrides", options.overrides_file, "File that corrects titles and artists")
      ->check(existing_file())
      ->type_name("FILE");
  add_languages(command, languages);
}

void use_languages(ImportOptions& options, const std::string& languages) {
  options.names_file = std::filesystem::path(languages) / "names.json";
  options.word_lists = std::filesystem::path(languages) / "articles";
}

}  // namespace nunmul
