// SPDX-License-Identifier: GPL-2.0-or-later
// The documents of one index as they were sent: the truth that every generation is built from and can
// be rebuilt from. One SQLite file (WAL, synchronous=FULL); each document carries a checksum.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/sqlite.h"

namespace nunmul {

inline constexpr const char* kDocumentStoreFile = "documents.db";  // in the folder of an index

// Whose a document is. Files change and remove what is theirs; an edited one has an entry in a file, or had
// one, and was changed by a client since.
enum class DocumentOrigin : std::uint8_t { Client, Files, Edited };

// Whether a client's changes and deletions win over an entry of the same id in a file.
enum class Edits { Keep, Overwrite };

struct StoredDocument {
  std::uint64_t ordinal = 0;  // given at the first insertion, kept by later changes, never used again
  std::string id;             // the primary key's value as text
  std::string json;           // the document's own JSON text
  DocumentOrigin origin = DocumentOrigin::Client;
};

enum class PutOutcome { Added, Changed, Unchanged, Kept };

// The state of a document store, read without changing it.
struct StoreState {
  std::uint64_t version = 0;
  std::uint64_t documents = 0;
  std::optional<std::uint64_t> last_task;  // of those whose outcome is recorded

  bool operator==(const StoreState&) const = default;
};
// All zero where there is no file yet, or one that holds no tables. Throws Error(IoError) that names the file
// if it cannot be read.
StoreState read_store_state(const std::filesystem::path& file);

// One connection; for one thread at a time. Several processes may open the same file: writers wait
// for each other (busy timeout), readers see the last committed state. Errors are thrown as
// Error(IoError) or Error(NoSpaceLeftOnDevice); a document whose checksum fails as Error(IoError)
// that names its id.
class DocumentStore {
 public:
  // With Write, makes the file if there is none.
  explicit DocumentStore(const std::filesystem::path& file, SqliteAccess access = SqliteAccess::Write);
  ~DocumentStore();
  DocumentStore(DocumentStore&&) noexcept;
  DocumentStore& operator=(DocumentStore&&) noexcept;

  // Everything between begin and commit happens or does not. All changes of one transaction get one
  // version, one above the last. begin waits for another writer; the destructor rolls back.
  void begin();
  void commit();
  void rollback();

  // The version of the last committed change, or inside a transaction the one it will have; 0 at first.
  std::uint64_t version() const;

  // Within a transaction. Unchanged (same JSON text) writes nothing but the origin. What a client puts in the
  // place of a file's document, or of one that it deleted, is Edited. With Edits::Keep an entry of a file
  // changes nothing that a client has changed or deleted: Kept.
  PutOutcome put(std::string_view id, std::string_view json, DocumentOrigin origin,
                 Edits edits = Edits::Overwrite);
  // The same under the ordinal that the document had in an earlier state, whether it is there, was erased
  // or has come again under another.
  PutOutcome put_back(const StoredDocument& document);
  bool erase(std::string_view id);  // whether it was there
  // The same for a client: what files have is remembered as deleted.
  bool erase_by_client(std::string_view id);
  std::uint64_t erase_all_by_client();  // how many there were
  void remember_deletion(std::string_view id);
  // Edited documents are the files' again, and deletions are as if they had never been.
  void forget_edits();

  std::optional<std::string> find(std::string_view id) const;  // the JSON text
  std::optional<DocumentOrigin> find_origin(std::string_view id) const;
  std::uint64_t count() const;

  // In the order of ordinals. `visit` must not change the store.
  void for_each(const std::function<void(const StoredDocument&)>& visit) const;
  void for_each_changed_since(std::uint64_t version,
                              const std::function<void(const StoredDocument&)>& visit) const;
  std::uint64_t count_changed_since(std::uint64_t version) const;
  // Ordinals of documents erased by later versions (and not inserted again under the same ordinal).
  std::vector<std::uint64_t> erased_since(std::uint64_t version) const;
  // Identifiers of documents with that origin.
  std::vector<std::string> ids_of(DocumentOrigin origin) const;
  // Identifiers of documents of files that clients have deleted.
  std::vector<std::string> client_deletions() const;
  // Erasures up to a version are needed no longer.
  void forget_erased(std::uint64_t up_to_version);
  // Whether erased_since(version) is complete: none of them is forgotten.
  bool knows_erased_since(std::uint64_t version) const;

  // The effects of tasks, recorded in the same transaction as their changes, so that a task is
  // applied exactly once whatever happens between this commit and the end of the task. The outcome
  // is JSON text of the task queue's own.
  void record_applied(std::uint64_t task, std::string_view outcome);
  std::optional<std::string> applied(std::uint64_t task) const;
  std::optional<std::uint64_t> last_applied() const;
  void forget_applied(std::uint64_t below_task);

  // Reads everything and checks the checksums; the identifiers of damaged documents.
  std::vector<std::string> check() const;
  // Throws Error(IoError) that says what is damaged, for those who have nothing else to go by.
  void require_sound() const;
  // Within a transaction, before its changes: their version is above this one, too.
  void begin_above(std::uint64_t version);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nunmul
