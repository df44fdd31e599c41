// SPDX-License-Identifier: GPL-2.0-or-later
// The files below a folder. Links are followed; one that leads back to a folder above it is passed over, so
// that there is an end. Hidden files and folders (a dot before the name) are left out.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace nunmul {

struct FolderTree {
  struct Failure {
    std::filesystem::path folder;
    std::string message;
  };
  std::vector<std::filesystem::path> folders;  // the folder itself first
  std::vector<std::filesystem::path> files;    // regular ones, in the order of their names
  std::vector<Failure> failures;               // folders that cannot be read
};

// Nothing of a folder for which `leaves_out` is true is looked at.
FolderTree read_folder_tree(const std::filesystem::path& folder,
                            const std::function<bool(const std::filesystem::path&)>& leaves_out = nullptr);

// From the root, without dots and without a slash at the end. Links stay as they are.
std::filesystem::path whole_path(const std::filesystem::path& path);

}  // namespace nunmul
