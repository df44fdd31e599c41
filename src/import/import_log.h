// SPDX-License-Identifier: GPL-2.0-or-later
// Writes the report of a run: what each file holds, what is wrong with it, what of it is not to be seen yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "import/import_report.h"
#include "import/words/publication.h"

namespace nunmul {

class ImportLog {
 public:
  explicit ImportLog(bool takes_drafts) : takes_drafts_(takes_drafts) {}

  ImportReport report;  // so far

  // The file that the following is about: a new one, or one begun before, numbered from 0.
  void begin_file(const std::filesystem::path& path);
  void return_to(std::size_t file) { file_ = file; }
  std::size_t file() const { return file_; }
  const std::string& file_name() const { return report.found[file_].file; }

  void problem(std::uint32_t line, const std::string& message);
  void warn(std::uint32_t line, const std::string& message);
  void add_found(std::size_t entries) { report.found[file_].entries += entries; }

  // Whether what has these fields was left out as not to be seen yet.
  bool is_left_out(const Json& fields, std::uint32_t line);
  // Whether the file was, since it lies in a folder of drafts.
  bool is_left_out(const std::filesystem::path& path);

  // Notes an entry of named fields that has none to show as its title.
  void note_untitled(std::uint32_t line, const Json& fields);  // only the first one's fields are looked at
  bool has_untitled() const { return files_[file_].untitled > 0; }

  // Warns of those, once for each file. An entry alone in its file that has no title does not count as found.
  void finish();

 private:
  struct File {
    bool has_unread_date = false;  // which was said
    std::size_t untitled = 0;
    std::uint32_t untitled_line = 0;  // of the first
    std::string untitled_fields;      // of the first
    bool has_name = false;            // the title stands in "name"
  };

  void leave_out(std::uint32_t line, const Unpublished& why);
  void warn_of_unread_date(const Json& fields, std::uint32_t line);
  void warn_of_untitled();

  bool takes_drafts_;
  Time now_ = now();
  std::vector<File> files_;  // as in report.found
  std::size_t file_ = 0;
};

}  // namespace nunmul
