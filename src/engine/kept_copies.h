// SPDX-License-Identifier: GPL-2.0-or-later
// Which dumps and snapshots this data folder has made, so that there are no more of them than the owner
// wants. The store names them: what else lies in their folders is not ours to remove.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>

namespace nunmul {

class CatalogStore;

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
