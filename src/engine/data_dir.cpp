// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/data_dir.h"

#include "base/error.h"
#include "engine/dump_import.h"

namespace nunmul {
DataDir::DataDir(const std::filesystem::path& path, StoreUse use) : store_(path, use) {
  store_.read([&](Sqlite& db) { require_no_import(db, path); });
}

IndexRow DataDir::at(std::string_view uid) const {
  if (auto row = find_index(uid)) return *row;
  std::string names;
  for (const IndexRow& row : indexes()) names += (names.empty() ? " There are: " : ", ") + row.uid;
  throw Error(ErrorCode::IndexNotFound,
              "Index `" + std::string(uid) + "` not found." + (names.empty() ? "" : names + "."));
}

IndexRow DataDir::ensure_index(std::string_view uid, const std::optional<std::string>& primary_key,
                               const Settings& settings) {
  return store_.ensure_index(uid, primary_key, settings);
}

std::filesystem::path DataDir::folder(const IndexRow& row) const {
  return index_folder(store_.data_dir(), row);
}

}  // namespace nunmul
