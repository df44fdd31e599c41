// SPDX-License-Identifier: GPL-2.0-or-later
// The queue: uids without gaps, order, what is done together, pages and filters, cancelation and
// deletion, and that nothing is lost with the process.
#include "engine/task_queue.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <numeric>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "engine/catalog_store.h"
#include "support/temp_dir.h"

TEST_SUITE_BEGIN("engine/task_queue");

namespace nunmul {
namespace {

using namespace std::chrono_literals;

struct Folder {
  TempDir dir;
  std::unique_ptr<CatalogStore> store = std::make_unique<CatalogStore>(dir.path());
  std::unique_ptr<TaskQueue> queue = std::make_unique<TaskQueue>(*store, dir / "payloads");

  void reopen() {
    queue.reset();
    store = std::make_unique<CatalogStore>(dir.path());
    queue = std::make_unique<TaskQueue>(*store, dir / "payloads");
  }

  std::uint64_t add(const std::string& index, const std::string& ndjson = "{\"id\":1}\n") {
    return queue->enqueue(document_addition(index, Payload::of_text(ndjson, 1), {})).uid;
  }

  std::vector<std::uint64_t> take() {
    std::vector<std::uint64_t> uids;
    const auto batch = queue->take({});
    if (batch)
      for (const Task& task : batch->tasks) uids.push_back(task.uid);
    return uids;
  }

  void finish(const std::vector<std::uint64_t>& uids, TaskStatus status = TaskStatus::Succeeded) {
    std::vector<TaskOutcome> outcomes;
    for (const std::uint64_t uid : uids)
      outcomes.push_back({uid, status, queue->find(uid)->details, std::nullopt});
    queue->finish(outcomes);
  }

  std::vector<std::uint64_t> listed(const TaskFilter& filter, const PageRequest& page = {}) {
    std::vector<std::uint64_t> uids;
    for (const Task& task : queue->list(filter, page).tasks) uids.push_back(task.uid);
    return uids;
  }
};

using Uids = std::vector<std::uint64_t>;

TEST_CASE("uids count from 0 and go on after a restart and after deletions") {
  Folder folder;
  CHECK(folder.add("a") == 0);
  CHECK(folder.add("a") == 1);
  folder.finish(folder.take());
  CHECK(folder.queue->remove({}) == 2);
  folder.reopen();
  CHECK(folder.add("a") == 2);
}

TEST_CASE("a task looks as the contract says at every stage") {
  Folder folder;
  NewTask fresh = document_addition("songs", Payload::of_text("{\"id\":1}\n", 1), {});
  fresh.custom_metadata = "m1";
  const Task task = folder.queue->enqueue(std::move(fresh));
  Json expected{
      {"taskUid", 0}, {"indexUid", "songs"}, {"status", "enqueued"}, {"type", "documentAdditionOrUpdate"}};
  expected["enqueuedAt"] = to_rfc3339(task.enqueued_at);
  expected["customMetadata"] = "m1";
  CHECK(dump_json(enqueued_json(task)) == dump_json(expected));
  folder.take();
  CHECK(folder.queue->find(0)->status == TaskStatus::Processing);
  folder.queue->finish({{0, TaskStatus::Failed, Json{{"receivedDocuments", 1}, {"indexedDocuments", 0}},
                         TaskError{ErrorCode::MissingDocumentId, "why"}}});
  const ErrorJson error_json = [](ErrorCode code, const std::string& message) {
    return Json{{"message", message}, {"code", error_row(code).name}};
  };
  const Json shown = to_json(*folder.queue->find(0), error_json);
  std::vector<std::string> names;
  for (const auto& [name, value] : shown.items()) names.push_back(name);
  CHECK(names == std::vector<std::string>{"uid", "batchUid", "indexUid", "status", "type", "canceledBy",
                                          "details", "error", "duration", "enqueuedAt", "startedAt",
                                          "finishedAt", "customMetadata"});
  CHECK(shown["status"] == "failed");
  CHECK(shown["error"]["code"] == "missing_document_id");
  CHECK(shown["batchUid"] == 0);
  CHECK(shown["duration"].get<std::string>().starts_with("PT"));
}

TEST_CASE("consecutive writes to one index are done together, and overtake those of no other index") {
  Folder folder;
  folder.add("a");
  folder.add("a");
  folder.queue->enqueue(document_deletion("a", {"1"}));
  folder.queue->enqueue(settings_update("a", Json::object(), MissingIndex::Create));
  folder.add("b");
  folder.add("a");
  folder.queue->enqueue(document_deletion_by_filter("a", "x = 1"));
  folder.add("a");
  folder.queue->enqueue(index_swap({{"a", "b", false}}));
  folder.add("a");
  const std::vector<Uids> batches{{0, 1, 2, 3}, {4, 5}, {6, 7}, {8}, {9}};
  for (const Uids& expected : batches) {
    const Uids taken = folder.take();
    CHECK(taken == expected);
    folder.finish(taken);
  }
}

TEST_CASE("small writes to several indexes share a batch, others end it") {
  Folder folder;
  for (int i = 0; i < 17; ++i) folder.add("i" + std::to_string(i));
  folder.add("i16");
  folder.queue->enqueue(document_deletion("i1", {"1"}));
  folder.queue->enqueue(document_deletion_of_all("i1"));
  folder.queue->enqueue(settings_update("i2", Json::object(), MissingIndex::Create));
  folder.add("i2");
  folder.add("i3");
  Uids first(16);
  std::iota(first.begin(), first.end(), std::uint64_t{0});
  const std::vector<Uids> batches{first, {16, 17, 18}, {19}, {20, 21}, {22}};
  for (const Uids& expected : batches) {
    const Uids taken = folder.take();
    CHECK(taken == expected);
    folder.finish(taken);
  }
}

TEST_CASE("tasks that must run by themselves do") {
  Folder folder;
  folder.queue->enqueue(index_creation("a", {}));
  folder.queue->enqueue(index_creation("b", {}));
  folder.queue->enqueue(index_update("a", {}, "b"));
  folder.queue->enqueue(index_deletion("a"));
  folder.queue->enqueue(dump_creation());
  for (std::uint64_t uid = 0; uid < 5; ++uid) {
    const Uids taken = folder.take();
    CHECK(taken == Uids{uid});
    folder.finish(taken);
  }
}

TEST_CASE("a rename of any index ends a batch") {
  Folder folder;
  folder.add("b");
  folder.queue->enqueue(index_update("a", {}, "b"));
  folder.add("b");
  CHECK(folder.take() == Uids{0});
}

TEST_CASE("what was processing when the process died is enqueued again and its payload is there") {
  Folder folder;
  folder.add("a", "{\"id\":7}\n");
  folder.take();
  folder.reopen();
  CHECK(folder.queue->find(0)->status == TaskStatus::Enqueued);
  CHECK(folder.queue->documents_of(0) == "{\"id\":7}\n");
  CHECK(folder.take() == Uids{0});
}

TEST_CASE("large payloads live in the folder until their task ends; what was cut off goes, strangers stay") {
  Folder folder;
  PayloadWriter writer(folder.dir / "payloads", PayloadFormat::Ndjson);
  const std::string body = "{\"id\":1,\"t\":\"" + std::string(200'000, 'x') + "\"}\n";
  writer.write(body);
  folder.queue->enqueue(document_addition("a", writer.finish(), {}));
  const auto payloads = folder.dir / "payloads";
  const auto name = std::filesystem::directory_iterator(payloads)->path();
  const auto cut_off = payloads / "01234567-0123-0123-0123-0123456789ab.ndjson.part";
  for (const auto& file : {payloads / "stranger.ndjson", cut_off}) write_file(file, "x");
  folder.reopen();
  CHECK(std::filesystem::exists(payloads / "stranger.ndjson"));
  CHECK_FALSE(std::filesystem::exists(cut_off));
  CHECK(folder.queue->documents_of(0) == body);
  const auto batch = folder.queue->take({});
  PayloadReader reader = folder.queue->open_payload(batch->tasks[0]);
  CHECK(reader.next()->size() == body.size() - 1);
  folder.finish({0});
  CHECK_FALSE(std::filesystem::exists(name));
  CHECK_FALSE(folder.queue->documents_of(0));
  write_file(name, body);  // as a crash leaves it
  folder.reopen();
  CHECK_FALSE(std::filesystem::exists(name));
}

TEST_CASE("lists are cut into pages either way") {
  Folder folder;
  for (int i = 0; i < 5; ++i) folder.add("a");
  const TaskPage page = folder.queue->list({}, {.limit = 2, .from = std::nullopt, .reverse = false});
  CHECK(page.total == 5);
  CHECK(page.from == 4);
  CHECK(page.next == 2);
  CHECK(folder.listed({}, {.limit = 2, .from = 2, .reverse = false}) == Uids{2, 1});
  CHECK(folder.listed({}, {.limit = 3, .from = 3, .reverse = true}) == Uids{3, 4});
  const TaskPage none = folder.queue->list({}, {.limit = 0, .from = std::nullopt, .reverse = false});
  CHECK(none.tasks.empty());
  CHECK_FALSE(none.from);
  CHECK(none.total == 5);
}

TEST_CASE("filters hold together") {
  Folder folder;
  folder.add("a");
  folder.queue->enqueue(index_creation("fan_1", {}));
  folder.queue->enqueue(dump_creation());
  folder.finish(folder.take(), TaskStatus::Failed);
  TaskFilter filter;
  filter.index_uids = {"a", "fan_1"};
  CHECK(folder.listed(filter) == Uids{1, 0});
  filter.statuses = {TaskStatus::Failed, TaskStatus::Canceled};
  CHECK(folder.listed(filter) == Uids{0});
  filter = {};
  filter.types = {TaskType::DumpCreation};
  CHECK(folder.listed(filter) == Uids{2});
  filter = {};
  filter.visible_indexes = {"fan_*"};
  CHECK(folder.listed(filter) == Uids{1});
  filter.visible_indexes = {"*"};
  CHECK(folder.listed(filter) == Uids{1, 0});
  filter = {};
  filter.uids = {0, 2, 99};
  CHECK(folder.listed(filter) == Uids{2, 0});
  filter.uids = Uids{};
  CHECK(folder.listed(filter).empty());
  filter = {};
  const Time enqueued = folder.queue->find(1)->enqueued_at;
  filter.after_enqueued_at = enqueued;
  CHECK(folder.listed(filter) == Uids{2});
  filter = {};
  filter.before_enqueued_at = enqueued;
  CHECK(folder.listed(filter) == Uids{0});
  filter = {};
  filter.after_finished_at = Time{};
  CHECK(folder.listed(filter) == Uids{0});
  filter = {};
  filter.batch_uids = {0};
  CHECK(folder.listed(filter) == Uids{0});
}

TEST_CASE("a filter comes back from its JSON") {
  TaskFilter filter;
  filter.uids = {1};
  filter.canceled_by = {2};
  filter.types = {TaskType::Export};
  filter.statuses = {TaskStatus::Enqueued};
  filter.index_uids = {"a"};
  filter.visible_indexes = {"b*"};
  filter.before_started_at = now();
  const Json json = to_json(filter);
  CHECK(to_json(read_task_filter(json)) == json);
}

TEST_CASE("a cancelation runs ahead and ends the enqueued tasks before it") {
  Folder folder;
  folder.add("a");
  folder.add("b");
  TaskFilter filter;
  filter.index_uids = {"b"};
  const Task cancelation = folder.queue->enqueue(task_cancelation(filter, "indexUids=b"));
  CHECK(cancelation.details["matchedTasks"] == 1);
  CHECK(cancelation.details["canceledTasks"].is_null());
  CHECK(cancelation.details["originalFilter"] == "?indexUids=b");
  folder.add("b");
  CHECK(folder.take() == Uids{2});
  CHECK(folder.queue->cancel(folder.queue->find(2)->content["uids"].get<Uids>(), 2) == 1);
  folder.finish({2});
  CHECK(folder.queue->find(1)->status == TaskStatus::Canceled);
  CHECK(folder.queue->find(1)->canceled_by == 2);
  CHECK(folder.queue->find(1)->details["indexedDocuments"] == 0);
  CHECK(folder.take() == Uids{0, 3});
}

TEST_CASE("the worker learns of a cancelation that fits what it is doing") {
  Folder folder;
  folder.add("a");
  const auto batch = folder.queue->take({});
  TaskFilter filter;
  filter.index_uids = {"b"};
  folder.queue->enqueue(task_cancelation(filter, ""));
  CHECK_FALSE(folder.queue->cancelation_waits());
  filter.index_uids = {"a"};
  folder.queue->enqueue(task_cancelation(filter, ""));
  CHECK(folder.queue->cancelation_waits());
  folder.queue->give_back(*batch);
  CHECK(folder.queue->find(0)->status == TaskStatus::Enqueued);
  CHECK(folder.take() == Uids{1});
  CHECK_FALSE(folder.queue->cancelation_waits());
}

TEST_CASE("what is canceled is settled when the cancelation is accepted") {
  Folder folder;
  folder.add("a");
  const auto batch = folder.queue->take({});
  TaskFilter filter;
  filter.statuses = {TaskStatus::Processing};
  const Task cancelation = folder.queue->enqueue(task_cancelation(filter, ""));
  CHECK(folder.queue->cancelation_waits());
  folder.add("a");
  folder.queue->give_back(*batch);
  CHECK(cancelation.content["uids"].get<Uids>() == Uids{0});
  CHECK(folder.queue->cancel(Uids{0}, cancelation.uid) == 1);
  CHECK(folder.queue->find(0)->status == TaskStatus::Canceled);
  CHECK(folder.queue->find(2)->status == TaskStatus::Enqueued);
}

TEST_CASE("what a crash may have applied is looked at before a cancelation") {
  Folder folder;
  folder.add("a");
  folder.take();
  folder.queue->enqueue(task_cancelation({}, ""));
  folder.reopen();
  CHECK(folder.take() == Uids{0});
  folder.finish({0});
  CHECK(folder.take() == Uids{1});
}

TEST_CASE("deletion removes finished tasks only") {
  Folder folder;
  folder.add("a");
  folder.finish(folder.take());
  folder.add("a");
  CHECK(folder.queue->remove({}) == 1);
  CHECK_FALSE(folder.queue->find(0));
  CHECK(folder.queue->find(1));
  CHECK_FALSE(folder.queue->find_batch(0));
}

TEST_CASE(
    "from the moment a task reads as finished its index is busy no more, and its batch tells no progress") {
  Folder folder;
  const std::uint64_t uid = folder.add("a");
  folder.take();
  folder.queue->report_progress("indexing documents", 1, 4);
  // The instant after the end was stored, before the queue has gone on.
  CatalogStore other(folder.dir.path());
  other.write(
      [](Sqlite& db) { db.run("UPDATE tasks SET status='succeeded'; UPDATE batches SET finished=started"); });
  CHECK(folder.queue->find(uid)->status == TaskStatus::Succeeded);
  CHECK_FALSE(folder.queue->is_indexing("a"));
  CHECK(folder.queue->find_batch(0)->progress.is_null());
}

TEST_CASE("batches tell what they hold and how far they are") {
  Folder folder;
  folder.add("a");
  folder.add("a");
  folder.take();
  folder.queue->report_progress("indexing documents", 1, 4);
  CHECK(folder.queue->is_indexing("a"));
  Json running = to_json(*folder.queue->find_batch(0));
  CHECK(running["progress"]["percentage"] == 25.0);
  CHECK(running["progress"]["steps"][0]["currentStep"] == "indexing documents");
  CHECK(running["stats"]["totalNbTasks"] == 2);
  CHECK(running["stats"]["status"]["processing"] == 2);
  CHECK(running["details"]["receivedDocuments"] == 2);
  CHECK(running["finishedAt"].is_null());
  folder.finish({0, 1});
  CHECK_FALSE(folder.queue->is_indexing("a"));
  const Json done = to_json(*folder.queue->find_batch(0));
  CHECK(done["progress"].is_null());
  CHECK(done["stats"]["indexUids"]["a"] == 2);
  CHECK(done["duration"].get<std::string>().starts_with("PT"));
  folder.queue->enqueue(index_creation("b", {}));
  folder.finish(folder.take());
  TaskFilter filter;
  filter.types = {TaskType::IndexCreation};
  const BatchPage page = folder.queue->list_batches(filter, {});
  CHECK(page.total == 1);
  CHECK(page.from == 1);
  CHECK(folder.queue->list_batches({}, {}).total == 2);
}

TEST_CASE("tasks from many threads get a uid each, and all of them are stored") {
  Folder folder;
  std::vector<std::vector<std::uint64_t>> uids(8);
  {
    std::vector<std::jthread> threads;
    for (auto& mine : uids)
      threads.emplace_back([&folder, &mine] {
        for (int i = 0; i < 20; ++i) mine.push_back(folder.add("a"));
      });
  }
  std::set<std::uint64_t> all;
  for (const auto& mine : uids) {
    CHECK(std::is_sorted(mine.begin(), mine.end()));
    all.insert(mine.begin(), mine.end());
  }
  CHECK(all.size() == 160);
  CHECK(*all.rbegin() == 159);
  folder.reopen();
  CHECK(folder.queue->unfinished() == 160);
}

TEST_CASE("waiting ends with the task or the time") {
  Folder folder;
  folder.add("a");
  CHECK_FALSE(folder.queue->wait_for(0, 1ms));
  folder.finish(folder.take());
  CHECK(folder.queue->wait_for(0, 1ms));
  CHECK(folder.queue->first_unfinished() == 1);
  CHECK(folder.queue->unfinished() == 0);
}

TEST_CASE("names of types and statuses are read in any case") {
  CHECK(find_task_type("documentadditionorupdate") == TaskType::DocumentAdditionOrUpdate);
  CHECK(find_task_status("ENQUEUED") == TaskStatus::Enqueued);
  CHECK_FALSE(find_task_status("done"));
  CHECK(task_type_names().size() == 18);
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
