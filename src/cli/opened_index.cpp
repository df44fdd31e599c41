// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/opened_index.h"

#include <algorithm>
#include <vector>

#include "index/generation_history.h"

namespace nunmul {

std::unique_ptr<DataDir> open_data_dir(const std::string& path) {
  require_folder(path);
  try {
    return std::make_unique<DataDir>(path, DataDir::Missing::Fail);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::InvalidInput) throw;
    throw HintedError(error.code(), error.what(),
                      "`nunmul index` makes it, or give the folder with --data-dir");
  }
}

std::shared_ptr<const Generation> OpenedIndex::generation() const {
  const auto damage = index->needs_rebuild();
  if (!damage) return index->generation();
  const std::vector<GenerationInfo> history = generation_history(*index);
  const bool serves_one =
      std::any_of(history.begin(), history.end(), [](const GenerationInfo& info) { return info.current; });
  if (!serves_one && !history.empty())
    throw HintedError(ErrorCode::IoError, "Index `" + row.uid + "` is damaged: " + *damage,
                      "`nunmul index --rebuild` with the files of the index builds it anew, and so does a "
                      "start of `nunmul serve`");
  return index->generation();
}

void require_generation(const Index& index, const std::string& name) {
  for (const GenerationInfo& info : generation_history(index))
    if (info.name == name) return;
  throw HintedError(ErrorCode::InvalidInput, "There is no generation " + name + ".",
                    "`nunmul generations` lists them");
}

OpenedIndex open_index(const DataOptions& options, const std::string& languages, const std::string& dictionaries) {
  OpenedIndex opened;
  opened.data = open_data_dir(options.data_dir);
  try {
    opened.row = opened.data->at(options.index);
  } catch (const Error& error) {
    throw HintedError(error.code(), error.what(),
                      "`nunmul index --index " + options.index + " FILE` makes it");
  }
  opened.index = std::make_unique<Index>(opened.data->folder(opened.row), load_languages(languages, dictionaries));
  return opened;
}

}  // namespace nunmul
