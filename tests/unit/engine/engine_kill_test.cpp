// SPDX-License-Identifier: GPL-2.0-or-later
// No kill of the process loses or doubles what the engine accepted.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "engine/engine.h"
#include "support/temp_dir.h"
#include "unit/engine/engine_options.h"

TEST_SUITE_BEGIN("engine/engine_kill");

namespace nunmul {
namespace {

using namespace std::chrono_literals;

// What a child of the kill test accepted: the i-th addition, or the deletion of the document before it.
struct Accepted {
  std::uint64_t additions = 0;
  std::uint64_t deletions = 0;
};

std::string id_of(int round, std::uint64_t i) { return std::to_string(round) + "-" + std::to_string(i); }

// Adds documents and deletes the one before each, telling `pipe` of what was accepted, until killed.
[[noreturn]] void accept_until_killed(const std::filesystem::path& folder, int pipe, int round) {
  try {
    Engine engine(options_for(folder));
    Accepted accepted;
    for (;;) {
      const std::string body = "{\"id\":\"" + id_of(round, accepted.additions) + "\",\"t\":\"tears\"}\n";
      engine.tasks().enqueue(document_addition("songs", Payload::of_text(body, 1), {}));
      ++accepted.additions;
      if (::write(pipe, &accepted, sizeof accepted) != sizeof accepted) ::_exit(1);
      if (accepted.additions == 1) continue;
      engine.tasks().enqueue(document_deletion("songs", {id_of(round, accepted.deletions)}));
      ++accepted.deletions;
      if (::write(pipe, &accepted, sizeof accepted) != sizeof accepted) ::_exit(1);
    }
  } catch (const std::exception& error) {
    ::fprintf(stderr, "child: %s\n", error.what());
  }
  ::_exit(2);
}

Accepted run_and_kill(const std::filesystem::path& folder, int round, std::chrono::milliseconds life) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    accept_until_killed(folder, ends[1], round);
  }
  ::close(ends[1]);
  std::thread killer([&] {
    std::this_thread::sleep_for(life);
    ::kill(child, SIGKILL);
  });
  Accepted accepted, heard;
  while (::read(ends[0], &heard, sizeof heard) == sizeof heard) accepted = heard;
  killer.join();
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  return accepted;
}

TEST_CASE("twenty kills lose and double nothing that was accepted") {
  const TempDir dir;
  std::mt19937 random(20260722);  // fixed
  std::vector<Accepted> rounds;
  std::uint64_t accepted = 0;
  for (int round = 0; round < 20; ++round) {
    rounds.push_back(run_and_kill(dir / "data", round, std::chrono::milliseconds(50 + random() % 350)));
    accepted += rounds.back().additions + rounds.back().deletions;
  }
  MESSAGE("accepted over 20 kills: " << accepted);
  Engine engine(options_for(dir / "data"));
  PageRequest all;
  all.limit = 1'000'000;
  TaskPage tasks = engine.tasks().list({}, all);
  REQUIRE(tasks.total >= accepted);
  CHECK(tasks.total <= accepted + rounds.size());  // a task may be stored that nobody heard of
  REQUIRE(!tasks.tasks.empty());
  CHECK(tasks.tasks.front().uid + 1 == tasks.total);
  REQUIRE(engine.tasks().wait_for(tasks.tasks.front().uid, 60s));
  tasks = engine.tasks().list({}, all);
  for (const Task& task : tasks.tasks) {
    CAPTURE(task.uid);
    CHECK(task.status == TaskStatus::Succeeded);
    // Done twice, it would find nothing the second time.
    if (task.type == TaskType::DocumentDeletion) CHECK(task.details["deletedDocuments"] == 1);
  }
  const auto generation = engine.catalog().at("songs")->index->generation();
  for (int round = 0; round < 20; ++round) {
    CAPTURE(round);
    const Accepted& each = rounds[static_cast<std::size_t>(round)];
    for (std::uint64_t i = 0; i < each.deletions; ++i) CHECK_FALSE(generation->find(id_of(round, i)));
    if (each.additions > 0) CHECK(generation->find(id_of(round, each.additions - 1)));
  }
  CHECK(std::filesystem::is_empty(dir / "data/payloads"));
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
