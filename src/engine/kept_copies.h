// SPDX-License-Identifier: GPL-2.0-or-later
// The dumps and snapshots of a data folder: their names, and how many are kept. The store lists those that
// were made. Nothing else in their folders is removed, except files whose writing was cut off.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "base/time.h"

namespace nunmul {

class CatalogStore;

// "20260722-091503123", the name of a copy without its ending, and the uid of a dump.
std::string copy_name(Time time);

// Removes dumps and snapshots whose writing was cut off. A link instead of the folder is not followed.
void remove_cut_off_copies(const std::filesystem::path& folder);

class KeptCopies {
 public:
  // Keeps so many of each kind. The store outlives this.
  KeptCopies(CatalogStore& store, std::size_t most);

  // Calls `write`, which makes `copy`, and removes the oldest ones of its folder and ending. A removed one
  // takes the name "COPY.tmp" first, so that no part of it looks like a whole one.
  void add(const std::filesystem::path& copy, const std::function<void()>& write);

 private:
  void remove_oldest(const std::filesystem::path& folder, const std::filesystem::path& ending);
  void forget(const std::filesystem::path& copy);

  CatalogStore& store_;
  std::size_t most_;
};

}  // namespace nunmul
