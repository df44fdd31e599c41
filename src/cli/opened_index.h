// SPDX-License-Identifier: GPL-2.0-or-later
// An index of a data folder, opened by a command that reads it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "cli/command.h"
#include "engine/data_dir.h"
#include "index/index.h"

namespace nunmul {

struct OpenedIndex {
  std::unique_ptr<DataDir> data;
  IndexRow row;
  std::unique_ptr<Index> index;

  // The published state. Throws HintedError if it lacks something that the documents or settings have: that
  // must not look like an index in which nothing is found.
  std::shared_ptr<const Generation> generation() const;
};

// Throws HintedError if the index has no generation of that name.
void require_generation(const Index& index, const std::string& name);

// Throws HintedError if there is no data or no such index.
OpenedIndex open_index(const DataOptions& options, const std::string& languages,
                       const std::string& dictionaries = "");

// Calls `read`, which opens what the data folder holds. Where that is nothing, the error says what to do.
void read_data_folder(const std::string& path, const std::function<void()>& read);

// The data folder alone.
std::unique_ptr<DataDir> open_data_dir(const std::string& path);

}  // namespace nunmul
