// SPDX-License-Identifier: GPL-2.0-or-later
// The data folder and the index that a command writes to, made where there are none. What was made for a run
// that failed is taken back, so that an empty index does not answer later as if there were something.
#pragma once

#include <memory>
#include <string>

#include "cli/command.h"
#include "engine/data_dir.h"

namespace nunmul {

class NewIndex {
 public:
  // Throws Error for a place where there can be no data folder.
  NewIndex(const DataOptions& options, const std::string& primary_key);

  DataDir& data() { return *data_; }
  const IndexRow& row() const { return row_; }

  // Removes what was made, unless somebody else has begun to use it. Nothing of the index may be open any
  // more, and data() is gone afterwards.
  void take_back();

 private:
  bool remove_row();

  const std::filesystem::path folder_;
  bool made_folder_ = false;
  bool made_store_ = false;
  bool made_index_ = false;
  std::unique_ptr<DataDir> data_;
  IndexRow row_;
};

}  // namespace nunmul
