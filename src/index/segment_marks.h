// SPDX-License-Identifier: GPL-2.0-or-later
// Which segments may be removed. An empty file FOLDER/removable/NAME marks one. The mark is made before the
// segment, removed when a generation that names the segment is published, and made again when the last such
// generation is gone. A segment without a mark stays, whoever put it there.
#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace nunmul {

// For the holder of the index's lock.
class SegmentMarks {
 public:
  explicit SegmentMarks(const std::filesystem::path& index_folder)
      : marks_(index_folder / "removable"), segments_(index_folder / "segments") {}

  // Throws Error(IoError) or Error(NoSpaceLeftOnDevice).
  void mark(const std::string& segment) const;
  void unmark(const std::string& segment) const;

  bool has_none() const;

  // Marks every whole segment, but for these.
  void mark_others(const std::set<std::string>& kept) const;

  // Removes the marked segments, but for those that are published, which lose their marks, and those in use.
  void sweep(const std::set<std::string>& published, const std::set<std::string>& in_use) const;

 private:
  std::filesystem::path marks_, segments_;
};

}  // namespace nunmul
