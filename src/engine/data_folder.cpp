// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/data_folder.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "engine/store_fit.h"
#include "index/sqlite.h"
#include "index/terms.h"

namespace nunmul {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMarkFile = "nunmul.json";
constexpr const char* kFormat = "nunmul data folder";
constexpr std::int64_t kVersion = 1;
constexpr std::size_t kShownNames = 3;

// Names in the folder that are nobody's data.
bool is_nothing(const std::string& name) {
  return name.starts_with('.') || name == "lost+found" || name == "server.lock" ||
         name.starts_with(kMarkFile);
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (std::string name = it->path().filename().string(); !is_nothing(name))
      names.push_back(std::move(name));
  if (error) throw_errno(error.value(), "read the data folder " + folder.string());
  std::sort(names.begin(), names.end());
  return names;
}

[[noreturn]] void refuse_newer(const fs::path& file, const char* what, std::int64_t theirs,
                               std::int64_t ours) {
  throw Error(ErrorCode::InvalidInput,
              file.parent_path().string() + " was made by a newer nunmul: " + file.string() + " is of " +
                  what + " " + std::to_string(theirs) + ", this program knows " + std::to_string(ours) + ".");
}

// The schema of the newest indexes that the folder has held; 0 where the mark does not say. Throws where the
// mark is not one that this program knows.
std::int64_t read_mark(const fs::path& file) {
  std::int64_t version = 0, schema = 0;
  try {
    const Json mark = parse_json(read_file(file));
    if (mark.is_object() && mark.value("format", "") == kFormat) {
      version = mark.value("version", std::int64_t{0});
      schema = mark.value("indexSchema", std::int64_t{0});
    }
  } catch (const Json::exception&) {
    version = 0;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::MalformedPayload) throw;
  }
  if (version > kVersion) refuse_newer(file, "version", version, kVersion);
  if (schema > kSchemaVersion) refuse_newer(file, "index schema", schema, kSchemaVersion);
  if (version < 1)
    throw Error(ErrorCode::InvalidInput,
                file.string() +
                    " is damaged. If the folder is a data folder of nunmul, remove the "
                    "file: it is made again.");
  return schema;
}

bool is_store(const fs::path& file) {
  try {
    const Sqlite db(file, SqliteAccess::Read);
    SqliteStatement tables = db.prepare(
        "SELECT count(*) FROM sqlite_schema WHERE type='table' AND name IN ('indexes','tasks','keys')");
    return tables.step() && tables.integer(0) == 3;
  } catch (const Error&) {
    return false;
  }
}

// Whether a program without marks has left a data folder: its store, or documents that lost their store.
bool is_data_folder(const fs::path& data_dir) {
  return is_store(data_dir / "store.db") || !find_indexes(data_dir).empty();
}

std::string shown(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(kShownNames, names.size()); ++i)
    text += (i > 0 ? ", " : "") + names[i];
  return text + (names.size() > kShownNames ? " and others" : "");
}

enum class FolderState { Empty, Unmarked, MarkedByOlder, Marked };

// Throws where the folder is something else.
FolderState state_of(const fs::path& data_dir) {
  std::error_code error;
  if (!fs::exists(data_dir, error)) return FolderState::Empty;
  const auto has_mark = [&] { return fs::exists(data_dir / kMarkFile, error); };
  if (!has_mark()) {
    const std::vector<std::string> names = names_in(data_dir);
    if (names.empty()) return FolderState::Empty;
    if (is_data_folder(data_dir)) return FolderState::Unmarked;
    if (!has_mark())  // else another process has just begun here
      throw Error(ErrorCode::InvalidInput, data_dir.string() + " is no data folder of nunmul: it holds " +
                                               shown(names) + " and no " + kMarkFile +
                                               ". Give --data-dir a folder that is empty or not there yet.");
  }
  return read_mark(data_dir / kMarkFile) == kSchemaVersion ? FolderState::Marked : FolderState::MarkedByOlder;
}

}  // namespace

void require_data_folder(const fs::path& data_dir) { state_of(data_dir); }

void claim_data_folder(const fs::path& data_dir) {
  const FolderState state = state_of(data_dir);
  if (state == FolderState::Marked) return;
  std::error_code error;
  fs::create_directories(data_dir, error);
  if (error) throw_errno(error.value(), "make the data folder " + data_dir.string());
  try {
    write_data_folder_mark(data_dir);
  } catch (const Error& failure) {
    if (state == FolderState::Empty) throw;
    log(LogLevel::Warning, failure.what());  // such as a full disk, on which searches go on
  }
}

void write_data_folder_mark(const fs::path& data_dir) {
  write_file_atomically(
      data_dir / kMarkFile,
      dump_json(Json{{"format", kFormat}, {"version", kVersion}, {"indexSchema", kSchemaVersion}}) + "\n");
}

}  // namespace nunmul
