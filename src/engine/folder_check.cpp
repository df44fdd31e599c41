// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/folder_check.h"

#include <system_error>
#include <utility>

#include "base/error.h"
#include "engine/adoption.h"
#include "engine/data_folder.h"
#include "engine/dump_import.h"
#include "engine/store_fit.h"
#include "index/index_check.h"

namespace nunmul {
namespace {

class FolderCheck {
 public:
  explicit FolderCheck(std::filesystem::path data_dir) : data_dir_(std::move(data_dir)) {}

  void run() {
    require_data_folder(data_dir_);
    const std::vector<FoundIndex> found = find_indexes(data_dir_);
    std::error_code error;
    if (std::filesystem::file_size(store(), error) > 0 && !error) return check_all(found);
    if (found.empty())
      throw Error(ErrorCode::InvalidInput, "There is no data in " + data_dir_.string() + ".");
    add(store().string(), missing_store(data_dir_, found) + kAdoptAdvice);
  }

  FolderFindings take() { return std::move(findings_); }

 private:
  const std::filesystem::path data_dir_;
  FolderFindings findings_;

  std::filesystem::path store() const { return data_dir_ / "store.db"; }
  void add(std::string where, std::string problem) {
    findings_.damage.push_back({std::move(where), std::move(problem)});
  }

  void check_all(const std::vector<FoundIndex>& found) {
    check_database(store(), "move it away and take the documents in again with `nunmul check --adopt`");
    if (findings_.damage.empty()) check_store(found);
  }

  // SQLite's own check of a file: its pages, and that each index agrees with its table. What it does not see
  // are bytes inside of free pages, which SQLite writes before it ever reads them, so that they do no harm,
  // and other letters in the text of a row: documents have checksums against that (check_index).
  void check_database(const std::filesystem::path& file, const std::string& otherwise) {
    const std::string advice = " Put the file of a snapshot back, or " + otherwise + ".";
    try {
      const Sqlite db(file, SqliteAccess::Read);
      SqliteStatement statement = db.prepare("PRAGMA integrity_check(5)");
      while (statement.step())
        if (statement.text(0) != "ok") add(file.string(), std::string(statement.text(0)) + "." + advice);
    } catch (const Error& error) {
      add(file.string(), error.what() + advice);
    }
  }

  void check_store(const std::vector<FoundIndex>& found) try {
    Sqlite db(store(), SqliteAccess::Read);
    require_no_import(db, data_dir_);
    for (std::string& sentence : contradictions(db, data_dir_, found))
      add(store().string(), std::move(sentence) + kAdoptAdvice);
    for (const IndexRow& row : read_index_rows(db)) check_index_of(row);
  } catch (const Error& error) {
    add(store().string(), error.what());
  }

  void check_index_of(const IndexRow& row) {
    ++findings_.indexes;
    const std::filesystem::path folder = index_folder(data_dir_, row);
    const std::size_t before = findings_.damage.size();
    std::error_code error;
    if (std::filesystem::exists(folder / kDocumentStoreFile, error))
      check_database(
          folder / kDocumentStoreFile,
          "move it away and take the documents of the newest generation with `nunmul check --adopt`");
    if (findings_.damage.size() > before) return;
    for (std::string& problem : check_index(folder, expectation_of(row)))
      add("index " + row.uid, std::move(problem));
  }
};

}  // namespace

FolderFindings check_folder(const std::filesystem::path& data_dir) {
  FolderCheck check(data_dir);
  check.run();
  return check.take();
}

}  // namespace nunmul
