// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/store_fit.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/error.h"

namespace nunmul {
namespace {

namespace fs = std::filesystem;

// The number that names a folder of ours: decimal digits without leading zeros.
std::optional<std::uint64_t> number_of(const std::string& name) {
  std::uint64_t number = 0;
  const auto [stop, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc{} || stop != name.data() + name.size() || std::to_string(number) != name)
    return std::nullopt;
  return number;
}

std::vector<std::uint64_t> numbered_folders(const fs::path& data_dir) {
  std::vector<std::uint64_t> numbers;
  std::error_code error;
  for (fs::directory_iterator it(data_dir / "indexes", error), end; !error && it != end; it.increment(error))
    if (const auto number = number_of(it->path().filename().string())) numbers.push_back(*number);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

FoundIndex look_into(const fs::path& folder, std::uint64_t number) {
  FoundIndex found;
  found.number = number;
  found.record = read_index_record(folder);
  try {
    found.documents = read_store_state(folder / kDocumentStoreFile);
  } catch (const Error& error) {
    found.problem = error.what();
  }
  return found;
}

std::string folder_name(const FoundIndex& found) { return "indexes/" + std::to_string(found.number); }

// The contradiction between a row and the record beside its documents.
std::optional<std::string> contradiction(const FoundIndex& found, const IndexRow& row,
                                         std::uint64_t revision) {
  if (!found.record) return std::nullopt;
  const bool is_older = found.record->revision > revision || found.record->revision > row.revision;
  if (is_older) return "is older than " + description_of(found) + ", which was changed since";
  if (found.record->revision < row.revision || says_the_same(*found.record, row)) return std::nullopt;
  return "is damaged: the name, primary key, date or settings of index `" + row.uid + "` are others in " +
         folder_name(found) + "/index.json";
}

}  // namespace

void skip_used_numbers(Sqlite& db, const fs::path& data_dir) {
  const std::vector<std::uint64_t> numbers = numbered_folders(data_dir);
  if (numbers.empty()) return;
  SqliteStatement last = db.prepare("SELECT seq FROM sqlite_sequence WHERE name='indexes'");
  const bool has_last = last.step();
  if (has_last && last.count(0) >= numbers.back()) return;
  last.reset();
  db.prepare(has_last ? "UPDATE sqlite_sequence SET seq=?1 WHERE name='indexes'"
                      : "INSERT INTO sqlite_sequence VALUES ('indexes', ?1)")
      .bind(1, numbers.back())
      .run();
}

const char* const kAdoptAdvice =
    " Put back a store.db and indexes/ that belong together, or go on with what the folders hold by `nunmul "
    "check "
    "--adopt`.";

std::vector<FoundIndex> find_indexes(const fs::path& data_dir) {
  std::vector<FoundIndex> found;
  for (const std::uint64_t number : numbered_folders(data_dir)) {
    FoundIndex each = look_into(index_folder(data_dir, number), number);
    if (each.record || each.documents != StoreState{} || !each.problem.empty())
      found.push_back(std::move(each));
  }
  return found;
}

std::string description_of(const FoundIndex& found) {
  const std::string name = found.record ? "`" + found.record->uid + "`, " : "";
  const std::uint64_t documents = found.documents.documents;
  return folder_name(found) + " (" + name +
         (!found.problem.empty()
              ? "documents that cannot be read"
              : std::to_string(documents) + (documents == 1 ? " document" : " documents")) +
         ")";
}

std::vector<std::string> contradictions(Sqlite& db, const fs::path& data_dir,
                                        const std::vector<FoundIndex>& found) {
  std::map<std::uint64_t, IndexRow> rows;
  for (IndexRow& row : read_index_rows(db)) rows.emplace(row.number, std::move(row));
  const std::vector<std::uint64_t> marked = read_removals(db);
  const std::set<std::uint64_t> removed(marked.begin(), marked.end());
  const std::uint64_t revision = meta_count(db, "revision"), next_task = meta_count(db, "next_task");
  const std::string store = (data_dir / "store.db").string() + " ";
  std::vector<std::string> sentences;
  for (const FoundIndex& each : found) {
    const auto row = rows.find(each.number);
    std::error_code error;
    if (each.documents.last_task >= next_task)
      sentences.push_back(store + "is older than " + description_of(each) + ": task " +
                          std::to_string(*each.documents.last_task) +
                          " is done there, and the next one would be " + std::to_string(next_task) + ".");
    else if (row != rows.end()) {
      if (const auto how = contradiction(each, row->second, revision))
        sentences.push_back(store + *how + ".");
    } else if (!removed.contains(each.number) && fs::exists(index_folder(data_dir, each.number), error)) {
      sentences.push_back(store + "does not name " + description_of(each) + ".");
    }
  }
  return sentences;
}

std::string missing_store(const fs::path& data_dir, const std::vector<FoundIndex>& found) {
  std::string list;
  for (const FoundIndex& each : found) list += (list.empty() ? "" : ", ") + description_of(each);
  return (data_dir / "store.db").string() + " is missing beside " + list +
         ". Indexes, keys, tasks and webhooks stood in it.";
}

void require_no_documents(const fs::path& data_dir) {
  const std::vector<FoundIndex> found = find_indexes(data_dir);
  if (!found.empty()) throw Error(ErrorCode::InvalidInput, missing_store(data_dir, found) + kAdoptAdvice);
}

void require_fit(Sqlite& db, const fs::path& data_dir) {
  const std::vector<FoundIndex> found =
      find_indexes(data_dir);  // before the store, which others may be writing
  const std::vector<std::string> sentences = contradictions(db, data_dir, found);
  if (!sentences.empty()) throw Error(ErrorCode::InvalidInput, sentences.front() + kAdoptAdvice);
}

}  // namespace nunmul
