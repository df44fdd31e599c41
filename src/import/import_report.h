// SPDX-License-Identifier: GPL-2.0-or-later
// What a run of the import has to say besides its entries.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.h"
#include "import/article_reader.h"

namespace nunmul {

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

}  // namespace nunmul
