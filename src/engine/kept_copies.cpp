// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/kept_copies.h"

#include <deque>
#include <string>
#include <system_error>
#include <vector>

#include "base/log.h"
#include "engine/catalog_store.h"

namespace nunmul {
namespace {

namespace fs = std::filesystem;

// In the order in which they were made.
std::vector<std::string> noted_names(CatalogStore& store, const std::string& ending) {
  return store.read([&](Sqlite& db) {
    std::vector<std::string> names;
    SqliteStatement rows = db.prepare("SELECT name FROM copies ORDER BY number");
    while (rows.step())
      if (std::string name(rows.text(0)); name.ends_with(ending)) names.push_back(std::move(name));
    return names;
  });
}

// Also ends what a crash has broken off.
void remove_copy(const fs::path& copy) {
  const fs::path aside = copy.string() + ".tmp";
  if (fs::exists(fs::symlink_status(copy))) fs::rename(copy, aside);
  fs::remove_all(aside);
}

// "20260722-091503123.dump.tmp".
bool is_cut_off_copy(std::string_view name) {
  const std::size_t digits = name.find_first_not_of("0123456789-");
  if (digits != copy_name(Time{}).size()) return false;
  const std::string_view rest = name.substr(digits);
  return rest == ".dump.tmp" || rest == ".snapshot.tmp";
}

}  // namespace

std::string copy_name(Time time) {
  std::string text = to_rfc3339(time);  // 2026-07-22T09:15:03.123456Z
  std::string name;
  for (const char c : text.substr(0, 23)) {
    if (c >= '0' && c <= '9') name += c;
    if (c == 'T') name += '-';
  }
  return name;
}

void remove_cut_off_copies(const fs::path& folder) {
  std::error_code error;
  if (fs::is_symlink(folder, error)) return;
  std::vector<fs::path> left;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (is_cut_off_copy(entry.path().filename().string())) left.push_back(entry.path());
  for (const auto& path : left) fs::remove_all(path, error);
}

KeptCopies::KeptCopies(CatalogStore& store, std::size_t most) : store_(store), most_(most) {
  // Only a server makes copies: a store that only commands have written has no such table.
  store_.write([](Sqlite& db) {
    db.run(
        "CREATE TABLE IF NOT EXISTS copies (number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL)");
  });
}

void KeptCopies::add(const fs::path& copy, const std::function<void()>& write) {
  store_.write([&](Sqlite& db) {
    db.prepare("INSERT INTO copies (name) VALUES (?1)").bind(1, copy.filename().string()).run();
  });
  write();
  try {
    remove_oldest(copy.parent_path(), copy.extension());
  } catch (const fs::filesystem_error& error) {
    log(LogLevel::Warning, "an old copy could not be removed: " + quoted(error.what()));
  }
}

void KeptCopies::remove_oldest(const fs::path& folder, const fs::path& ending) {
  std::deque<fs::path> copies;
  for (const std::string& name : noted_names(store_, ending.string())) {
    copies.push_back(folder / name);
    if (fs::exists(copies.back())) continue;  // else somebody took it away, or it was not finished
    remove_copy(copies.back());
    forget(copies.back());
    copies.pop_back();
  }
  for (; copies.size() > most_; copies.pop_front()) {
    remove_copy(copies.front());
    forget(copies.front());
    log(LogLevel::Info, "removed " + copies.front().string() + ", the oldest of more than " +
                            std::to_string(most_) + " (--keep-copies)");
  }
}

void KeptCopies::forget(const fs::path& copy) {
  store_.write([&](Sqlite& db) {
    db.prepare("DELETE FROM copies WHERE name=?1").bind(1, copy.filename().string()).run();
  });
}

}  // namespace nunmul
