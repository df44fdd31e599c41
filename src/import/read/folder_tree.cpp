// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/folder_tree.h"

#include <algorithm>

namespace nunmul {
namespace {

namespace fs = std::filesystem;

class Walk {
 public:
  explicit Walk(const std::function<bool(const fs::path&)>& leaves_out) : leaves_out_(leaves_out) {}

  void enter(const fs::path& folder) {
    if (leaves_out_ && leaves_out_(folder)) return;
    std::error_code error;
    const fs::path place = fs::canonical(folder, error);
    if (!error && std::find(above_.begin(), above_.end(), place) != above_.end()) return;
    std::vector<fs::path> names;
    if (!error) names = names_in(folder, error);
    if (error) return tree.failures.push_back({folder, error.message()});
    tree.folders.push_back(folder);
    above_.push_back(place);
    for (const fs::path& path : names) {
      if (fs::is_directory(path, error))
        enter(path);
      else if (fs::is_regular_file(path, error))
        tree.files.push_back(path);
    }
    above_.pop_back();
  }

  FolderTree tree;

 private:
  static std::vector<fs::path> names_in(const fs::path& folder, std::error_code& error) {
    std::vector<fs::path> names;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
      if (!it->path().filename().string().starts_with('.')) names.push_back(it->path());
    std::sort(names.begin(), names.end());
    return names;
  }

  const std::function<bool(const fs::path&)>& leaves_out_;
  std::vector<fs::path> above_;  // canonical
};

}  // namespace

FolderTree read_folder_tree(const fs::path& folder, const std::function<bool(const fs::path&)>& leaves_out) {
  Walk walk(leaves_out);
  walk.enter(folder);
  return std::move(walk.tree);
}

std::filesystem::path whole_path(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::absolute(path, error).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

}  // namespace nunmul
