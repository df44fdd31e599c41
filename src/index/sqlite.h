// SPDX-License-Identifier: GPL-2.0-or-later
// SQLite with owners: a connection and its prepared statements. Errors are thrown as Error(IoError),
// or Error(NoSpaceLeftOnDevice) when the disk is full, with the file's name.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace nunmul {

// A prepared statement. Belongs to its connection, which must outlive it. Texts handed out by
// columns live until the next step or reset.
class SqliteStatement {
 public:
  SqliteStatement() = default;

  // Places count from 1. Texts are not copied: they must live until the statement was stepped.
  SqliteStatement& bind(int place, std::int64_t value);
  SqliteStatement& bind(int place, std::uint64_t value) {
    return bind(place, static_cast<std::int64_t>(value));
  }
  SqliteStatement& bind(int place, int value) { return bind(place, static_cast<std::int64_t>(value)); }
  SqliteStatement& bind(int place, std::string_view text);
  SqliteStatement& bind(int place, const char* text) { return bind(place, std::string_view(text)); }
  SqliteStatement& bind_blob(int place, std::string_view bytes);
  SqliteStatement& bind_null(int place);
  template <typename T>
  SqliteStatement& bind(int place, const std::optional<T>& value) {
    return value ? bind(place, *value) : bind_null(place);
  }

  // Whether there is a row. After the last row the statement is reset and can be bound again.
  bool step();
  // Runs a statement without rows (any rows are ignored) and resets it.
  void run();
  void reset();

  // Columns count from 0.
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  std::uint64_t count(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  std::string_view text(int column) const;  // of blobs too
  std::optional<std::string> optional_text(int column) const;

 private:
  friend class Sqlite;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit SqliteStatement(sqlite3_stmt* statement) : statement_(statement) {}
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// Resets a statement that a loop may leave before its last row.
class SqliteReset {
 public:
  explicit SqliteReset(SqliteStatement& statement) : statement_(statement) {}
  ~SqliteReset() { statement_.reset(); }
  SqliteReset(const SqliteReset&) = delete;
  SqliteReset& operator=(const SqliteReset&) = delete;

 private:
  SqliteStatement& statement_;
};

enum class SqliteAccess { Write, Read };

// One connection, for one thread at a time.
class Sqlite {
 public:
  // With Write, opens or makes the file: WAL, synchronous=FULL, waiting for other writers for ten seconds.
  // With Read, opens a file that is there and never changes it; where nothing can be written, that needs a
  // database without a log (FILE-wal), which nobody may change meanwhile.
  explicit Sqlite(const std::filesystem::path& file, SqliteAccess access = SqliteAccess::Write);

  void run(const std::string& sql);  // statements without results
  SqliteStatement prepare(std::string_view sql) const;
  std::int64_t changes() const;  // rows changed by the last statement
  // Differs after another connection has committed.
  std::int64_t data_version() const;
  // Takes the write lock at once, waiting for as long as another process holds it.
  void begin_writing();
  bool in_transaction() const;
  // Undoes an open transaction; never throws.
  void rollback() noexcept;
  // Writes a consistent copy as a new file, synced.
  void copy_to(const std::filesystem::path& file) const;

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  void open_to_write(const std::filesystem::path& file);
  void open_to_read(const std::filesystem::path& file);
  int open(const std::string& name, int flags);  // the result code
  std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace nunmul
