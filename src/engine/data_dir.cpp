// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/data_dir.h"

#include "base/error.h"
#include "base/files.h"
#include "engine/dump_import.h"
#include "engine/store_fit.h"

namespace nunmul {
namespace {

const std::filesystem::path& require_store(const std::filesystem::path& path, DataDir::Missing missing) {
  std::error_code error;
  const bool exists = std::filesystem::exists(path / "store.db", error);
  if (error) throw_errno(error.value(), "read " + (path / "store.db").string());
  if (missing == DataDir::Missing::Create || exists) return path;
  require_no_documents(path);
  throw Error(ErrorCode::InvalidInput, "There is no data in " + path.string() + ".");
}

}  // namespace

DataDir::DataDir(std::filesystem::path path, Missing missing) : store_(require_store(path, missing)) {
  store_.read([&](Sqlite& db) { require_no_import(db, store_.data_dir()); });
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
