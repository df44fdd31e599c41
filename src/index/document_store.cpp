// SPDX-License-Identifier: GPL-2.0-or-later
// The tables of documents.db. A change here needs a new kStoreSchema.
//   documents  ordinal, id, json, crc (CRC-32 of json), version (of its last change), origin
//   deletions  id: documents of files that a client has deleted (since schema 2)
//   erasures   ordinal, version: what generations must forget
//   applied    task, outcome
//   meta       name, value: "version", "count" of documents, "forgotten" (the version up to which erasures
//   are)
#include "index/document_store.h"

#include "base/error.h"
#include "base/hash.h"
#include "index/sqlite.h"

namespace nunmul {
namespace {

constexpr int kStoreSchema = 2;

constexpr const char* kTables =
    "CREATE TABLE IF NOT EXISTS documents (ordinal INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL "
    "UNIQUE,"
    " version INTEGER NOT NULL, origin INTEGER NOT NULL, crc INTEGER NOT NULL, json TEXT NOT NULL);"
    "CREATE INDEX IF NOT EXISTS documents_version ON documents (version);"
    "CREATE TABLE IF NOT EXISTS deletions (id TEXT PRIMARY KEY) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS erasures (ordinal INTEGER PRIMARY KEY, version INTEGER NOT NULL);"
    "CREATE INDEX IF NOT EXISTS erasures_version ON erasures (version);"
    "CREATE TABLE IF NOT EXISTS applied (task INTEGER PRIMARY KEY, outcome TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
    "INSERT OR IGNORE INTO meta VALUES ('version', 0), ('count', 0);";

std::int64_t schema_of(const Sqlite& db) {
  SqliteStatement statement = db.prepare("PRAGMA user_version");
  return statement.step() ? statement.integer(0) : 0;
}

Sqlite open_store(const std::filesystem::path& file, SqliteAccess access) {
  Sqlite db(file, access);
  const bool may_write = access == SqliteAccess::Write;
  if (may_write && schema_of(db) < kStoreSchema) {  // new, or of an earlier version, which had fewer tables
    db.begin_writing();
    db.run(kTables);
    db.run("PRAGMA user_version=" + std::to_string(kStoreSchema));
    db.run("COMMIT");
  }
  const std::int64_t schema = schema_of(db);
  if (schema > kStoreSchema || schema < (may_write ? kStoreSchema : 1))
    throw Error(ErrorCode::IoError, "Cannot use " + file.string() + ": its schema is " +
                                        std::to_string(schema) + ", this program knows " +
                                        std::to_string(kStoreSchema) + ".");
  db.run("PRAGMA cache_size=-32768");
  return db;
}

struct Deletions {
  explicit Deletions(const Sqlite& db)
      : find(db.prepare("SELECT 1 FROM deletions WHERE id=?1")),
        insert(db.prepare("INSERT OR IGNORE INTO deletions VALUES (?1)")),
        forget(db.prepare("DELETE FROM deletions WHERE id=?1")) {}
  SqliteStatement find, insert, forget;
};

}  // namespace

struct DocumentStore::Impl {
  Impl(const std::filesystem::path& path, SqliteAccess access) : file(path), db(open_store(path, access)) {}

  std::filesystem::path file;
  Sqlite db;
  SqliteStatement read_meta = db.prepare("SELECT value FROM meta WHERE name = ?1");
  SqliteStatement write_meta = db.prepare("UPDATE meta SET value = ?2 WHERE name = ?1");
  SqliteStatement find_document =
      db.prepare("SELECT ordinal, crc, json, origin FROM documents WHERE id = ?1");
  SqliteStatement insert =
      db.prepare("INSERT INTO documents (id, version, origin, crc, json) VALUES (?1,?2,?3,?4,?5)");
  SqliteStatement insert_again = db.prepare(
      "INSERT INTO documents (ordinal, id, version, origin, crc, json) VALUES (?1,?2,?3,?4,?5,?6)");
  SqliteStatement forget_erasure = db.prepare("DELETE FROM erasures WHERE ordinal=?1");
  SqliteStatement update =
      db.prepare("UPDATE documents SET version=?2, origin=?3, crc=?4, json=?5 WHERE ordinal=?1");
  SqliteStatement update_origin = db.prepare("UPDATE documents SET origin=?2 WHERE ordinal=?1");
  SqliteStatement erase = db.prepare("DELETE FROM documents WHERE ordinal=?1");
  SqliteStatement insert_erasure = db.prepare("INSERT OR REPLACE INTO erasures VALUES (?1, ?2)");
  SqliteStatement insert_applied = db.prepare("INSERT OR REPLACE INTO applied VALUES (?1, ?2)");
  SqliteStatement find_applied = db.prepare("SELECT outcome FROM applied WHERE task = ?1");

  std::optional<Deletions> prepared_deletions;  // at the first use

  // The state of the open transaction.
  bool open = false;
  bool changed = false;
  std::uint64_t version = 0;
  std::uint64_t count = 0;

  std::uint64_t meta(std::string_view name) {
    const SqliteReset reset(read_meta);
    return read_meta.bind(1, name).step() ? read_meta.count(0) : 0;
  }

  void require_transaction() const {
    if (!open) throw Error(ErrorCode::Internal, "A document store was changed outside a transaction.");
  }

  std::uint64_t next_version() {
    if (!changed) ++version;
    changed = true;
    return version;
  }

  std::string checked_json(std::string_view id, std::string_view json, std::int64_t crc) const {
    if (static_cast<std::int64_t>(crc32(json)) != crc)
      throw Error(ErrorCode::IoError,
                  "Document `" + std::string(id) + "` in " + file.string() + " is damaged.");
    return std::string(json);
  }

  Deletions& deletions() {
    if (!prepared_deletions) prepared_deletions.emplace(db);
    return *prepared_deletions;
  }

  bool was_deleted(std::string_view id) {
    SqliteStatement& find = deletions().find;
    const SqliteReset reset(find);
    return find.bind(1, id).step();
  }

  PutOutcome add(std::string_view id, std::string_view json, DocumentOrigin origin, Edits edits) {
    const bool deleted = was_deleted(id);
    if (deleted && edits == Edits::Keep) return PutOutcome::Kept;
    if (deleted) deletions().forget.bind(1, id).run();
    if (deleted && origin == DocumentOrigin::Client) origin = DocumentOrigin::Edited;
    insert.bind(1, id)
        .bind(2, next_version())
        .bind(3, static_cast<int>(origin))
        .bind(4, static_cast<std::int64_t>(crc32(json)))
        .bind(5, json)
        .run();
    ++count;
    return PutOutcome::Added;
  }

  void set_origin(std::int64_t ordinal, DocumentOrigin before, DocumentOrigin origin) {
    if (origin != before) update_origin.bind(1, ordinal).bind(2, static_cast<int>(origin)).run();
  }

  bool erase_document(std::string_view id, bool by_client) {
    std::int64_t ordinal = 0;
    bool is_of_client = true;
    {
      const SqliteReset reset(find_document);
      if (!find_document.bind(1, id).step()) return false;
      ordinal = find_document.integer(0);
      is_of_client = find_document.integer(3) == static_cast<int>(DocumentOrigin::Client);
    }
    erase.bind(1, ordinal).run();
    insert_erasure.bind(1, ordinal).bind(2, next_version()).run();
    if (by_client && !is_of_client) deletions().insert.bind(1, id).run();
    --count;
    return true;
  }

  void visit_rows(SqliteStatement statement, const std::function<void(const StoredDocument&)>& visit) const {
    StoredDocument document;
    while (statement.step()) {
      document.ordinal = statement.count(0);
      document.id = statement.text(1);
      document.json = checked_json(document.id, statement.text(2), statement.integer(3));
      document.origin = static_cast<DocumentOrigin>(statement.integer(4));
      visit(document);
    }
  }
};

StoreState read_store_state(const std::filesystem::path& file) {
  StoreState state;
  std::error_code error;
  if (std::filesystem::file_size(file, error) == 0 || error) return state;
  const Sqlite db(file, SqliteAccess::Read);
  if (schema_of(db) == 0) return state;
  SqliteStatement meta = db.prepare("SELECT name, value FROM meta");
  while (meta.step()) {
    if (meta.text(0) == "version") state.version = meta.count(1);
    if (meta.text(0) == "count") state.documents = meta.count(1);
  }
  SqliteStatement last = db.prepare("SELECT max(task) FROM applied");
  if (last.step() && !last.is_null(0)) state.last_task = last.count(0);
  return state;
}

DocumentStore::DocumentStore(const std::filesystem::path& file, SqliteAccess access)
    : impl_(std::make_unique<Impl>(file, access)) {}

DocumentStore::~DocumentStore() {
  if (impl_) impl_->db.rollback();
}

DocumentStore::DocumentStore(DocumentStore&&) noexcept = default;
DocumentStore& DocumentStore::operator=(DocumentStore&&) noexcept = default;

void DocumentStore::begin() {
  Impl& store = *impl_;
  store.db.begin_writing();
  store.open = true;
  store.changed = false;
  store.version = store.meta("version");
  store.count = store.meta("count");
}

void DocumentStore::commit() {
  Impl& store = *impl_;
  store.require_transaction();
  if (store.changed) {
    store.write_meta.bind(1, "version").bind(2, store.version).run();
    store.write_meta.bind(1, "count").bind(2, store.count).run();
  }
  store.db.run("COMMIT");
  store.open = false;
}

void DocumentStore::rollback() {
  impl_->db.rollback();
  impl_->open = false;
}

std::uint64_t DocumentStore::version() const { return impl_->open ? impl_->version : impl_->meta("version"); }

std::uint64_t DocumentStore::count() const { return impl_->open ? impl_->count : impl_->meta("count"); }

PutOutcome DocumentStore::put(std::string_view id, std::string_view json, DocumentOrigin origin,
                              Edits edits) {
  Impl& store = *impl_;
  store.require_transaction();
  const SqliteReset reset(store.find_document);
  if (!store.find_document.bind(1, id).step()) return store.add(id, json, origin, edits);
  const std::int64_t ordinal = store.find_document.integer(0);
  const auto crc = static_cast<std::int64_t>(crc32(json));
  const bool same = store.find_document.integer(1) == crc && store.find_document.text(2) == json;
  const auto before = static_cast<DocumentOrigin>(store.find_document.integer(3));
  store.find_document.reset();
  const bool is_kept = edits == Edits::Keep && before != DocumentOrigin::Files;
  if (is_kept || (origin == DocumentOrigin::Client && before != DocumentOrigin::Client))
    origin = DocumentOrigin::Edited;
  if (same || is_kept) {
    store.set_origin(ordinal, before, origin);
    return same ? PutOutcome::Unchanged : PutOutcome::Kept;
  }
  store.update.bind(1, ordinal)
      .bind(2, store.next_version())
      .bind(3, static_cast<int>(origin))
      .bind(4, crc)
      .bind(5, json)
      .run();
  return PutOutcome::Changed;
}

PutOutcome DocumentStore::put_back(const StoredDocument& document) {
  Impl& store = *impl_;
  store.require_transaction();
  std::optional<std::uint64_t> ordinal;
  {
    const SqliteReset reset(store.find_document);
    if (store.find_document.bind(1, std::string_view(document.id)).step())
      ordinal = store.find_document.count(0);
  }
  if (ordinal == document.ordinal) {
    const PutOutcome outcome = put(document.id, document.json, document.origin);
    store.update_origin.bind(1, *ordinal).bind(2, static_cast<int>(document.origin)).run();
    return outcome;
  }
  if (ordinal) erase(document.id);
  store.deletions().forget.bind(1, std::string_view(document.id)).run();
  const auto crc = static_cast<std::int64_t>(crc32(document.json));
  store.insert_again.bind(1, document.ordinal)
      .bind(2, std::string_view(document.id))
      .bind(3, store.next_version());
  store.insert_again.bind(4, static_cast<int>(document.origin))
      .bind(5, crc)
      .bind(6, std::string_view(document.json))
      .run();
  store.forget_erasure.bind(1, document.ordinal).run();
  ++store.count;
  return ordinal ? PutOutcome::Changed : PutOutcome::Added;
}

bool DocumentStore::erase(std::string_view id) {
  impl_->require_transaction();
  return impl_->erase_document(id, false);
}

bool DocumentStore::erase_by_client(std::string_view id) {
  impl_->require_transaction();
  return impl_->erase_document(id, true);
}

std::uint64_t DocumentStore::erase_all_by_client() {
  Impl& store = *impl_;
  store.require_transaction();
  const std::uint64_t erased = store.count;
  if (erased == 0) return 0;
  store.db.prepare("INSERT OR REPLACE INTO erasures SELECT ordinal, ?1 FROM documents")
      .bind(1, store.next_version())
      .run();
  store.db.prepare("INSERT OR IGNORE INTO deletions SELECT id FROM documents WHERE origin <> ?1")
      .bind(1, static_cast<int>(DocumentOrigin::Client))
      .run();
  store.db.run("DELETE FROM documents");
  store.count = 0;
  return erased;
}

void DocumentStore::remember_deletion(std::string_view id) {
  impl_->require_transaction();
  impl_->deletions().insert.bind(1, id).run();
}

void DocumentStore::forget_edits() {
  impl_->require_transaction();
  impl_->db.prepare("UPDATE documents SET origin=?1 WHERE origin=?2")
      .bind(1, static_cast<int>(DocumentOrigin::Files))
      .bind(2, static_cast<int>(DocumentOrigin::Edited))
      .run();
  impl_->db.run("DELETE FROM deletions");
}

std::optional<std::string> DocumentStore::find(std::string_view id) const {
  SqliteStatement& statement = impl_->find_document;
  const SqliteReset reset(statement);
  if (!statement.bind(1, id).step()) return std::nullopt;
  return impl_->checked_json(id, statement.text(2), statement.integer(1));
}

std::optional<DocumentOrigin> DocumentStore::find_origin(std::string_view id) const {
  SqliteStatement& statement = impl_->find_document;
  const SqliteReset reset(statement);
  if (!statement.bind(1, id).step()) return std::nullopt;
  return static_cast<DocumentOrigin>(statement.integer(3));
}

void DocumentStore::for_each(const std::function<void(const StoredDocument&)>& visit) const {
  impl_->visit_rows(
      impl_->db.prepare("SELECT ordinal, id, json, crc, origin FROM documents ORDER BY ordinal"), visit);
}

void DocumentStore::for_each_changed_since(std::uint64_t version,
                                           const std::function<void(const StoredDocument&)>& visit) const {
  // The order of (version, ordinal) in the index is not that of ordinals, hence the inner query.
  SqliteStatement statement = impl_->db.prepare(
      "SELECT ordinal, id, json, crc, origin FROM documents WHERE ordinal IN"
      " (SELECT ordinal FROM documents WHERE version > ?1) ORDER BY ordinal");
  statement.bind(1, version);
  impl_->visit_rows(std::move(statement), visit);
}

std::uint64_t DocumentStore::count_changed_since(std::uint64_t version) const {
  SqliteStatement statement = impl_->db.prepare("SELECT count(*) FROM documents WHERE version > ?1");
  return statement.bind(1, version).step() ? statement.count(0) : 0;
}

std::vector<std::uint64_t> DocumentStore::erased_since(std::uint64_t version) const {
  SqliteStatement statement =
      impl_->db.prepare("SELECT ordinal FROM erasures WHERE version > ?1 ORDER BY ordinal");
  statement.bind(1, version);
  std::vector<std::uint64_t> ordinals;
  while (statement.step()) ordinals.push_back(statement.count(0));
  return ordinals;
}

std::vector<std::string> DocumentStore::ids_of(DocumentOrigin origin) const {
  SqliteStatement statement =
      impl_->db.prepare("SELECT id FROM documents WHERE origin = ?1 ORDER BY ordinal");
  statement.bind(1, static_cast<int>(origin));
  std::vector<std::string> ids;
  while (statement.step()) ids.emplace_back(statement.text(0));
  return ids;
}

std::vector<std::string> DocumentStore::client_deletions() const {
  SqliteStatement statement = impl_->db.prepare("SELECT id FROM deletions ORDER BY id");
  std::vector<std::string> ids;
  while (statement.step()) ids.emplace_back(statement.text(0));
  return ids;
}

void DocumentStore::forget_erased(std::uint64_t up_to_version) {
  // In this order: erasures that are known to be forgotten, and are there, do no harm.
  impl_->db.prepare("INSERT OR REPLACE INTO meta VALUES ('forgotten', ?1)").bind(1, up_to_version).run();
  impl_->db.prepare("DELETE FROM erasures WHERE version <= ?1").bind(1, up_to_version).run();
}

bool DocumentStore::knows_erased_since(std::uint64_t version) const {
  SqliteStatement statement = impl_->db.prepare("SELECT value FROM meta WHERE name='forgotten'");
  // An older program did not note what it forgot.
  return version >= (statement.step() ? statement.count(0) : impl_->meta("version"));
}

void DocumentStore::record_applied(std::uint64_t task, std::string_view outcome) {
  impl_->require_transaction();
  impl_->insert_applied.bind(1, task).bind(2, outcome).run();
}

std::optional<std::string> DocumentStore::applied(std::uint64_t task) const {
  SqliteStatement& statement = impl_->find_applied;
  const SqliteReset reset(statement);
  if (!statement.bind(1, task).step()) return std::nullopt;
  return std::string(statement.text(0));
}

std::optional<std::uint64_t> DocumentStore::last_applied() const {
  SqliteStatement statement = impl_->db.prepare("SELECT max(task) FROM applied");
  if (!statement.step() || statement.is_null(0)) return std::nullopt;
  return statement.count(0);
}

void DocumentStore::forget_applied(std::uint64_t below_task) {
  impl_->db.prepare("DELETE FROM applied WHERE task < ?1").bind(1, below_task).run();
}

std::vector<std::string> DocumentStore::check() const {
  std::vector<std::string> damaged;
  SqliteStatement statement = impl_->db.prepare("SELECT id, json, crc FROM documents ORDER BY ordinal");
  while (statement.step())
    if (static_cast<std::int64_t>(crc32(statement.text(1))) != statement.integer(2))
      damaged.emplace_back(statement.text(0));
  return damaged;
}

void DocumentStore::require_sound() const {
  const auto damaged = [&](const std::string& how) {
    return Error(ErrorCode::IoError, "The documents in " + impl_->file.string() + " are damaged: " + how +
                                         ". `nunmul check` says what to do.");
  };
  SqliteStatement integrity = impl_->db.prepare("PRAGMA integrity_check(1)");
  if (integrity.step() && integrity.text(0) != "ok") throw damaged(std::string(integrity.text(0)));
  integrity.reset();
  if (const auto ids = check(); !ids.empty()) throw damaged("document `" + ids.front() + "`");
  SqliteStatement rows = impl_->db.prepare("SELECT count(*) FROM documents");
  if (const std::uint64_t found = rows.step() ? rows.count(0) : 0; found != count())
    throw damaged(std::to_string(found) + " of " + std::to_string(count()) + " are there");
}

void DocumentStore::begin_above(std::uint64_t version) {
  impl_->require_transaction();
  impl_->version = std::max(impl_->version, version);
  impl_->next_version();
}

}  // namespace nunmul
