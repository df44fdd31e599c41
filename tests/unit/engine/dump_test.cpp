// SPDX-License-Identifier: GPL-2.0-or-later
// Dumps come from outside: whatever stands in one is read whole and right, or refused with file and line, and
// then nothing of it is left behind.
#include "engine/dump_import.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "engine/data_dir.h"
#include "engine/dump_entry.h"
#include "engine/engine.h"
#include "support/temp_dir.h"
#include "text/language_resources.h"
#include "unit/engine/engine_options.h"

TEST_SUITE_BEGIN("engine/dump");

namespace nunmul {
namespace {

const std::string kHead = R"({"nunmulDump": 1, "createdAt": "2026-07-22T09:15:03Z"})";
const std::string kKey =
    R"({"key": {"uid": "6062abda-a5aa-4414-ac91-ecd7944c0f8d", "name": "Site", "description": null,)"
    R"( "actions": ["search"], "indexes": ["songs"], "expiresAt": null, "createdAt": "2026-07-22T09:15:03Z",)"
    R"( "updatedAt": "2026-07-22T09:15:03Z"}})";
const std::string kFeatures = R"({"features": {"metrics": true}})";
const std::string kHook =
    R"({"webhook": {"uuid": "627ea538-733d-4545-8d2d-03526eb381ce", "url": "http://127.0.0.1:9/", "headers":)"
    R"( {"X-Key": "s"}, "owner": "6062abda-a5aa-4414-ac91-ecd7944c0f8d"}})";
const std::string kSettings =
    R"({"settings": {"stopWords": ["the"]}, "defaultRankingRules": true, "nunmul": {}})";

std::string index_line(const std::string& uid, const std::string& settings = kSettings) {
  return R"({"index": {"uid": ")" + uid + R"(", "primaryKey": "id", "createdAt": "2026-07-22T09:15:03Z",)" +
         R"( "updatedAt": "2026-07-22T09:15:03Z", "settings": )" + settings + "}}";
}

std::string document_line(int id) {
  return R"({"document": {"id": )" + std::to_string(id) +
         R"(, "title": "Rain, again", "tags": [ "a", {"b" : 1} ]}})";
}

std::string end_line(int documents) { return R"({"end": {"documents": )" + std::to_string(documents) + "}}"; }

std::vector<std::string> whole_dump() {
  return {kHead,
          kKey,
          kFeatures,
          kHook,
          index_line("songs"),
          document_line(1),
          document_line(2),
          index_line("films"),
          document_line(1),
          end_line(3)};
}

std::filesystem::path write_lines(const TempDir& dir, const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  write_file(dir / "a.dump", text);
  return dir / "a.dump";
}

// The message of a refusal, or "".
std::string import(const std::filesystem::path& file, CatalogStore& store) {
  try {
    import_dump(file, store, std::make_shared<LanguageResources>());
    return "";
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::InvalidInput);
    return error.what();
  }
}

std::uint64_t rows_of(CatalogStore& store, const std::string& table) {
  return store.read([&](Sqlite& db) {
    SqliteStatement count = db.prepare("SELECT count(*) FROM " + table);
    return count.step() ? count.count(0) : 0;
  });
}

void require_nothing_left(CatalogStore& store) {
  for (const char* table : {"indexes", "keys", "webhooks"}) REQUIRE(rows_of(store, table) == 0);
  REQUIRE(store.features().empty());
  store.read([&](Sqlite& db) { REQUIRE_NOTHROW(require_no_import(db, store.data_dir())); });
  REQUIRE(std::filesystem::is_empty(store.data_dir() / "indexes"));
  for (const auto& entry : std::filesystem::directory_iterator(store.data_dir()))
    REQUIRE(entry.path().filename().string().find("dump") == std::string::npos);
}

TEST_CASE("a dump that another JSON writer wrote comes back") {
  const TempDir dir;
  EngineOptions options = options_for(dir / "data");
  options.import_dump = write_lines(dir, whole_dump());
  options.master_key = "a master key";
  Engine opened(options);
  const auto generation = opened.catalog().at("songs")->index->generation();
  REQUIRE(generation->documents() == 2);
  CHECK(generation->json(*generation->find("1")) == R"({"id":1,"title":"Rain, again","tags":["a",{"b":1}]})");
  CHECK(opened.catalog().at("songs")->row.settings.stop_words == std::vector<std::string>{"the"});
  CHECK(opened.catalog().at("films")->index->generation()->documents() == 1);
  CHECK(opened.keys().list().size() == 1);
  CHECK(opened.features()["metrics"] == true);
  REQUIRE(opened.webhooks().list().size() == 1);
  CHECK(opened.webhooks().list()[0].owner == opened.keys().list()[0].uid);
}

TEST_CASE("what is wrong is named with file and line, and nothing of the dump is left") {
  const TempDir dir;
  CatalogStore store(dir / "data");
  struct Case {
    std::size_t line;
    std::string text;
    std::string problem;
  };
  const std::string big(5'000'001, 'x');
  const auto replaced = [](std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
  };
  const std::vector<Case> cases{
      {1, kKey, "This is no dump"},
      {1, R"({"nunmulDump": 2})", "does not know the dump's format"},
      {2, "[]", "no object"},
      {2, "{}", "no object with a field"},
      {2, R"({"key": )", "no JSON"},
      {2, kHead, "begins twice"},
      {2, R"({"song": {}})", "No line of a dump has a field `song`"},
      {2, R"({"key": {}, "webhook": {}})", "more than one field"},
      {2, replaced(kKey, "6062abda-a5aa-4414-ac91-ecd7944c0f8d", "../../x"), "is not a UUID"},
      {2, replaced(kKey, "\"search\"", "\"everything\""), "Unknown value `everything` at `.actions[0]`"},
      {2, replaced(kKey, "\"songs\"", "\"a/b\""), "not a valid index uid pattern"},
      {2, replaced(kKey, "\"Site\"", "5"), "Invalid value type at `.name`"},
      {2, replaced(kKey, "\"expiresAt\": null", "\"expiresAt\": \"soon\""), "no time of RFC 3339"},
      {2, replaced(kKey, "\"name\"", "\"secret\": \"x\", \"name\""), "Unknown field `secret`"},
      {3, R"({"features": {"teleport": true}})", "Unknown field `teleport`"},
      {3, R"({"features": {"metrics": 1}})", "expected a boolean"},
      {3, kKey, "two keys with the uid"},
      {4, replaced(kHook, "http://127.0.0.1:9/", "ftp://x"), "does not begin with http"},
      {4, replaced(kHook, "X-Key", "Transfer-Encoding"), "the sender of the posts sets this header itself"},
      {4, replaced(kHook, "\"s\"", "\"s\\r\\nX: y\""), "has no control characters"},
      {4, replaced(kHook, "6062abda-a5aa-4414-ac91-ecd7944c0f8d", "6062abda-a5aa-4414-ac91-ecd7944c0f8e"),
       "which does not stand before it"},
      {5, document_line(1), "belongs to no index"},
      {5, index_line("../up"), "not a valid index uid"},
      {5,
       index_line("songs",
                  R"({"settings": {"rankingRules": ["x"]}, "defaultRankingRules": true, "nunmul": {}})"),
       "`.rankingRules[0]`"},
      {6, R"({"document": 5})", "The document is no object"},
      {6, R"({"document": {"title": "x"}})", "doesn't have a `id` attribute"},
      {6, R"({"document": {"id": "a b"}})", "identifier `\"a b\"` is invalid"},
      {6, R"({"document": {"id": 1, "t": ")" + big + "\"}}", "has more than 5,000,000 bytes"},
      {8, index_line("songs"), "two indexes with the uid"},
      {9, R"({"document": {"id": 1, "_geo": 5}})", "`_geo` field"},
      {10, end_line(4), "says that it has 4 documents, and 3 were found"},
      {10, kFeatures, "its end is missing"},
  };
  for (const Case& each : cases) {
    std::vector<std::string> lines = whole_dump();
    lines[each.line - 1] = each.text;
    const std::string message = import(write_lines(dir, lines), store);
    CAPTURE(each.text.substr(0, 300));
    CAPTURE(message);
    // A missing end is noticed behind the last line.
    const std::size_t line = each.problem == "its end is missing" ? each.line + 1 : each.line;
    CHECK(message.starts_with((dir / "a.dump").string() + ":" + std::to_string(line) + ": "));
    CHECK(message.find(each.problem) != message.npos);
    require_nothing_left(store);
  }
}

TEST_CASE("a line without end is refused before it fills the memory") {
  const TempDir dir;
  CatalogStore store(dir / "data");
  write_file(dir / "a.dump", kHead + "\n{\"document\": \"" + std::string(100'300'000, 'x'));
  CHECK(import(dir / "a.dump", store).find("a.dump:2: the line has more than 100,000,000 bytes") !=
        std::string::npos);
  require_nothing_left(store);
}

TEST_CASE("a document as deep as one may be comes back") {
  const TempDir dir;
  CatalogStore store(dir / "data");
  std::vector<std::string> lines = whole_dump();
  lines[5] = R"({"document": {"id":1,"a":)" + std::string(199, '[') + std::string(199, ']') + "}}";
  CHECK(import(write_lines(dir, lines), store) == "");
}

// A few changes at random places.
void change(std::vector<std::string>& lines, std::mt19937& random) {
  const auto below = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  };
  const std::string marks = "{}[]\":,\\ \n\t0e-.nulx\xFF";
  for (std::size_t changes = 1 + below(3); changes > 0; --changes) {
    std::string& line = lines[below(lines.size())];
    if (line.empty()) continue;
    const std::size_t at = below(line.size());
    switch (below(5)) {
      case 0:
        line[at] = marks[below(marks.size())];
        break;
      case 1:
        line.insert(at, 1, marks[below(marks.size())]);
        break;
      case 2:
        line.erase(at, 1 + below(20));
        break;
      case 3:
        line.insert(at, line.substr(below(line.size()), below(40)));
        break;
      default:
        std::swap(line, lines[below(lines.size())]);
    }
  }
}

TEST_CASE("changed lines become checked entries or are refused") {
  std::mt19937 random(20260723);
  int taken = 0, refused = 0;
  for (int round = 0; round < 2'000; ++round) {
    std::vector<std::string> lines = whole_dump();
    change(lines, random);
    for (const std::string& line : lines) {
      try {
        read_dump_entry(line);
        ++taken;
      } catch (const Error&) {
        ++refused;
      }
    }
  }
  CHECK(taken > 10'000);
  CHECK(refused > 1'000);
}

TEST_CASE("changed dumps are taken, or refused with their place and nothing left") {
  const TempDir dir;
  std::mt19937 random(20260722);
  int taken = 0, refused = 0;
  auto store = std::make_unique<CatalogStore>(dir / "data");
  for (int round = 0; round < 50; ++round) {
    CAPTURE(round);
    std::vector<std::string> lines = whole_dump();
    change(lines, random);
    const std::filesystem::path file = write_lines(dir, lines);
    const std::string message = import(file, *store);
    if (message.empty()) {
      ++taken;
      store = std::make_unique<CatalogStore>(dir / ("data" + std::to_string(round)));
      continue;
    }
    ++refused;
    REQUIRE(message.starts_with(file.string() + ":"));
    require_nothing_left(*store);
  }
  CHECK(taken > 0);
  CHECK(refused > 20);
}

TEST_CASE("keys of a dump take the place of those that the first start made, and of no others") {
  const TempDir dir;
  EngineOptions options = options_for(dir / "data");
  options.master_key = "a master key";
  std::string own;
  {
    Engine engine(options);
    NewApiKey fresh;
    fresh.name = "Own";
    fresh.actions = {"search"};
    fresh.indexes = {"*"};
    own = engine.keys().create(fresh).uid;
    REQUIRE(engine.keys().list().size() == 3);
  }
  options.import_dump = write_lines(dir, whole_dump());
  Engine engine(options);
  CHECK(engine.keys().list().size() == 2);
  CHECK(engine.keys().find(own));
  CHECK(engine.keys().find("6062abda-a5aa-4414-ac91-ecd7944c0f8d"));
}

TEST_CASE("an import that a crash broke off is ended by the next start, forward or back") {
  const TempDir dir;
  const std::string aside = "dump-import-1";
  for (const bool committed : {true, false}) {
    CAPTURE(committed);
    const std::filesystem::path data = dir / (committed ? "committed" : "not");
    {
      CatalogStore store(data);
      if (committed) REQUIRE(import(write_lines(dir, whole_dump()), store) == "");
      std::filesystem::create_directories(data / aside);
      std::filesystem::create_directories(data / aside / "99/segments");
      if (committed) std::filesystem::rename(data / "indexes/2", data / aside / "2");
      store.write([&](Sqlite& db) { set_meta(db, "dump_import", aside); });
    }
    CHECK_THROWS_WITH_AS(DataDir(data, StoreUse::Read), doctest::Contains("nunmul serve"), Error);
    Engine engine(options_for(data));
    CHECK(engine.catalog().list().size() == (committed ? 2 : 0));
    if (committed) CHECK(engine.catalog().at("films")->index->generation()->documents() == 1);
    CHECK_FALSE(std::filesystem::exists(data / aside));
    CHECK_NOTHROW(DataDir(data, StoreUse::Read));
  }
}

TEST_CASE("a store of the first schema is taken over") {
  const TempDir dir;
  {
    CatalogStore store(dir.path());
    store.write([](Sqlite& db) {
      for (const char* trigger : {"indexes_made", "indexes_changed", "indexes_deleted"})
        db.run("DROP TRIGGER " + std::string(trigger));
      db.run("DROP TABLE removals");
      db.run("ALTER TABLE indexes DROP COLUMN documents_version");
      db.run("ALTER TABLE indexes DROP COLUMN revision");
      db.run("ALTER TABLE webhooks DROP COLUMN owner");
      db.run("INSERT INTO webhooks VALUES ('u', 'http://x', '{}')");
    });
    store.read([](Sqlite& db) { db.run("PRAGMA user_version=1"); });
  }
  CatalogStore store(dir.path());
  const auto hooks = store.read([](Sqlite& db) { return read_webhook_rows(db); });
  REQUIRE(hooks.size() == 1);
  CHECK_FALSE(hooks[0].owner);
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
