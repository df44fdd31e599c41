// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/segment_marks.h"

#include <vector>

#include "base/files.h"
#include "index/part_name.h"
#include "index/segment_files.h"

namespace nunmul {
namespace {

// Names of segments among the entries of a folder; a link is none.
std::vector<std::string> segments_named_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    std::string name = entry.path().filename().string();
    if (is_part_name(name, Part::Segment) && !entry.is_symlink(error)) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace

void SegmentMarks::mark(const std::string& segment) const { write_file(marks_ / segment, ""); }

void SegmentMarks::unmark(const std::string& segment) const {
  std::error_code ignored;  // a mark that stays is taken away by the next sweep
  std::filesystem::remove(marks_ / segment, ignored);
}

bool SegmentMarks::has_none() const { return segments_named_in(marks_).empty(); }

void SegmentMarks::mark_others(const std::set<std::string>& kept) const {
  std::error_code error;
  for (const std::string& segment : segments_named_in(segments_))
    if (!kept.contains(segment) && std::filesystem::exists(segments_ / segment / kSegmentFile, error))
      mark(segment);
}

void SegmentMarks::sweep(const std::set<std::string>& published, const std::set<std::string>& in_use) const {
  for (const std::string& segment : segments_named_in(marks_)) {
    if (published.contains(segment)) unmark(segment);
    if (published.contains(segment) || in_use.contains(segment)) continue;
    std::error_code error;
    std::filesystem::remove_all(segments_ / segment, error);
    if (!error) unmark(segment);
  }
}

}  // namespace nunmul
