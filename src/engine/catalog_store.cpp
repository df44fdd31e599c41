// SPDX-License-Identifier: GPL-2.0-or-later
// The tables of store.db. Times are microseconds since 1970; a change here needs a new kSchema.
//   indexes   number, uid, primary_key, created, updated, settings (serialize_settings), documents_version,
//             revision
//   removals  number of a deleted index whose folder is still to be removed
//   tasks     one row a task (task.h); content and details are JSON text
//   payloads  task, text: NDJSON of small additions that are not finished
//   batches   uid, started, finished, strategy; its tasks name it
//   keys      uid, name, description, actions, indexes (JSON arrays), expires, created, updated
//   webhooks  uuid, url, headers (JSON object), owner (the uid of a key)
//   meta      name, value: instance_uid, next_task, next_batch, features, revision (how often rows of indexes
//             changed) …
//   copies    number, name: dumps and snapshots that were made (kept_copies.cpp)
#include "engine/catalog_store.h"

#include "base/error.h"
#include "base/hash.h"
#include "engine/data_folder.h"
#include "engine/store_fit.h"

namespace nunmul {
namespace {

constexpr int kSchema = 2;

constexpr const char* kTables = R"(
CREATE TABLE IF NOT EXISTS indexes (number INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,
  primary_key TEXT, created INTEGER NOT NULL, updated INTEGER NOT NULL, settings TEXT NOT NULL,
  documents_version INTEGER NOT NULL DEFAULT 0, revision INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS tasks (uid INTEGER PRIMARY KEY, batch INTEGER, index_uid TEXT, type TEXT NOT NULL,
  status TEXT NOT NULL, canceled_by INTEGER, details TEXT, error_code TEXT, error_message TEXT,
  enqueued INTEGER NOT NULL, started INTEGER, finished INTEGER, metadata TEXT, content TEXT NOT NULL,
  payload_file TEXT, payload_bytes INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS tasks_unfinished ON tasks (uid) WHERE status IN ('enqueued', 'processing');
CREATE INDEX IF NOT EXISTS tasks_index ON tasks (index_uid);
CREATE INDEX IF NOT EXISTS tasks_batch ON tasks (batch);
CREATE INDEX IF NOT EXISTS tasks_status ON tasks (status);
CREATE TABLE IF NOT EXISTS payloads (task INTEGER PRIMARY KEY, text BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS batches (uid INTEGER PRIMARY KEY, started INTEGER NOT NULL, finished INTEGER,
  strategy TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS keys (uid TEXT PRIMARY KEY, name TEXT, description TEXT, actions TEXT NOT NULL,
  indexes TEXT NOT NULL, expires INTEGER, created INTEGER NOT NULL, updated INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS webhooks (uuid TEXT PRIMARY KEY, url TEXT NOT NULL, headers TEXT NOT NULL,
  owner TEXT);
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT OR IGNORE INTO meta VALUES ('next_task', '0'), ('next_batch', '0');
)";

// Columns that schema 1 lacks.
constexpr const char* kColumnsOfSchema2 = R"(
ALTER TABLE webhooks ADD COLUMN owner TEXT;
ALTER TABLE indexes ADD COLUMN documents_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE indexes ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
)";

// A change of an index, whoever makes it, is counted, and a deleted index is marked for removal.
constexpr const char* kTriggers = R"(
CREATE TABLE IF NOT EXISTS removals (number INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO meta VALUES ('revision', '0');
CREATE TRIGGER IF NOT EXISTS indexes_made AFTER INSERT ON indexes BEGIN
  UPDATE meta SET value = value + 1 WHERE name = 'revision';
  UPDATE indexes SET revision = (SELECT value FROM meta WHERE name = 'revision') WHERE number = NEW.number;
END;
CREATE TRIGGER IF NOT EXISTS indexes_changed AFTER UPDATE OF uid, primary_key, created, settings ON indexes
WHEN NEW.uid IS NOT OLD.uid OR NEW.primary_key IS NOT OLD.primary_key OR NEW.created IS NOT OLD.created
  OR NEW.settings IS NOT OLD.settings BEGIN
  UPDATE meta SET value = value + 1 WHERE name = 'revision';
  UPDATE indexes SET revision = (SELECT value FROM meta WHERE name = 'revision') WHERE number = NEW.number;
END;
CREATE TRIGGER IF NOT EXISTS indexes_deleted AFTER DELETE ON indexes BEGIN
  UPDATE meta SET value = value + 1 WHERE name = 'revision';
  INSERT OR IGNORE INTO removals VALUES (OLD.number);
END;
)";

std::int64_t schema_of(const Sqlite& db) {
  SqliteStatement statement = db.prepare("PRAGMA user_version");
  return statement.step() ? statement.integer(0) : 0;
}

void make_tables(Sqlite& db) {
  db.run(kTables);
  db.prepare("INSERT OR IGNORE INTO meta VALUES ('instance_uid', ?1)").bind(1, random_uuid()).run();
}

// Makes the tables of a new store, or those that a store of an older schema lacks.
void bring_to_schema(Sqlite& db) {
  if (schema_of(db) == kSchema) return;
  db.begin_writing();
  const std::int64_t schema = schema_of(db);  // another process may have been quicker
  if (schema == 0) make_tables(db);
  if (schema == 1) db.run(kColumnsOfSchema2);
  if (schema < kSchema) {
    db.run(kTriggers);
    db.run("PRAGMA user_version=" + std::to_string(kSchema));
  }
  db.run("COMMIT");
}

bool is_new(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::file_size(file, error) == 0 || error;
}

Sqlite open_to_read(const std::filesystem::path& data_dir) {
  require_data_folder(data_dir);
  if (!is_new(data_dir / "store.db")) return Sqlite(data_dir / "store.db", SqliteAccess::Read);
  require_no_documents(data_dir);
  throw Error(ErrorCode::InvalidInput, "There is no data in " + data_dir.string() + ".");
}

Sqlite open_to_write(const std::filesystem::path& data_dir, StoreUse use) {
  claim_data_folder(data_dir);
  const std::filesystem::path file = data_dir / "store.db";
  if (use != StoreUse::Adopt && is_new(file)) require_no_documents(data_dir);
  std::filesystem::create_directories(data_dir / "indexes");
  Sqlite db(file);
  bring_to_schema(db);
  return db;
}

Sqlite open_store(const std::filesystem::path& data_dir, StoreUse use) {
  Sqlite db = use == StoreUse::Read ? open_to_read(data_dir) : open_to_write(data_dir, use);
  const std::int64_t schema = schema_of(db);
  if (schema > kSchema || schema < 1)
    throw Error(ErrorCode::IoError, "Cannot use " + (data_dir / "store.db").string() + ": its schema is " +
                                        std::to_string(schema) + ", this program knows " +
                                        std::to_string(kSchema) + ".");
  if (use != StoreUse::Adopt) require_fit(db, data_dir);
  if (use == StoreUse::Write) skip_used_numbers(db, data_dir);
  return db;
}

// A store of schema 1 is read as it is by those who change nothing.
std::string index_columns(const Sqlite& db) {
  return std::string("uid, number, primary_key, created, updated, settings, ") +
         (schema_of(db) == 1 ? "0, 0" : "documents_version, revision");
}

IndexRow read_row(const SqliteStatement& statement) {
  IndexRow row;
  row.uid = statement.text(0);
  row.number = statement.count(1);
  row.primary_key = statement.optional_text(2);
  row.created_at = time_of_micros(statement.integer(3));
  row.updated_at = time_of_micros(statement.integer(4));
  row.settings = deserialize_settings(statement.text(5));
  row.documents_version = statement.count(6);
  row.revision = statement.count(7);
  return row;
}

}  // namespace

CatalogStore::CatalogStore(const std::filesystem::path& data_dir, StoreUse use)
    : data_dir_(data_dir), db_(open_store(data_dir, use)) {}

std::vector<IndexRow> CatalogStore::indexes() const {
  return read([](Sqlite& db) { return read_index_rows(db); });
}

std::optional<IndexRow> CatalogStore::find_index(std::string_view uid) const {
  return read([&](Sqlite& db) { return find_index_row(db, uid); });
}

IndexRow CatalogStore::ensure_index(std::string_view uid, const std::optional<std::string>& primary_key,
                                    const Settings& settings) {
  if (auto row = find_index(uid)) return *row;
  return write([&](Sqlite& db) {
    if (auto row = find_index_row(db, uid)) return *row;
    return insert_index_row(db, uid, primary_key, settings);
  });
}

void CatalogStore::set_settings(std::string_view uid, const Settings& settings) {
  const std::string text = serialize_settings(settings);
  write([&](Sqlite& db) {
    db.prepare("UPDATE indexes SET settings=?2, updated=?3 WHERE uid=?1")
        .bind(1, uid)
        .bind(2, text)
        .bind(3, micros_of(now()))
        .run();
  });
}

void CatalogStore::set_primary_key(std::string_view uid, const std::string& primary_key) {
  write([&](Sqlite& db) {
    db.prepare("UPDATE indexes SET primary_key=?2, updated=?3 WHERE uid=?1")
        .bind(1, uid)
        .bind(2, primary_key)
        .bind(3, micros_of(now()))
        .run();
  });
}

void CatalogStore::touch_index(std::string_view uid, std::uint64_t documents_version) {
  write([&](Sqlite& db) {
    db.prepare("UPDATE indexes SET updated=?2, documents_version=max(documents_version, ?3) WHERE uid=?1")
        .bind(1, uid)
        .bind(2, micros_of(now()))
        .bind(3, documents_version)
        .run();
  });
}

void CatalogStore::note_documents(std::uint64_t number, std::uint64_t documents_version) {
  write([&](Sqlite& db) {
    db.prepare("UPDATE indexes SET documents_version=?2 WHERE number=?1 AND documents_version < ?2")
        .bind(1, number)
        .bind(2, documents_version)
        .run();
  });
}

Json CatalogStore::features() const {
  const auto text = read([](Sqlite& db) { return find_meta(db, "features"); });
  return text ? parse_json(*text) : Json::object();
}

void CatalogStore::set_features(const Json& features) {
  write([&](Sqlite& db) { set_meta(db, "features", dump_json(features)); });
}

std::optional<std::string> find_meta(const Sqlite& db, std::string_view name) {
  SqliteStatement statement = db.prepare("SELECT value FROM meta WHERE name=?1");
  if (!statement.bind(1, name).step()) return std::nullopt;
  return std::string(statement.text(0));
}

std::uint64_t meta_count(const Sqlite& db, std::string_view name) {
  SqliteStatement statement = db.prepare("SELECT value FROM meta WHERE name=?1");
  return statement.bind(1, name).step() ? statement.count(0) : 0;
}

void set_meta(Sqlite& db, std::string_view name, const std::string& value) {
  db.prepare("INSERT OR REPLACE INTO meta VALUES (?1, ?2)")
      .bind(1, name)
      .bind(2, std::string_view(value))
      .run();
}

std::vector<IndexRow> read_index_rows(Sqlite& db) {
  SqliteStatement statement = db.prepare("SELECT " + index_columns(db) + " FROM indexes ORDER BY uid");
  std::vector<IndexRow> rows;
  while (statement.step()) rows.push_back(read_row(statement));
  return rows;
}

std::optional<IndexRow> find_index_row(Sqlite& db, std::string_view uid) {
  SqliteStatement statement = db.prepare("SELECT " + index_columns(db) + " FROM indexes WHERE uid=?1");
  if (!statement.bind(1, uid).step()) return std::nullopt;
  return read_row(statement);
}

IndexRow insert_index_row(Sqlite& db, std::string_view uid, const std::optional<std::string>& primary_key,
                          const Settings& settings) {
  IndexRow row;
  row.uid = uid;
  row.primary_key = primary_key;
  row.created_at = row.updated_at = now();
  row.settings = settings;
  const std::string text = serialize_settings(settings);
  db.prepare("INSERT INTO indexes (uid, primary_key, created, updated, settings) VALUES (?1,?2,?3,?3,?4)")
      .bind(1, uid)
      .bind(2, primary_key)
      .bind(3, micros_of(row.created_at))
      .bind(4, text)
      .run();
  return *find_index_row(db, uid);
}

std::vector<std::uint64_t> read_removals(Sqlite& db) {
  if (schema_of(db) == 1) return {};
  SqliteStatement statement = db.prepare("SELECT number FROM removals");
  std::vector<std::uint64_t> numbers;
  while (statement.step()) numbers.push_back(statement.count(0));
  return numbers;
}

void forget_removal(Sqlite& db, std::uint64_t number) {
  db.prepare("DELETE FROM removals WHERE number=?1").bind(1, number).run();
}

std::filesystem::path index_folder(const std::filesystem::path& data_dir, std::uint64_t number) {
  return data_dir / "indexes" / std::to_string(number);
}

std::filesystem::path index_folder(const std::filesystem::path& data_dir, const IndexRow& row) {
  return index_folder(data_dir, row.number);
}

IndexExpectation expectation_of(const IndexRow& row) { return {row.settings, row.documents_version}; }

}  // namespace nunmul
