// SPDX-License-Identifier: GPL-2.0-or-later
// Files and folders to entries: finds out what each file is, has it read, merges what several articles
// list, and gives ids. What is wrong with one file never keeps the others from being imported.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.h"
#include "import/article_reader.h"
#include "import/entry.h"

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

struct ImportProblem {
  std::string file;        // as it was named or found
  std::uint32_t line = 0;  // from 1; 0 for the file as a whole
  std::string message;
};

// "articles/a.txt:12: message", "articles/a.txt: message".
std::string to_string(const ImportProblem& problem);

struct FileEntries {
  std::string file;         // as it was named or found
  std::size_t entries = 0;  // with those that others list too, without a lone one that has no title
};

struct ImportReport {
  std::vector<ImportProblem> problems;  // a caller that asks for all or nothing stops on any
  std::vector<ImportProblem> warnings;  // what was passed over, or read in a way that may not be meant
  std::vector<DoubtfulSplit> doubtful;
  std::vector<ImportProblem> unpublished;  // what was left out as not to be seen yet, and why
  std::optional<Time> due;                 // when the first of them is to be published
  std::set<std::string> windows;    // sources that list the newest entries only: others of theirs are to stay
  std::set<std::string> withdrawn;  // ids of posts that windows say are not to be seen
  std::map<std::string, std::size_t> passed_over;  // files of folders that hold no text, by extension
  std::size_t files = 0;                           // read, with or without problems
  std::vector<FileEntries> found;                  // in each of them, in the order in which they were read
  std::size_t count = 0;                           // entries passed on
  std::size_t merged = 0;                          // entries that others had already listed
};

struct ImportResult : ImportReport {
  std::vector<Entry> entries;
};

using EntrySink = std::function<void(Entry&&)>;

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
