// SPDX-License-Identifier: GPL-2.0-or-later
// The engine as a whole: writes become searchable generations, failed tasks change nothing, settings
// and indexes follow, and copies of everything come back.
#include "engine/engine.h"

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "engine/data_dir.h"
#include "support/temp_dir.h"
#include "text/language_resources.h"
#include "unit/engine/engine_options.h"

TEST_SUITE_BEGIN("engine/engine");

namespace nunmul {
namespace {

using namespace std::chrono_literals;

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

  std::uint64_t count(const std::string& index) {
    return engine->catalog().at(index)->index->generation()->documents();
  }
};

AdditionOptions merging() {
  AdditionOptions options;
  options.method = AdditionOptions::Method::Merge;
  return options;
}

AdditionOptions skipping_creation() {
  AdditionOptions options;
  options.skip_creation = true;
  return options;
}

AdditionOptions making_no_index() {
  AdditionOptions options;
  options.missing_index = MissingIndex::Fail;
  return options;
}

AdditionOptions keyed_by(const std::string& primary_key) {
  AdditionOptions options;
  options.primary_key = primary_key;
  return options;
}

std::string failure(const Task& task) {
  CHECK(task.status == TaskStatus::Failed);
  return task.error ? std::string(error_row(task.error->code).name) : "";
}

TEST_CASE("documents that were added are there when their task has succeeded") {
  Fixture f;
  const Task task = f.add(
      "songs", R"([{"id":1,"title":"밤편지","n":12345678901234567890123},{"id":"2","title":"좋은 날"}])");
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
  f.add("songs", R"([{"id":"8","c":3}])", merging());
  CHECK(f.document("songs", "8") == R"({"id":"8","a":1,"b":2,"c":3})");
  f.add("songs", R"([{"id":8,"d":4}])");
  CHECK(f.document("songs", "8") == R"({"id":8,"d":4})");
  const Task task = f.add("songs", R"([{"id":8,"e":5},{"id":9}])", skipping_creation());
  CHECK(task.details["indexedDocuments"] == 1);
  CHECK(f.document("songs", "8") == R"({"id":8,"e":5})");
  CHECK(f.count("songs") == 1);
}

TEST_CASE("of a field that comes twice the last value counts, also for the identifier") {
  Fixture f;
  f.add("songs", R"([{"id":1,"a":1,"id":2,"a":2}])");
  CHECK(f.document("songs", "2") == R"({"id":2,"a":2})");
  PayloadWriter writer = f.engine->payload_writer(PayloadFormat::Csv);
  writer.write("id,a,,id,a,\nx,1,,y,2,\n");
  f.done(document_addition("songs", writer.finish(), {}));
  CHECK(f.document("songs", "y") == R"({"id":"y","a":"2","":null})");
  CHECK(f.count("songs") == 2);
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
  CHECK(failure(f.add("none", R"([{"id":1}])", making_no_index())) == "index_not_found");
  CHECK_FALSE(f.engine->catalog().find("none"));
}

TEST_CASE("an index that was made for a task that fails is there, empty and without a primary key") {
  Fixture f;
  // The first task holds the worker while the others gather behind it.
  f.engine->tasks().enqueue(f.addition("other", R"([{"id":"a"}])"));
  const std::uint64_t bad = f.engine->tasks().enqueue(f.addition("songs", R"([{"title":"x"}])")).uid;
  const std::uint64_t deletion = f.engine->tasks().enqueue(document_deletion("songs", {"1"})).uid;
  REQUIRE(f.engine->tasks().wait_for(deletion, 60s));
  CHECK(failure(*f.engine->tasks().find(bad)) == "index_primary_key_no_candidate_found");
  CHECK(f.engine->tasks().find(deletion)->status == TaskStatus::Succeeded);
  CHECK(f.count("songs") == 0);
  CHECK_FALSE(f.engine->catalog().at("songs")->row.primary_key);
  CHECK(f.add("songs", "[]").status == TaskStatus::Succeeded);
  f.add("songs", R"([{"title":"x"}])");
  CHECK(f.count("songs") == 0);
  f.restart();
  CHECK(f.count("songs") == 0);
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
  const Task task = f.done(settings_update(
      "songs", Json{{"filterableAttributes", {"kind"}}, {"stopWords", {"the"}}}, MissingIndex::Create));
  CHECK(task.status == TaskStatus::Succeeded);
  CHECK(dump_json(task.details) == R"({"filterableAttributes":["kind"],"stopWords":["the"]})");
  CHECK(f.engine->catalog().at("songs")->row.settings.stop_words == std::vector<std::string>{"the"});
  CHECK(f.engine->catalog().at("songs")->index->generation()->settings().stop_words ==
        std::vector<std::string>{"the"});
  f.restart();
  CHECK(f.engine->catalog().at("songs")->index->generation()->settings().filterable_attributes.size() == 1);
  CHECK(failure(f.done(settings_update("none", Json{{"stopWords", nullptr}}, MissingIndex::Fail))) ==
        "index_not_found");
  CHECK(f.done(settings_update("fresh", Json{{"stopWords", {"a"}}}, MissingIndex::Create)).status ==
        TaskStatus::Succeeded);
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
  CHECK(failure(f.add("a", R"([{"key":1}])", keyed_by("key"))) == "index_primary_key_already_exists");
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
  for (int i = 0; i < 1'000; ++i)
    last = f.engine->tasks()
               .enqueue(f.addition(
                   "songs", "{\"id\":" + std::to_string(i) + ",\"t\":\"" + std::string(480, 'x') + "\"}"))
               .uid;
  REQUIRE(f.engine->tasks().wait_for(last, 60s));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  MESSAGE("1,000 additions, each its own task: " << seconds << " s, batches "
                                                 << f.engine->tasks().list_batches({}, {}).total);
  CHECK(f.count("songs") == 1'000);
  CHECK(f.engine->tasks().list_batches({}, {}).total < 100);
}

TEST_CASE("additions to several indexes share batches, and none is finished before an older one") {
  Fixture f;
  std::uint64_t last = 0;
  for (int i = 0; i < 60; ++i) {
    // Every tenth fails; those to "c" all do.
    const std::string id = i % 10 == 7 || i % 3 == 2 ? "a b" : std::to_string(i);
    const std::string index(1, static_cast<char>('a' + i % 3));
    last = f.engine->tasks().enqueue(f.addition(index, "[{\"id\":\"" + id + "\"}]")).uid;
  }
  REQUIRE(f.engine->tasks().wait_for(last, 60s));
  Time before{};
  for (std::uint64_t uid = 0; uid <= last; ++uid) {
    const Task task = *f.engine->tasks().find(uid);
    CAPTURE(uid);
    REQUIRE(task.finished());
    CHECK((task.status == TaskStatus::Failed) == (uid % 10 == 7 || uid % 3 == 2));
    CHECK(*task.finished_at >= before);
    before = *task.finished_at;
  }
  CHECK(f.count("a") + f.count("b") == 36);
  CHECK(f.count("c") == 0);
  CHECK(f.engine->tasks().find(last)->batch_uid.value_or(99) < 30);
}

TEST_CASE("statistics have their fields") {
  Fixture f;
  f.done(index_creation("empty", {}));
  f.add("songs", R"([{"id":1,"title":"a"},{"id":2}])");
  const Json empty = f.engine->index_stats(*f.engine->catalog().at("empty"));
  CHECK(dump_json(empty) ==
        R"({"numberOfDocuments":0,"rawDocumentDbSize":0,"avgDocumentSize":0,"indexSize":0,"usedIndexSize":0,)"
        R"("isIndexing":false,"numberOfEmbeddings":0,"numberOfEmbeddedDocuments":0,"fieldDistribution":{}})");
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
  CHECK_THROWS_AS(DataDir(f.dir / "none", StoreUse::Read), Error);
}

TEST_CASE("a dump comes back on another server") {
  Fixture f;
  f.add("songs", R"([{"id":1,"title":"밤편지","n":12345678901234567890123},{"id":2}])");
  f.done(settings_update("songs", Json{{"stopWords", {"the"}}}, MissingIndex::Create));
  f.done(index_creation("empty", {}));
  f.engine->update_features(Json{{"metrics", true}});
  const Webhook hook = f.engine->webhooks().create("https://127.0.0.1:9/told", {{"X-Key", "secret"}});
  const Task task = f.done(dump_creation());
  REQUIRE(task.status == TaskStatus::Succeeded);
  const std::filesystem::path dump =
      f.dir / "data/dumps" / (task.details["dumpUid"].get<std::string>() + ".dump");
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
    CHECK(generation->json(*generation->find("1")) ==
          R"({"id":1,"title":"밤편지","n":12345678901234567890123})");
    CHECK(other.catalog().find("empty"));
    CHECK(other.features() == f.engine->features());
    REQUIRE(other.webhooks().find(hook.uuid));
    CHECK(other.webhooks().find(hook.uuid)->headers == hook.headers);
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
  const std::filesystem::path snapshot =
      std::filesystem::directory_iterator(f.dir / "data/snapshots")->path();
  std::filesystem::copy(snapshot, f.dir / "other", std::filesystem::copy_options::recursive);
  Engine other(options_for(f.dir / "other"));
  CHECK(other.catalog().at("songs")->index->generation()->documents() == 1);
  CHECK(other.tasks().unfinished() == 0);
  CHECK(other.tasks().list({}, {}).total == 2);
}

TEST_CASE("an index that a command makes and fills while the server runs is found") {
  Fixture f;
  {
    DataDir data(f.dir / "data", StoreUse::Write);
    const IndexRow row = data.ensure_index("entries", "id");
    Index index(data.folder(row), std::make_shared<LanguageResources>());
    IndexWriter writer(index, "test");
    writer.documents().begin();
    writer.documents().put("1", R"({"id":"1"})", DocumentOrigin::Files);
    writer.documents().commit();
    writer.publish(writer.build(row.settings));
  }
  for (int i = 0; i < 200 && !(f.engine->catalog().find("entries") && f.count("entries") == 1); ++i)
    std::this_thread::sleep_for(10ms);
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

TEST_CASE("a task whose changes were committed before a crash is only finished") {
  const TempDir dir;
  const std::filesystem::path folder = dir / "data";
  std::filesystem::path index_path;
  {
    CatalogStore store(folder);
    index_path = index_folder(folder, store.ensure_index("songs", "id"));
    TaskQueue queue(store, folder / "payloads");
    queue.enqueue(document_deletion("songs", {"1"}));
    REQUIRE(queue.take({})->tasks.size() == 1);
  }
  {
    std::filesystem::create_directories(index_path);
    DocumentStore documents(index_path / "documents.db");
    documents.begin();
    documents.put("2", R"({"id":2})", DocumentOrigin::Client);
    const Json record{{"status", "succeeded"},
                      {"details", {{"providedIds", 1}, {"deletedDocuments", 1}}},
                      {"settings", serialize_settings(Settings{})}};
    documents.record_applied(0, dump_json(record));
    documents.commit();
  }
  Engine engine(options_for(folder));
  REQUIRE(engine.tasks().wait_for(0, 60s));
  CHECK(engine.tasks().find(0)->details["deletedDocuments"] == 1);
  CHECK(engine.catalog().at("songs")->index->generation()->documents() == 1);
}

TEST_CASE("a cancelation ends what waits, and what is done stays done") {
  Fixture f;
  f.add("songs", R"([{"id":1}])");
  const Task canceled = f.done(task_cancelation({}, "statuses=*"));
  CHECK(canceled.status == TaskStatus::Succeeded);
  CHECK(dump_json(canceled.details) ==
        R"({"matchedTasks":1,"canceledTasks":0,"originalFilter":"?statuses=*"})");
  const Task deleted = f.done(task_deletion({}, "statuses=*"));
  CHECK(dump_json(deleted.details) ==
        R"({"matchedTasks":2,"deletedTasks":2,"originalFilter":"?statuses=*"})");
  CHECK(f.count("songs") == 1);
}

// Looks again and again, for as long as it takes another thread to get there.
template <typename Condition>
bool comes_true(Condition&& condition) {
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::yield();
  }
  return true;
}

TEST_CASE("while another process writes the index its tasks wait, and can be canceled") {
  Fixture f;
  f.add("songs", R"([{"id":1}])");
  std::optional<FileLock> lock(
      FileLock::lock(f.engine->catalog().at("songs")->index->folder() / "lock", "another process"));
  const std::uint64_t waiting = f.engine->tasks().enqueue(f.addition("songs", R"([{"id":2}])")).uid;
  REQUIRE(comes_true([&] {
    const auto task = f.engine->tasks().find(waiting);
    const auto batch = task->batch_uid ? f.engine->tasks().find_batch(*task->batch_uid) : std::nullopt;
    return batch && !batch->progress.is_null();
  }));
  const auto batch = f.engine->tasks().find_batch(*f.engine->tasks().find(waiting)->batch_uid);
  CHECK(batch->progress["steps"][0]["currentStep"] == "waiting for another process");
  TaskFilter filter;
  filter.uids = {waiting};
  const Task cancelation = f.done(task_cancelation(filter, "uids=1"));
  CHECK(cancelation.details["canceledTasks"] == 1);
  const Task canceled = *f.engine->tasks().find(waiting);
  CHECK(canceled.status == TaskStatus::Canceled);
  CHECK(canceled.canceled_by == cancelation.uid);
  lock.reset();
  f.add("songs", R"([{"id":3}])");
  CHECK(f.document("songs", "2").empty());
  CHECK(f.count("songs") == 2);
}

TEST_CASE("a server that is stopped while a task waits does it after the next start") {
  Fixture f;
  f.add("songs", R"([{"id":1}])");
  std::optional<FileLock> lock(
      FileLock::lock(f.engine->catalog().at("songs")->index->folder() / "lock", "another process"));
  const std::uint64_t waiting = f.engine->tasks().enqueue(f.addition("songs", R"([{"id":2}])")).uid;
  REQUIRE(comes_true([&] { return f.engine->tasks().find(waiting)->status == TaskStatus::Processing; }));
  f.engine.reset();
  lock.reset();
  f.restart();
  REQUIRE(f.engine->tasks().wait_for(waiting, 60s));
  CHECK(f.engine->tasks().find(waiting)->status == TaskStatus::Succeeded);
  CHECK(f.count("songs") == 2);
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
