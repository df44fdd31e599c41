// SPDX-License-Identifier: GPL-2.0-or-later
// The document store: what is committed stays, what is not vanishes, versions tell what changed,
// tasks are recorded with their changes, and damage is noticed.
#include "index/document_store.h"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <chrono>

#include "base/error.h"
#include "index/sqlite.h"
#include "support/temp_dir.h"

TEST_SUITE_BEGIN("index/document_store");

namespace nunmul {
namespace {

std::vector<std::string> ids_since(const DocumentStore& store, std::uint64_t version) {
  std::vector<std::string> ids;
  store.for_each_changed_since(version, [&](const StoredDocument& document) { ids.push_back(document.id); });
  return ids;
}

TEST_CASE("documents keep their first ordinal and their order through changes") {
  const TempDir dir;
  DocumentStore store(dir / "documents.db");
  CHECK(store.version() == 0);
  store.begin();
  CHECK(store.put("a", R"({"id":"a"})", DocumentOrigin::Client) == PutOutcome::Added);
  CHECK(store.put("b", R"({"id":"b"})", DocumentOrigin::Client) == PutOutcome::Added);
  CHECK(store.version() == 1);
  store.commit();
  store.begin();
  CHECK(store.put("a", R"({"id":"a","x":1})", DocumentOrigin::Client) == PutOutcome::Changed);
  CHECK(store.put("b", R"({"id":"b"})", DocumentOrigin::Client) == PutOutcome::Unchanged);
  store.commit();
  CHECK(store.version() == 2);
  std::vector<StoredDocument> all;
  store.for_each([&](const StoredDocument& document) { all.push_back(document); });
  REQUIRE(all.size() == 2);
  CHECK(all[0].id == "a");
  CHECK(all[0].json == R"({"id":"a","x":1})");
  CHECK(all[0].ordinal < all[1].ordinal);
  CHECK(ids_since(store, 1) == std::vector<std::string>{"a"});
  CHECK(store.count_changed_since(0) == 2);
}

TEST_CASE("a transaction that is rolled back or abandoned leaves nothing") {
  const TempDir dir;
  {
    DocumentStore store(dir / "documents.db");
    store.begin();
    store.put("a", "{}", DocumentOrigin::Client);
    store.rollback();
    CHECK(store.count() == 0);
    CHECK(store.version() == 0);
    store.begin();
    store.put("b", "{}", DocumentOrigin::Client);
    store.record_applied(7, "{}");
  }
  const DocumentStore store(dir / "documents.db");
  CHECK(store.count() == 0);
  CHECK_FALSE(store.applied(7));
}

TEST_CASE("erased documents are told by ordinal, and an ordinal is never used again") {
  const TempDir dir;
  DocumentStore store(dir / "documents.db");
  store.begin();
  for (const char* id : {"a", "b", "c"}) store.put(id, "{}", DocumentOrigin::Client);
  store.commit();
  store.begin();
  CHECK(store.erase("c"));
  CHECK_FALSE(store.erase("c"));
  CHECK(store.put("c", "{}", DocumentOrigin::Client) == PutOutcome::Added);
  store.commit();
  CHECK(store.erased_since(1) == std::vector<std::uint64_t>{3});
  CHECK(store.erased_since(2).empty());
  store.begin();
  CHECK(store.erase_all_by_client() == 3);
  CHECK(store.erase_all_by_client() == 0);
  store.commit();
  CHECK(store.erased_since(2) == std::vector<std::uint64_t>{1, 2, 4});
  CHECK(store.count() == 0);
  store.forget_erased(3);
  CHECK(store.erased_since(0).empty());
}

TEST_CASE("a transaction without changes has no version of its own") {
  const TempDir dir;
  DocumentStore store(dir / "documents.db");
  store.begin();
  store.erase_all_by_client();
  store.erase("x");
  store.record_applied(1, R"({"n":0})");
  store.commit();
  CHECK(store.version() == 0);
  CHECK(store.applied(1) == R"({"n":0})");
  store.forget_applied(2);
  CHECK_FALSE(store.applied(1));
}

TEST_CASE("the origin follows the last writer without a new version") {
  const TempDir dir;
  DocumentStore store(dir / "documents.db");
  store.begin();
  store.put("a", "{}", DocumentOrigin::Client);
  store.commit();
  store.begin();
  CHECK(store.put("a", "{}", DocumentOrigin::Files) == PutOutcome::Unchanged);
  store.commit();
  CHECK(store.version() == 1);
  CHECK(store.ids_of(DocumentOrigin::Files) == std::vector<std::string>{"a"});
  CHECK(store.ids_of(DocumentOrigin::Client).empty());
}

TEST_CASE("what a client has changed or deleted is kept from entries of files, until edits are forgotten") {
  const TempDir dir;
  DocumentStore store(dir / "documents.db");
  const auto put_file = [&](const char* id, const char* json) {
    return store.put(id, json, DocumentOrigin::Files, Edits::Keep);
  };
  store.begin();
  for (const char* id : {"a", "b", "c"}) put_file(id, "{}");
  store.put("d", "{}", DocumentOrigin::Client);
  store.put("a", R"({"x":1})", DocumentOrigin::Client);
  CHECK(store.erase_by_client("b"));
  CHECK(store.erase("c"));
  store.commit();
  const std::uint64_t version = store.version();
  store.begin();
  CHECK(put_file("a", R"({"x":2})") == PutOutcome::Kept);
  CHECK(put_file("a", R"({"x":1})") == PutOutcome::Unchanged);
  CHECK(put_file("b", "{}") == PutOutcome::Kept);
  CHECK(put_file("d", R"({"x":2})") == PutOutcome::Kept);
  CHECK(store.version() == version);
  CHECK(store.ids_of(DocumentOrigin::Edited) == std::vector<std::string>{"a", "d"});
  CHECK(store.client_deletions() == std::vector<std::string>{"b"});
  CHECK(put_file("c", "{}") == PutOutcome::Added);
  store.forget_edits();
  CHECK(put_file("a", R"({"x":2})") == PutOutcome::Changed);
  CHECK(put_file("b", "{}") == PutOutcome::Added);
  store.put("e", "{}", DocumentOrigin::Client);
  CHECK(store.erase_all_by_client() == 5);
  store.commit();
  CHECK(store.client_deletions() == std::vector<std::string>{"a", "b", "c", "d"});
}

TEST_CASE("a store of the first schema is taken over with its documents") {
  const TempDir dir;
  {
    DocumentStore store(dir / "documents.db");
    store.begin();
    store.put("a", "{}", DocumentOrigin::Files);
    store.commit();
  }
  {
    Sqlite db(dir / "documents.db");
    db.run("DROP TABLE deletions");
    db.run("PRAGMA user_version=1");
  }
  DocumentStore store(dir / "documents.db");
  CHECK(store.version() == 1);
  CHECK(store.ids_of(DocumentOrigin::Files) == std::vector<std::string>{"a"});
  CHECK(store.client_deletions().empty());
}

TEST_CASE("another connection sees the last committed state") {
  const TempDir dir;
  DocumentStore writer(dir / "documents.db");
  const DocumentStore reader(dir / "documents.db");
  writer.begin();
  writer.put("a", "{}", DocumentOrigin::Client);
  CHECK(reader.count() == 0);
  CHECK_FALSE(reader.find("a"));
  writer.commit();
  CHECK(reader.count() == 1);
  CHECK(reader.find("a") == "{}");
  CHECK(reader.version() == 1);
}

TEST_CASE("a document whose bytes changed on disk is refused by name") {
  const TempDir dir;
  {
    DocumentStore store(dir / "documents.db");
    store.begin();
    store.put("good", "{}", DocumentOrigin::Client);
    store.put("bad", R"({"title":"tears"})", DocumentOrigin::Client);
    store.commit();
  }
  sqlite3* raw = nullptr;
  REQUIRE(sqlite3_open((dir / "documents.db").c_str(), &raw) == SQLITE_OK);
  REQUIRE(sqlite3_exec(raw, "UPDATE documents SET json='{\"title\":\"teasr\"}' WHERE id='bad'", nullptr,
                       nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(raw);
  const DocumentStore store(dir / "documents.db");
  CHECK(store.check() == std::vector<std::string>{"bad"});
  CHECK(store.find("good") == "{}");
  CHECK_THROWS_WITH_AS(store.find("bad"), doctest::Contains("Document `bad`"), Error);
}

TEST_CASE("changes outside a transaction are refused") {
  const TempDir dir;
  DocumentStore store(dir / "documents.db");
  CHECK_THROWS_AS(store.put("a", "{}", DocumentOrigin::Client), Error);
}

TEST_CASE("a hundred thousand documents go in at once") {
  const TempDir dir;
  DocumentStore store(dir / "documents.db");
  const std::string body = std::string(80, 'x');
  const auto start = std::chrono::steady_clock::now();
  store.begin();
  for (int i = 0; i < 100'000; ++i) {
    const std::string id = "tt" + std::to_string(i * 7919 % 100'003);
    store.put(id, R"({"id":")" + id + R"(","t":")" + body + "\"}", DocumentOrigin::Client);
  }
  store.commit();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  MESSAGE("100,000 insertions: " << seconds << " s");
  CHECK(store.count() == 100'000);
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
