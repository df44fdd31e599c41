// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/import_options.h"

#include "import/read/input_format.h"

namespace nunmul {

void add_import_options(CLI::App& command, ImportOptions& options, std::string& languages) {
  command.add_option("--format", options.format, "What the files are")
      ->check(CLI::IsMember(input_format_names()))
      ->capture_default_str();
  command.add_option("--encoding", options.encoding,
                     "Encoding of the files, such as CP949; told by their bytes if none is given");
  command.add_flag("--drafts", options.drafts, "Take in drafts, too, and what is to be published later");
  command
      .add_option("--overrides", options.overrides_file,
                  "JSON or CSV file in which an editor has settled doubtful headings")
      ->check(CLI::ExistingFile);
  add_languages(command, languages);
}

void use_languages(ImportOptions& options, const std::string& languages) {
  options.names_file = std::filesystem::path(languages) / "names.json";
  options.word_lists = std::filesystem::path(languages) / "articles";
}

}  // namespace nunmul
