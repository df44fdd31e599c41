// SPDX-License-Identifier: GPL-2.0-or-later
// The history is listed newest first without the writer's lock, a generation of it opens, and a clock that
// was set back does not put the order wrong.
#include "index/generation_history.h"

#include <doctest/doctest.h>

#include <functional>

#include "base/error.h"
#include "base/files.h"
#include "index/generation_loader.h"
#include "support/test_index.h"

TEST_SUITE_BEGIN("index/generation_history");

namespace nunmul {
namespace {

std::string song(const std::string& title) { return R"({"id":"1","title":")" + title + R"("})"; }

}  // namespace

TEST_CASE("generations are listed newest first, and the published one is marked") {
  TestIndex index;
  index.update({song("rain")});
  index.update({song("snow")});
  const IndexWriter writer(index.index(), "test");  // the lock is taken, and not asked for
  const auto history = generation_history(index.index());
  REQUIRE(history.size() == 2);
  CHECK(history[0].current);
  CHECK_FALSE(history[1].current);
  CHECK(history[0].name == index.index().generation()->name());
  CHECK(open_generation(index.index(), history[1].name)->documents() == 1);
}

TEST_CASE("going back takes the segments that are there, also for documents that were erased or came again") {
  TestIndex index;
  index.update({song("rain"), R"({"id":"2","title":"snow"})", R"({"id":"3","title":"wind"})"});
  const auto first = index.index().generation();
  {
    IndexWriter writer(index.index(), "test");
    writer.set_history_limit(5);
    const auto change = [&](const std::function<void(DocumentStore&)>& make) {
      writer.documents().begin();
      make(writer.documents());
      writer.documents().commit();
      writer.publish(writer.build(Settings{}));
    };
    change([](DocumentStore& documents) { documents.erase("1"), documents.erase("2"); });
    change([](DocumentStore& documents) {
      documents.put("1", song("other rain"), DocumentOrigin::Files);
      documents.put("4", R"({"id":"4","title":"sun"})", DocumentOrigin::Files);
    });
    writer.rollback(first->name());
  }
  const auto now = index.index().generation();
  REQUIRE(now->segments().size() == 1);
  CHECK(now->segments()[0].segment->name() == first->segments()[0].segment->name());
  CHECK(index.ids("") == std::vector<std::string>{"1", "2", "3"});
  CHECK(index.ids("rain") == std::vector<std::string>{"1"});
  index.update({song("sleet")}, {"2"});
  CHECK(index.ids("") == std::vector<std::string>{"1", "3"});
  CHECK(index.ids("rain").empty());
  CHECK(index.ids("sleet") == std::vector<std::string>{"1"});
}

TEST_CASE("a generation that is not there is an error that names it") {
  TestIndex index;
  try {
    open_generation(index.index(), "g0");
    FAIL("it was opened");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find("g0") != std::string::npos);
  }
}

TEST_CASE("a damaged manifest is listed with its problem") {
  TestIndex index;
  index.update({song("rain")});
  write_file_atomically(manifest_path(index.index().folder(), "g20200101T000000000000-0000dead"), "1\n{}\n");
  const auto history = generation_history(index.index());
  REQUIRE(history.size() == 2);
  CHECK(history[1].name == "g20200101T000000000000-0000dead");
  CHECK(history[1].problem.find("damaged") != std::string::npos);
}

TEST_CASE("after the clock was set back, what is published is still the newest") {
  TestIndex index;
  index.update({song("rain")});
  Manifest manifest = read_manifest(index.index().folder(), index.index().generation()->name());
  for (const std::string name : {"g20991231T000000000009-aaaaaaaa", "g20991231T235959999999-aaaaaaaa"}) {
    CAPTURE(name);
    manifest.name = name;
    write_manifest(index.index().folder(), manifest);
    index.update({song("snow " + name)});
    CHECK(index.index().generation()->name() > name);
    CHECK(generation_history(index.index()).front().current);
  }
}

}  // namespace nunmul
