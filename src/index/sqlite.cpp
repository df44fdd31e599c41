// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/sqlite.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <cerrno>

#include "base/error.h"
#include "base/files.h"

namespace nunmul {
namespace {

constexpr int kBusyMilliseconds = 10'000;

[[noreturn]] void fail(sqlite3* connection, const std::string& what) {
  const int code = connection ? sqlite3_extended_errcode(connection) : SQLITE_NOMEM;
  const int system_error = connection ? sqlite3_system_errno(connection) : 0;
  const bool io_error = (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;
  const bool full =
      (code & 0xff) == SQLITE_FULL || (io_error && (system_error == ENOSPC || system_error == EDQUOT));
  const char* name = connection ? sqlite3_db_filename(connection, "main") : nullptr;
  std::string message = "Cannot " + what;
  if (name && *name) message += " " + std::string(name);
  // Where it could not grow a file, SQLite speaks of an I/O error only.
  message += ": " +
             std::string(full         ? "no space left on the device"
                         : connection ? sqlite3_errmsg(connection)
                                      : "out of memory") +
             ".";
  throw Error(full ? ErrorCode::NoSpaceLeftOnDevice : ErrorCode::IoError, message);
}

void check(int code, sqlite3* connection, const char* what) {
  if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) fail(connection, what);
}

// SQLite gives them the mode of the database, which an earlier version may have made for all to read.
void close_to_others(const std::filesystem::path& database) {
  for (const char* beside : {"-wal", "-shm"})
    ::chmod((database.string() + beside).c_str(), S_IRUSR | S_IWUSR);
}

// A path within a file: URI.
std::string uri_path(const std::filesystem::path& file) {
  std::string text;
  for (const char c : std::filesystem::absolute(file).string()) {
    if (c == '%' || c == '?' || c == '#') {
      constexpr const char* kDigits = "0123456789ABCDEF";
      text += {'%', kDigits[c / 16], kDigits[c % 16]};
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace

void SqliteStatement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

SqliteStatement& SqliteStatement::bind(int place, std::int64_t value) {
  check(sqlite3_bind_int64(statement_.get(), place, value), sqlite3_db_handle(statement_.get()), "use");
  return *this;
}

SqliteStatement& SqliteStatement::bind(int place, std::string_view text) {
  const char* bytes = text.data() ? text.data() : "";
  check(sqlite3_bind_text64(statement_.get(), place, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8),
        sqlite3_db_handle(statement_.get()), "use");
  return *this;
}

SqliteStatement& SqliteStatement::bind_blob(int place, std::string_view bytes) {
  const char* begin = bytes.data() ? bytes.data() : "";
  check(sqlite3_bind_blob64(statement_.get(), place, begin, bytes.size(), SQLITE_STATIC),
        sqlite3_db_handle(statement_.get()), "use");
  return *this;
}

SqliteStatement& SqliteStatement::bind_null(int place) {
  check(sqlite3_bind_null(statement_.get(), place), sqlite3_db_handle(statement_.get()), "use");
  return *this;
}

bool SqliteStatement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) {
    // The message must be taken before the reset.
    sqlite3* connection = sqlite3_db_handle(statement_.get());
    try {
      fail(connection, "use");
    } catch (...) {
      sqlite3_reset(statement_.get());
      throw;
    }
  }
  sqlite3_reset(statement_.get());
  return false;
}

void SqliteStatement::run() {
  if (step()) reset();
}

void SqliteStatement::reset() { sqlite3_reset(statement_.get()); }

bool SqliteStatement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view SqliteStatement::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes ? std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size))
               : std::string_view();
}

std::optional<std::string> SqliteStatement::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return std::string(text(column));
}

void Sqlite::Close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

Sqlite::Sqlite(const std::filesystem::path& file, SqliteAccess access) {
  access == SqliteAccess::Write ? open_to_write(file) : open_to_read(file);
}

int Sqlite::open(const std::string& name, int flags) {
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &connection, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  connection_.reset(connection);
  if (code != SQLITE_OK) return code;
  sqlite3_extended_result_codes(connection, 1);
  sqlite3_busy_timeout(connection, kBusyMilliseconds);
  return code;
}

void Sqlite::open_to_read(const std::filesystem::path& file) {
  std::error_code error;
  const std::filesystem::path log = file.string() + "-wal";
  // One that is closed is opened as if to write, since only then SQLite takes away again what it makes beside
  // it.
  const bool is_closed =
      !std::filesystem::exists(log, error) && !std::filesystem::exists(file.string() + "-journal", error);
  int code = open(file.string(), is_closed ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
  if (code == SQLITE_OK)
    code = sqlite3_exec(connection_.get(), "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return;
  // Readers of a log need a file beside it, which cannot be made here.
  const bool cannot_write = (code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_READONLY;
  if (!cannot_write || !std::filesystem::exists(file, error)) fail(connection_.get(), "open");
  if (const auto bytes = std::filesystem::file_size(log, error); !error && bytes > 0)
    throw Error(ErrorCode::IoError, "Cannot read " + file.string() + " where nothing can be written, since " +
                                        log.filename().string() +
                                        " holds changes: copy the folder to a place that can be written.");
  code = open("file:" + uri_path(file) + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  check(code, connection_.get(), "open");
}

void Sqlite::open_to_write(const std::filesystem::path& file) {
  const bool is_new = !std::filesystem::exists(file);
  if (open(file.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) != SQLITE_OK)
    fail(connection_.get(), "open");
  run("PRAGMA journal_mode=WAL");
  run("PRAGMA synchronous=FULL");
  run("PRAGMA journal_size_limit=67108864");
  run("PRAGMA temp_store=MEMORY");
  close_to_others(file);
  // The name of a new file must outlive a power cut as well as its content.
  if (is_new) sync_folder(file.parent_path().empty() ? "." : file.parent_path());
}

void Sqlite::run(const std::string& sql) {
  check(sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr), connection_.get(), "use");
}

SqliteStatement Sqlite::prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  SqliteStatement owner(statement);
  check(code, connection_.get(), "use");
  return owner;
}

std::int64_t Sqlite::changes() const { return sqlite3_changes64(connection_.get()); }

std::int64_t Sqlite::data_version() const {
  SqliteStatement statement = prepare("PRAGMA data_version");
  return statement.step() ? statement.integer(0) : 0;
}

void Sqlite::begin_writing() {
  for (;;) {
    const int code = sqlite3_exec(connection_.get(), "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    if ((code & 0xff) == SQLITE_BUSY) continue;  // after the busy timeout: another process's long transaction
    check(code, connection_.get(), "use");
    return;
  }
}

bool Sqlite::in_transaction() const { return sqlite3_get_autocommit(connection_.get()) == 0; }

void Sqlite::rollback() noexcept {
  if (in_transaction()) sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Sqlite::copy_to(const std::filesystem::path& file) const {
  sqlite3* target = nullptr;
  const int code = sqlite3_open(file.c_str(), &target);
  const std::unique_ptr<sqlite3, Close> owner(target);
  if (code != SQLITE_OK) fail(target, "write");
  sqlite3_backup* backup = sqlite3_backup_init(target, "main", connection_.get(), "main");
  if (!backup) fail(target, "write");
  const int copied = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (copied != SQLITE_DONE || finished != SQLITE_OK) fail(target, "write");
}

}  // namespace nunmul
