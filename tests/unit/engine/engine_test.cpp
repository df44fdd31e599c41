// SPDX-License-Identifier: GPL-2.0-or-later
// The engine as a whole: writes become searchable generations, failed tasks change nothing, settings
// and indexes follow, copies of everything come back, and no kill loses or doubles what was accepted.
#include "engine/engine.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "engine/data_dir.h"
#include "support/temp_dir.h"
#include "text/language_resources.h"

TEST_SUITE_BEGIN("engine/engine");

namespace nunmul {
namespace {

using namespace std::chrono_literals;

EngineOptions options_for(const std::filesystem::path& folder) {
  EngineOptions options;
  options.data_dir = folder;
  options.resources = std::make_shared<LanguageResources>();
  return options;
}

struct Fixture {
  TempDir dir;
  std::unique_ptr<Engine> engine = std::make_unique<Engine>(options_for(dir / "data"));

  void restart(std::optional<std::filesystem::path> dump = {}) {
    engine.reset();
    EngineOptions options = options_for(dir / "data");
    options.import_dump = std::move(dump);
    engine = std::make_unique<Engine>(std::move(options));
  }

  Task done(NewTask fresh) {
    const std::uint64_t uid = engine->tasks().enqueue(std::move(fresh)).uid;
    REQUIRE(engine->tasks().wait_for(uid, 60s));
    return engine->tasks().find(uid).value_or(Task{});
  }

  NewTask addition(const std::string& index, std::string_view body, const AdditionOptions& options = {}) {
    PayloadWriter writer = engine->payload_writer(PayloadFormat::JsonText);
    writer.write(body);
    return document_addition(index, writer.finish(), options);
  }

  Task add(const std::string& index, std::string_view body, const AdditionOptions& options = {}) {
    return done(addition(index, body, options));
  }

  std::string document(const std::string& index, const std::string& id) {
    const auto generation = engine->catalog().at(index)->index->generation();
    const auto found = generation->find(id);
    return found ? std::string(generation->json(*found)) : "";
  }

  std::uint64_t count(const std::string& index) { return engine->catalog().at(index)->index->generation()->documents(); }
};

std::string failure(const Task& task) {
  CHECK(task.status == TaskStatus::Failed);
  return task.error ? std::string(error_row(task.error->code).name) : "";
}

TEST_CASE("documents that were added are there when their task has succeeded") {
  Fixture f;
  const Task task = f.add("songs", R"([{"id":1,"title":"밤편지","n":12345678901234567890123},{"id":"2","title":"좋은 날"}])");
  CHECK(task.status == TaskStatus::Succeeded);
  CHECK(dump_json(task.details) == R"({"receivedDocuments":2,"indexedDocuments":2})");
  CHECK(f.count("songs") == 2);
  CHECK(f.document("songs", "1") == R"({"id":1,"title":"밤편지","n":12345678901234567890123})");
  CHECK(f.engine->catalog().at("songs")->row.primary_key == "id");
  f.restart();
  CHECK(f.count("songs") == 2);
}

TEST_CASE("the same identifier is replaced, merged, or left out as the request says") {
  Fixture f;
  f.add("songs", R"([{"id":8,"a":1,"b":2}])");
  f.add("songs", R"([{"id":"8","c":3}])", {.method = AdditionOptions::Method::Merge});
  CHECK(f.document("songs", "8") == R"({"id":"8","a":1,"b":2,"c":3})");
  f.add("songs", R"([{"id":8,"d":4}])");
  CHECK(f.document("songs", "8") == R"({"id":8,"d":4})");
  const Task task = f.add("songs", R"([{"id":8,"e":5},{"id":9}])", {.skip_creation = true});
  CHECK(task.details["indexedDocuments"] == 1);
  CHECK(f.document("songs", "8") == R"({"id":8,"e":5})");
  CHECK(f.count("songs") == 1);
}

TEST_CASE("a task that fails changes nothing") {
  Fixture f;
  f.add("songs", R"([{"id":1}])");
  CHECK(failure(f.add("songs", R"([{"id":6},{"title":"none"}])")) == "missing_document_id");
  CHECK(failure(f.add("songs", R"([{"id":"a b"}])")) == "invalid_document_id");
  CHECK(f.count("songs") == 1);
  CHECK(failure(f.add("films", R"([{"id":1,"kid":2}])")) == "index_primary_key_multiple_candidates_found");
  CHECK(failure(f.add("films", R"([{"title":"x"}])")) == "index_primary_key_no_candidate_found");
  CHECK_FALSE(f.engine->catalog().at("films")->row.primary_key);
  const Task task = f.add("films", R"([{"title":"x"}])", {.missing_index = MissingIndex::Fail});
  CHECK(failure(task) == "index_primary_key_no_candidate_found");
  CHECK(failure(f.add("none", R"([{"id":1}])", {.missing_index = MissingIndex::Fail})) == "index_not_found");
  CHECK_FALSE(f.engine->catalog().find("none"));
}

TEST_CASE("a large task that fails late is undone, and its neighbours are done") {
  Fixture f;
  std::string body;
  const std::string text(1'000, 'x');
  for (int i = 0; i < 6'000; ++i) body += "{\"id\":" + std::to_string(i) + ",\"t\":\"" + text + "\"}\n";
  body += "{\"none\":1}\n";
  PayloadWriter writer = f.engine->payload_writer(PayloadFormat::Ndjson);
  writer.write(body);
  // The first task holds the worker while the others gather behind it.
  f.engine->tasks().enqueue(f.addition("songs", R"([{"id":"a"}])"));
  const std::uint64_t bad = f.engine->tasks().enqueue(document_addition("songs", writer.finish(), {})).uid;
  const Task last = f.add("songs", R"([{"id":"b"}])");
  CHECK(last.status == TaskStatus::Succeeded);
  CHECK(failure(*f.engine->tasks().find(bad)) == "missing_document_id");
  CHECK(f.engine->tasks().find(bad)->details["indexedDocuments"] == 0);
  CHECK(f.count("songs") == 2);
}

TEST_CASE("documents are deleted by identifier, by filter and all") {
  Fixture f;
  f.add("songs", R"([{"id":1,"kind":"song"},{"id":2,"kind":"film"},{"id":3,"kind":"song"},{"id":4}])");
  Task task = f.done(document_deletion("songs", {"4", "99"}));
  CHECK(dump_json(task.details) == R"({"providedIds":2,"deletedDocuments":1})");
  CHECK(failure(f.done(document_deletion_by_filter("songs", "kind = song"))) == "invalid_document_filter");
  f.done(settings_update("songs", Json{{"filterableAttributes", {"kind"}}}, MissingIndex::Create));
  task = f.done(document_deletion_by_filter("songs", "kind = song"));
  CHECK(task.details["deletedDocuments"] == 2);
  CHECK(task.details["originalFilter"] == "\"kind = song\"");
  CHECK(f.count("songs") == 1);
  CHECK(f.document("songs", "2") == R"({"id":2,"kind":"film"})");
  task = f.done(document_deletion_of_all("songs"));
  CHECK(task.details["deletedDocuments"] == 1);
  CHECK(f.count("songs") == 0);
  CHECK(failure(f.done(document_deletion_of_all("none"))) == "index_not_found");
  CHECK_FALSE(f.engine->catalog().find("none"));
}

TEST_CASE("settings act when their task has succeeded and stay over a restart") {
  Fixture f;
  f.add("songs", R"([{"id":1,"kind":"song"}])");
  const Task task = f.done(settings_update("songs", Json{{"filterableAttributes", {"kind"}}, {"stopWords", {"the"}}}, MissingIndex::Create));
  CHECK(task.status == TaskStatus::Succeeded);
  CHECK(dump_json(task.details) == R"({"filterableAttributes":["kind"],"stopWords":["the"]})");
  CHECK(f.engine->catalog().at("songs")->row.settings.stop_words == std::vector<std::string>{"the"});
  CHECK(f.engine->catalog().at("songs")->index->generation()->settings().stop_words == std::vector<std::string>{"the"});
  f.restart();
  CHECK(f.engine->catalog().at("songs")->index->generation()->settings().filterable_attributes.size() == 1);
  CHECK(failure(f.done(settings_update("none", Json{{"stopWords", nullptr}}, MissingIndex::Fail))) == "index_not_found");
  CHECK(f.done(settings_update("fresh", Json{{"stopWords", {"a"}}}, MissingIndex::Create)).status == TaskStatus::Succeeded);
  CHECK(f.engine->catalog().at("fresh")->row.settings.stop_words.size() == 1);
  f.done(own_settings_update("fresh", Json{{"defaultMatchingStrategy", "all"}}, MissingIndex::Create));
  CHECK(f.engine->catalog().at("fresh")->row.settings.default_matching_strategy == MatchingStrategy::All);
}

TEST_CASE("indexes are made, renamed, swapped and removed") {
  Fixture f;
  CHECK(f.done(index_creation("a", "key")).status == TaskStatus::Succeeded);
  CHECK(failure(f.done(index_creation("a", {}))) == "index_already_exists");
  CHECK(f.engine->catalog().at("a")->row.primary_key == "key");
  f.done(index_update("a", "id", {}));
  CHECK(f.engine->catalog().at("a")->row.primary_key == "id");
  f.add("a", R"([{"id":1}])");
  CHECK(failure(f.done(index_update("a", "key", {}))) == "index_primary_key_already_exists");
  CHECK(failure(f.add("a", R"([{"key":1}])", {.primary_key = "key"})) == "index_primary_key_already_exists");
  f.add("b", R"([{"id":2},{"id":3}])");
  CHECK(failure(f.done(index_update("a", {}, "b"))) == "index_already_exists");
  CHECK(f.done(index_update("a", {}, "c")).details["newIndexUid"] == "c");
  CHECK(f.count("c") == 1);
  CHECK_FALSE(f.engine->catalog().find("a"));
  CHECK(f.done(index_swap({{"b", "c", false}})).status == TaskStatus::Succeeded);
  CHECK(f.count("c") == 2);
  CHECK(f.count("b") == 1);
  CHECK(failure(f.done(index_swap({{"b", "c", false}, {"b", "none", false}}))) == "index_not_found");
  CHECK(f.count("c") == 2);
  CHECK(f.done(index_swap({{"c", "d", true}})).status == TaskStatus::Succeeded);
  CHECK(f.count("d") == 2);
  const std::filesystem::path folder = f.engine->catalog().at("d")->index->folder();
  CHECK(f.done(index_deletion("d")).details["deletedDocuments"] == 2);
  CHECK_FALSE(f.engine->catalog().find("d"));
  CHECK(failure(f.done(index_deletion("d"))) == "index_not_found");
  f.restart();
  CHECK_FALSE(std::filesystem::exists(folder));
  CHECK(f.engine->catalog().list().size() == 1);
}

TEST_CASE("a deleted index can be read by those who hold it") {
  Fixture f;
  f.add("a", R"([{"id":1}])");
  const auto entry = f.engine->catalog().at("a");
  f.done(index_deletion("a"));
  const auto generation = entry->index->generation();
  CHECK(generation->json(*generation->find("1")) == R"({"id":1})");
  CHECK(std::filesystem::exists(entry->index->folder()));
}

TEST_CASE("many small additions sent at once share batches") {
  Fixture f;
  const auto start = std::chrono::steady_clock::now();
  std::uint64_t last = 0;
  for (int i = 0; i < 1'000; ++i) last = f.engine->tasks().enqueue(f.addition("songs", "{\"id\":" + std::to_string(i) + ",\"t\":\"" + std::string(480, 'x') + "\"}")).uid;
  REQUIRE(f.engine->tasks().wait_for(last, 60s));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  MESSAGE("1,000 additions, each its own task: " << seconds << " s, batches " << f.engine->tasks().list_batches({}, {}).total);
  CHECK(f.count("songs") == 1'000);
  CHECK(f.engine->tasks().list_batches({}, {}).total < 100);
}

TEST_CASE("statistics have their fields") {
  Fixture f;
  f.done(index_creation("empty", {}));
  f.add("songs", R"([{"id":1,"title":"a"},{"id":2}])");
  const Json empty = f.engine->index_stats(*f.engine->catalog().at("empty"));
  CHECK(dump_json(empty) == R"({"numberOfDocuments":0,"rawDocumentDbSize":0,"avgDocumentSize":0,"isIndexing":false,"numberOfEmbeddings":0,"numberOfEmbeddedDocuments":0,"fieldDistribution":{}})");
  const Json all = f.engine->stats(Grant());
  CHECK(all["indexes"]["songs"]["numberOfDocuments"] == 2);
  CHECK(all["indexes"]["songs"]["fieldDistribution"]["title"] == 1);
  CHECK(all["databaseSize"].get<std::uint64_t>() > 0);
  CHECK(all["lastUpdate"].is_string());
}

TEST_CASE("features are kept") {
  Fixture f;
  CHECK(f.engine->features().size() == 12);
  CHECK(f.engine->update_features(Json{{"metrics", true}})["metrics"] == true);
  f.restart();
  CHECK(f.engine->features()["metrics"] == true);
  CHECK_THROWS_AS(f.engine->update_features(Json{{"x", true}}), Error);
  CHECK_THROWS_AS(f.engine->update_features(Json{{"metrics", 1}}), Error);
}

TEST_CASE("a second server on the same folder is refused") {
  Fixture f;
  CHECK_THROWS_WITH_AS(Engine(options_for(f.dir / "data")), doctest::Contains("is served by pid"), Error);
  CHECK(DataDir(f.dir / "data", DataDir::Missing::Fail).server().has_value());
  f.engine.reset();
  CHECK_FALSE(DataDir(f.dir / "data", DataDir::Missing::Fail).server());
  CHECK_THROWS_AS(DataDir(f.dir / "none", DataDir::Missing::Fail), Error);
}

TEST_CASE("a dump comes back on another server") {
  Fixture f;
  f.add("songs", R"([{"id":1,"title":"밤편지","n":12345678901234567890123},{"id":2}])");
  f.done(settings_update("songs", Json{{"stopWords", {"the"}}}, MissingIndex::Create));
  f.done(index_creation("empty", {}));
  const Task task = f.done(dump_creation());
  REQUIRE(task.status == TaskStatus::Succeeded);
  const std::filesystem::path dump = f.dir / "data/dumps" / (task.details["dumpUid"].get<std::string>() + ".dump");
  REQUIRE(std::filesystem::exists(dump));
  const auto created = f.engine->catalog().at("songs")->row.created_at;

  EngineOptions options = options_for(f.dir / "other");
  options.import_dump = dump;
  {
    Engine other(options);
    const auto entry = other.catalog().at("songs");
    CHECK(entry->row.primary_key == "id");
    CHECK(entry->row.settings.stop_words == std::vector<std::string>{"the"});
    CHECK(entry->row.created_at == created);
    const auto generation = entry->index->generation();
    REQUIRE(generation->documents() == 2);
    CHECK(generation->json(*generation->find("1")) == R"({"id":1,"title":"밤편지","n":12345678901234567890123})");
    CHECK(other.catalog().find("empty"));
  }
  CHECK_THROWS_WITH_AS(Engine{options}, doctest::Contains("empty data folder"), Error);
  std::filesystem::resize_file(dump, std::filesystem::file_size(dump) / 2);
  options.data_dir = f.dir / "third";
  CHECK_THROWS_AS(Engine{options}, Error);
}

TEST_CASE("a snapshot is a data folder of its own") {
  Fixture f;
  f.add("songs", R"([{"id":1}])");
  REQUIRE(f.done(snapshot_creation()).status == TaskStatus::Succeeded);
  f.add("songs", R"([{"id":2}])");
  const std::filesystem::path snapshot = std::filesystem::directory_iterator(f.dir / "data/snapshots")->path();
  EngineOptions options = options_for(f.dir / "other");
  options.import_snapshot = snapshot;
  Engine other(options);
  CHECK(other.catalog().at("songs")->index->generation()->documents() == 1);
  CHECK(other.tasks().unfinished() == 0);
  CHECK(other.tasks().list({}, {}).total == 2);
}

TEST_CASE("an index that a command makes and fills while the server runs is found") {
  Fixture f;
  {
    DataDir data(f.dir / "data", DataDir::Missing::Fail);
    const IndexRow row = data.ensure_index("entries", "id");
    Index index(data.folder(row), std::make_shared<LanguageResources>());
    IndexWriter writer(index, "test");
    writer.documents().begin();
    writer.documents().put("1", R"({"id":"1"})", DocumentOrigin::Files);
    writer.documents().commit();
    writer.publish(writer.build(row.settings));
  }
  for (int i = 0; i < 200 && !(f.engine->catalog().find("entries") && f.count("entries") == 1); ++i) std::this_thread::sleep_for(10ms);
  CHECK(f.count("entries") == 1);
}

TEST_CASE("documents that a crash left out of the generation are brought in at the start") {
  Fixture f;
  f.add("songs", R"([{"id":1}])");
  const std::filesystem::path folder = f.engine->catalog().at("songs")->index->folder();
  f.engine.reset();
  {
    DocumentStore store(folder / "documents.db");
    store.begin();
    store.put("2", R"({"id":2})", DocumentOrigin::Client);
    store.commit();
  }
  f.restart();
  f.done(index_creation("after", {}));  // the worker is past its first duties
  CHECK(f.count("songs") == 2);
}

// Runs an engine that adds one document a task and writes each accepted one to `pipe`, until killed.
[[noreturn]] void accept_until_killed(const std::filesystem::path& folder, int pipe, std::uint64_t first) {
  try {
    Engine engine(options_for(folder));
    for (std::uint64_t number = first;; ++number) {
      const std::string body = "{\"id\":" + std::to_string(number) + ",\"t\":\"tears\"}\n";
      engine.tasks().enqueue(document_addition("songs", Payload::of_text(body, 1), {}));
      if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(1);
    }
  } catch (const std::exception& error) {
    ::fprintf(stderr, "child: %s\n", error.what());
  }
  ::_exit(2);
}

TEST_CASE("twenty kills lose and double nothing that was accepted") {
  const TempDir dir;
  std::mt19937 random(20260722);  // fixed
  std::uint64_t accepted = 0;
  for (int round = 0; round < 20; ++round) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      accept_until_killed(dir / "data", ends[1], accepted);
    }
    ::close(ends[1]);
    std::thread killer([&, wait = std::chrono::milliseconds(50 + random() % 250)] {
      std::this_thread::sleep_for(wait);
      ::kill(child, SIGKILL);
    });
    std::uint64_t number = 0;
    while (::read(ends[0], &number, sizeof number) == sizeof number) accepted = number + 1;
    killer.join();
    ::close(ends[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
  }
  MESSAGE("accepted over 20 kills: " << accepted);
  Engine engine(options_for(dir / "data"));
  const TaskPage tasks = engine.tasks().list({}, {});
  REQUIRE(tasks.total >= accepted);
  REQUIRE(engine.tasks().wait_for(tasks.tasks.front().uid, 60s));
  // A task may have been stored whose acceptance nobody heard of; its number was used again.
  CHECK(tasks.total <= accepted + 21);
  CHECK(tasks.tasks.front().uid + 1 == tasks.total);
  TaskFilter filter;
  filter.statuses = {TaskStatus::Succeeded};
  CHECK(engine.tasks().list(filter, {}).total == tasks.total);
  const auto generation = engine.catalog().at("songs")->index->generation();
  std::uint64_t missing = 0;
  for (std::uint64_t number = 0; number < accepted; ++number) missing += generation->find(std::to_string(number)) ? 0 : 1;
  CHECK(missing == 0);
  CHECK(generation->documents() <= accepted + 1);
  CHECK(std::filesystem::is_empty(dir / "data/payloads"));
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
