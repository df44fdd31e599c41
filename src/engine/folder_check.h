// SPDX-License-Identifier: GPL-2.0-or-later
// A whole data folder verified without changing it: its store, its documents, its indexes.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace nunmul {

struct Finding {
  std::string where;    // a file, or "index songs"
  std::string problem;  // a sentence, with what to do
};

struct FolderFindings {
  std::vector<Finding> damage;
  std::size_t indexes = 0;  // that were looked at
};

// Opens everything to read only, so that it works on a copy that cannot be written. Throws
// Error(InvalidInput) for what is no data folder, and for one without any data.
FolderFindings check_folder(const std::filesystem::path& data_dir);

}  // namespace nunmul
