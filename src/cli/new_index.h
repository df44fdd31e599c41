// SPDX-License-Identifier: GPL-2.0-or-later
// The index that a command writes to. It is made if there is none, and removed again if the run fails: an
// empty index must not answer later as if it held something.
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

  DataDir& data() { return data_; }
  const IndexRow& row() const { return row_; }

  // Removes an index that was made here, unless a task of a server waits for it. The data folder stays, since
  // others may just be opening it. Nothing of the index may be open any more but its writer's lock.
  void take_back();

 private:
  bool remove_row();

  DataDir data_;
  bool is_made_;  // here
  IndexRow row_;
};

}  // namespace nunmul
