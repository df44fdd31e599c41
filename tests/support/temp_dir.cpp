// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/temp_dir.h"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace nunmul {

TempDir::TempDir() {
  std::string name = (std::filesystem::temp_directory_path() / "nunmul-test-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::runtime_error("cannot make " + name);
  path_ = name;
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace nunmul
