// SPDX-License-Identifier: GPL-2.0-or-later
// A folder of its own for one test, removed with everything in it when the test ends.
#pragma once

#include <filesystem>

namespace nunmul {

class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::filesystem::path& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace nunmul
