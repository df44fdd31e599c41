// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/opened_index.h"

namespace nunmul {

std::unique_ptr<DataDir> open_data_dir(const std::string& path) {
  try {
    return std::make_unique<DataDir>(path, DataDir::Missing::Fail);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::InvalidInput) throw;
    throw HintedError(error.code(), error.what(),
                      "`nunmul index` makes it, or give the folder with --data-dir");
  }
}

OpenedIndex open_index(const DataOptions& options, const std::string& languages) {
  OpenedIndex opened;
  opened.data = open_data_dir(options.data_dir);
  try {
    opened.row = opened.data->at(options.index);
  } catch (const Error& error) {
    throw HintedError(error.code(), error.what(),
                      "`nunmul index --index " + options.index + " FILE` makes it");
  }
  opened.index = std::make_unique<Index>(opened.data->folder(opened.row), load_languages(languages));
  return opened;
}

}  // namespace nunmul
