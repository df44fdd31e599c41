// SPDX-License-Identifier: GPL-2.0-or-later
// The tables of store.db. Times are microseconds since 1970; a change here needs a new kSchema.
//   indexes   number, uid, primary_key, created, updated, settings (serialize_settings)
//   tasks     one row a task (task.h); content and details are JSON text
//   payloads  task, text: NDJSON of small additions that are not finished
//   batches   uid, started, finished, strategy; its tasks name it
//   keys      uid, name, description, actions, indexes (JSON arrays), expires, created, updated
//   webhooks  uuid, url, headers (JSON object), owner (the uid of a key)
//   meta      name, value: instance_uid, next_task, next_batch, features …
#include "engine/catalog_store.h"

#include "base/error.h"
#include "base/hash.h"

namespace nunmul {
namespace {

constexpr int kSchema = 2;

// From each schema to the next one, from 1 on.
constexpr const char* kUpgrades[kSchema - 1] = {"ALTER TABLE webhooks ADD COLUMN owner TEXT"};

constexpr const char* kTables = R"(
CREATE TABLE IF NOT EXISTS indexes (number INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,
  primary_key TEXT, created INTEGER NOT NULL, updated INTEGER NOT NULL, settings TEXT NOT NULL);
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

std::int64_t micros(Time time) { return time.time_since_epoch().count(); }
Time time_of(std::int64_t value) { return Time{std::chrono::microseconds{value}}; }

std::int64_t schema_of(const Sqlite& db) {
  SqliteStatement statement = db.prepare("PRAGMA user_version");
  return statement.step() ? statement.integer(0) : 0;
}

void upgrade(Sqlite& db) {
  db.begin_writing();
  for (std::int64_t schema = schema_of(db); schema >= 1 && schema < kSchema; ++schema)
    db.run(kUpgrades[schema - 1]);
  db.run("PRAGMA user_version=" + std::to_string(kSchema));
  db.run("COMMIT");
}

Sqlite open_store(const std::filesystem::path& data_dir) {
  std::filesystem::create_directories(data_dir / "indexes");
  Sqlite db(data_dir / "store.db");
  if (schema_of(db) == 0) {
    db.begin_writing();
    db.run(kTables);
    db.prepare("INSERT OR IGNORE INTO meta VALUES ('instance_uid', ?1)").bind(1, random_uuid()).run();
    db.run("PRAGMA user_version=" + std::to_string(kSchema));
    db.run("COMMIT");
  }
  if (const std::int64_t schema = schema_of(db); schema >= 1 && schema < kSchema) upgrade(db);
  if (const std::int64_t schema = schema_of(db); schema != kSchema)
    throw Error(ErrorCode::IoError, "Cannot use " + (data_dir / "store.db").string() + ": its schema is " +
                                        std::to_string(schema) + ", this program knows " +
                                        std::to_string(kSchema) + ".");
  return db;
}

constexpr std::string_view kIndexColumns = "uid, number, primary_key, created, updated, settings";

IndexRow read_row(const SqliteStatement& statement) {
  IndexRow row;
  row.uid = statement.text(0);
  row.number = statement.count(1);
  row.primary_key = statement.optional_text(2);
  row.created_at = time_of(statement.integer(3));
  row.updated_at = time_of(statement.integer(4));
  row.settings = deserialize_settings(statement.text(5));
  return row;
}

}  // namespace

CatalogStore::CatalogStore(const std::filesystem::path& data_dir)
    : data_dir_(data_dir), db_(open_store(data_dir)) {}

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
        .bind(3, micros(now()))
        .run();
  });
}

void CatalogStore::set_primary_key(std::string_view uid, const std::string& primary_key) {
  write([&](Sqlite& db) {
    db.prepare("UPDATE indexes SET primary_key=?2, updated=?3 WHERE uid=?1")
        .bind(1, uid)
        .bind(2, primary_key)
        .bind(3, micros(now()))
        .run();
  });
}

void CatalogStore::touch_index(std::string_view uid) {
  write([&](Sqlite& db) {
    db.prepare("UPDATE indexes SET updated=?2 WHERE uid=?1").bind(1, uid).bind(2, micros(now())).run();
  });
}

std::string CatalogStore::instance_uid() const {
  return read([](Sqlite& db) { return find_meta(db, "instance_uid").value_or(""); });
}

Json CatalogStore::features() const {
  const auto text = read([](Sqlite& db) { return find_meta(db, "features"); });
  return text ? parse_json(*text) : Json::object();
}

void CatalogStore::set_features(const Json& features) {
  write([&](Sqlite& db) { set_meta(db, "features", dump_json(features)); });
}

std::optional<std::string> find_meta(Sqlite& db, std::string_view name) {
  SqliteStatement statement = db.prepare("SELECT value FROM meta WHERE name=?1");
  if (!statement.bind(1, name).step()) return std::nullopt;
  return std::string(statement.text(0));
}

void set_meta(Sqlite& db, std::string_view name, const std::string& value) {
  db.prepare("INSERT OR REPLACE INTO meta VALUES (?1, ?2)")
      .bind(1, name)
      .bind(2, std::string_view(value))
      .run();
}

std::vector<IndexRow> read_index_rows(Sqlite& db) {
  SqliteStatement statement =
      db.prepare("SELECT " + std::string(kIndexColumns) + " FROM indexes ORDER BY uid");
  std::vector<IndexRow> rows;
  while (statement.step()) rows.push_back(read_row(statement));
  return rows;
}

std::optional<IndexRow> find_index_row(Sqlite& db, std::string_view uid) {
  SqliteStatement statement =
      db.prepare("SELECT " + std::string(kIndexColumns) + " FROM indexes WHERE uid=?1");
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
      .bind(3, micros(row.created_at))
      .bind(4, text)
      .run();
  row.number = static_cast<std::uint64_t>(db.last_insert_row());
  return row;
}

std::filesystem::path index_folder(const std::filesystem::path& data_dir, const IndexRow& row) {
  return data_dir / "indexes" / std::to_string(row.number);
}

}  // namespace nunmul
