// SPDX-License-Identifier: GPL-2.0-or-later
// Files and folders to entries: finds out what each file is, has it read, merges what several articles
// list, and gives ids. What is wrong with one file never keeps the others from being imported.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "import/entry.h"
#include "import/import_report.h"

namespace nunmul {

struct ImportOptions {
  std::string format = "auto";           // auto, or a name of input_format_names()
  std::string encoding;                  // of all files; "" tells it by the bytes of each
  std::string list;                      // of a JSON object that has several lists, the one to read
  bool drafts = false;                   // take in what is not published yet
  std::filesystem::path names_file;      // index/languages/names.json; may be empty or absent
  std::filesystem::path word_lists;      // index/languages/articles; without it no article can be read
  std::filesystem::path overrides_file;  // see overrides.h; may be empty, must be there if given
};

struct ImportResult : ImportReport {
  std::vector<Entry> entries;
};

// First the entries of articles, Markdown and CSV rows without an id are read and merged. Then documents are
// passed on as they are read: those of JSON and NDJSON, and rows with an id, with what the entries that they
// name again have besides. The other entries come at the end, and posts and pages with them. Folders are
// walked in the order of their names; hidden files are left out. "-" is standard input. Throws
// Error(InvalidInput) only for options that cannot be used.
ImportReport import_each(const std::vector<std::filesystem::path>& paths, const ImportOptions& options,
                         const EntrySink& sink);

// The same, gathered.
ImportResult import_files(const std::vector<std::filesystem::path>& paths, const ImportOptions& options);

}  // namespace nunmul
