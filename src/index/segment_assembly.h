// SPDX-License-Identifier: GPL-2.0-or-later
// Puts the parts of a segment together: what threads numbered by themselves gets the segment's numbers,
// and Xapian's databases become one.
#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "index/segment_part.h"

namespace nunmul {

// Writes every file of the segment but segment.json, and returns what that has to say of them. `parts` are
// by their order in the segment; `builders` have the numbers of each thread. Of the parts only their files
// are left as they were.
Json assemble_segment(const std::filesystem::path& folder, std::map<std::size_t, SegmentPart>& parts,
                      const std::vector<const DocumentBuilder*>& builders);

}  // namespace nunmul
