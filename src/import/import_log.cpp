// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/import_log.h"

namespace nunmul {

void ImportLog::begin_file(const std::filesystem::path& path) {
  ++report.files;
  file_ = files_.size();
  files_.emplace_back();
  report.found.push_back({path.string(), 0});
}

void ImportLog::problem(std::uint32_t line, const std::string& message) {
  report.problems.push_back({file_name(), line, message});
}

void ImportLog::warn(std::uint32_t line, const std::string& message) {
  report.warnings.push_back({file_name(), line, message});
}

void ImportLog::leave_out(std::uint32_t line, const Unpublished& why) {
  report.unpublished.push_back({file_name(), line, why.reason});
  if (why.due && (!report.due || *why.due < *report.due)) report.due = why.due;
}

bool ImportLog::is_left_out(const Json& fields, std::uint32_t line) {
  if (takes_drafts_) return false;
  const auto unpublished = find_unpublished(fields, now_);
  if (unpublished)
    leave_out(line, *unpublished);
  else
    warn_of_unread_date(fields, line);
  return unpublished.has_value();
}

bool ImportLog::is_left_out(const std::filesystem::path& path) {
  if (takes_drafts_ || !is_among_drafts(path)) return false;
  leave_out(0, {"it lies in a folder of drafts", {}});
  return true;
}

// Once for a file.
void ImportLog::warn_of_unread_date(const Json& fields, std::uint32_t line) {
  if (files_[file_].has_unread_date) return;
  const auto name = find_unread_date(fields);
  if (!name) return;
  files_[file_].has_unread_date = true;
  warn(line, "the date " + dump_json(fields[*name]) + " of \"" + *name +
                 "\" cannot be read; what has such a date counts as published");
}

void ImportLog::note_untitled(std::uint32_t line, const Json& fields) {
  File& here = files_[file_];
  if (here.untitled++ > 0 || here.has_name) return;
  here.untitled_line = line;
  for (const auto& [name, value] : fields.items()) {
    here.has_name = here.has_name || name == "name";
    here.untitled_fields += (here.untitled_fields.empty() ? "" : ", ") + name;
  }
}

void ImportLog::warn_of_untitled() {
  const File& here = files_[file_];
  if (here.untitled == 0 || here.has_name) return;
  const std::string others = here.untitled == 1 ? ""
                             : here.untitled == 2
                                 ? ", nor has 1 other of this file"
                                 : ", nor have " + std::to_string(here.untitled - 1) + " others of this file";
  warn(here.untitled_line,
       "the entry has no field \"title\"" + others + "; its fields are: " + here.untitled_fields);
  // What a failed export leaves is an object, too: {"error": …}, {"items": []}.
  std::size_t& entries = report.found[file_].entries;
  if (entries == 1 && here.untitled == 1) entries = 0;
}

void ImportLog::finish() {
  for (file_ = 0; file_ < files_.size(); ++file_) warn_of_untitled();
}

}  // namespace nunmul
