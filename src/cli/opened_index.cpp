// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/opened_index.h"

#include <chrono>
#include <thread>

#include "base/files.h"
#include "engine/data_folder.h"
#include "engine/store_fit.h"
#include "index/generation_history.h"

namespace nunmul {
namespace {

constexpr std::chrono::seconds kLongestPublishing{2};
constexpr std::chrono::milliseconds kPublishingInterval{20};

}  // namespace

void read_data_folder(const std::string& path, const std::function<void()>& read) {
  require_folder(path);
  require_data_folder(path);
  try {
    read();
  } catch (const Error& error) {
    std::error_code ignored;
    const bool has_store = std::filesystem::exists(std::filesystem::path(path) / "store.db", ignored);
    if (error.code() != ErrorCode::InvalidInput || has_store || !find_indexes(path).empty()) throw;
    throw HintedError(error.code(), error.what(),
                      "`nunmul index` makes it, or give the folder with --data-dir");
  }
}

std::unique_ptr<DataDir> open_data_dir(const std::string& path) {
  std::unique_ptr<DataDir> data;
  read_data_folder(path, [&] { data = std::make_unique<DataDir>(path, StoreUse::Read); });
  return data;
}

std::shared_ptr<const Generation> OpenedIndex::generation() const {
  const auto end = std::chrono::steady_clock::now() + kLongestPublishing;
  for (;;) {
    // Another process may be between storing documents and publishing them. Asked first: it may end
    // meanwhile.
    const bool is_being_written = FileLock::is_held(index->folder() / "lock");
    index->refresh(data->find_index(row.uid).value_or(row).settings);
    const auto problem = index->problem();
    if (!problem) return index->generation();
    if (!is_being_written || std::chrono::steady_clock::now() > end)
      throw HintedError(
          ErrorCode::IoError, "Index `" + row.uid + "` cannot be searched: " + *problem,
          "it is built anew from its documents at the next start of `nunmul serve`, or by a run of "
          "`nunmul index`");
    std::this_thread::sleep_for(kPublishingInterval);
  }
}

void require_generation(const Index& index, const std::string& name) {
  for (const GenerationInfo& info : generation_history(index))
    if (info.name == name) return;
  throw HintedError(ErrorCode::InvalidInput, "There is no generation " + name + ".",
                    "`nunmul generations` lists them");
}

OpenedIndex open_index(const DataOptions& options, const std::string& languages,
                       const std::string& dictionaries) {
  OpenedIndex opened;
  opened.data = open_data_dir(options.data_dir);
  try {
    opened.row = opened.data->at(options.index);
  } catch (const Error& error) {
    throw HintedError(error.code(), error.what(),
                      "`nunmul index --index " + options.index + " FILE` makes it");
  }
  opened.index = std::make_unique<Index>(opened.data->folder(opened.row),
                                         load_languages(languages, dictionaries), expectation_of(opened.row));
  return opened;
}

}  // namespace nunmul
