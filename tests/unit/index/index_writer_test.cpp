// SPDX-License-Identifier: GPL-2.0-or-later
// A generation holds what the store holds; small changes analyze little; readers keep what they hold;
// history and rollback bring documents back; damage is seen, set aside and repaired; nothing is left over.
#include <doctest/doctest.h>

#include <fstream>

#include "base/error.h"
#include "base/files.h"
#include "index/generation_history.h"
#include "index/index_check.h"
#include "support/test_index.h"

using namespace nunmul;

TEST_SUITE_BEGIN("index/index_writer");

namespace {

std::string song(int id, const std::string& title) {
  return R"({"id":")" + std::to_string(id) + R"(","title":")" + title + R"("})";
}

std::vector<std::string> songs(int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.push_back(song(i, "song number " + std::to_string(i)));
  return all;
}

std::size_t folders_in(const std::filesystem::path& path) {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(path), std::filesystem::directory_iterator()));
}

// Flips one bit in the middle of a file.
void flip(const std::filesystem::path& path) {
  std::string bytes = read_file(path);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("an empty index answers") {
  TestIndex index;
  CHECK(index.ids("anything").empty());
  CHECK(index.index().generation()->documents() == 0);
}

TEST_CASE("changed, added and erased documents are what the next search sees") {
  TestIndex index;
  index.update({song(1, "rain"), song(2, "snow"), song(3, "wind")});
  CHECK(index.ids("rain") == std::vector<std::string>{"1"});
  index.update({song(1, "sun"), song(4, "rain")}, {"2"});
  CHECK(index.ids("rain") == std::vector<std::string>{"4"});
  CHECK(index.ids("sun") == std::vector<std::string>{"1"});
  CHECK(index.ids("snow").empty());
  CHECK(index.ids("") == std::vector<std::string>{"1", "3", "4"});
}

TEST_CASE("little that changed makes little work, much makes everything anew") {
  TestIndex index;
  CHECK(index.update(songs(200)).full);
  const BuildReport little = index.update({song(7, "changed")});
  CHECK_FALSE(little.full);
  CHECK(little.analyzed == 1);
  CHECK(little.documents == 200);
  CHECK(index.ids("changed") == std::vector<std::string>{"7"});
  std::vector<std::string> many;
  for (int i = 0; i < 60; ++i) many.push_back(song(i, "all new " + std::to_string(i)));
  CHECK(index.update(many).full);
}

TEST_CASE("a segment has as many files with a thousand filterable attributes as with one") {
  const auto files_with = [](int attributes) {
    TestIndex index;
    index.settings.filterable_attributes.push_back({.patterns = {"*"}});
    Json document{{"id", 1}};
    for (int i = 0; i < attributes; ++i) append_field(document, "a" + std::to_string(i), i);
    index.update({dump_json(document)});
    const auto segment = std::filesystem::directory_iterator(index.path() / "segments")->path();
    CHECK(index.index().generation()->segments()[0].segment->find_column("a0") != nullptr);
    return folders_in(segment);
  };
  CHECK(files_with(1'000) == files_with(1));
}

TEST_CASE("many small updates keep few segments") {
  TestIndex index;
  index.update(songs(300));
  for (int i = 0; i < 40; ++i) index.update({song(1000 + i, "late " + std::to_string(i))});
  CHECK(index.index().generation()->documents() == 340);
  CHECK(index.index().generation()->segments().size() <= 6);
  SearchRequest all;
  all.limit = 1000;
  CHECK(index.search(all).hits.size() == 340);
}

TEST_CASE("a reader keeps its generation while others are published and files go") {
  TestIndex index;
  index.update({song(1, "rain")});
  const auto held = index.index().generation();
  for (int i = 0; i < 5; ++i) index.update({song(1, "sun " + std::to_string(i))});
  SearchRequest request;
  request.q = "rain";
  const auto find = [&] {
    return held->read(
        [&](const Snapshot& snapshot) { return Searcher(snapshot).search(request).hits.size(); });
  };
  CHECK(find() == 1);
  // A second handle at the same time has to be opened although the files have gone.
  held->read([&](const Snapshot&) {
    CHECK(find() == 1);
    return 0;
  });
}

TEST_CASE("history is bounded, and rollback brings documents back") {
  TestIndex index;
  index.update({song(1, "rain"), song(2, "snow")});
  const std::string first = index.index().generation()->name();
  index.update({song(1, "sun"), song(3, "wind")}, {"2"});
  {
    IndexWriter writer(index.index(), "test");
    const std::vector<GenerationInfo> history = generation_history(index.index());
    REQUIRE(history.size() == 2);
    CHECK(history[0].current);
    writer.rollback(first);
    CHECK(writer.documents().count() == 2);
  }
  CHECK(index.ids("rain") == std::vector<std::string>{"1"});
  CHECK(index.ids("snow") == std::vector<std::string>{"2"});
  CHECK(index.ids("wind").empty());
  index.update({song(9, "hail")});
  CHECK(index.ids("").size() == 3);
  CHECK(folders_in(index.path() / "generations") <= 2);
}

TEST_CASE("settings that change terms build everything again, others do not") {
  TestIndex index;
  index.update(songs(50));
  index.settings.max_total_hits = 7;
  CHECK_FALSE(index.update({}).full);
  CHECK(index.search(SearchRequest{}).total_hits == 7);
  index.settings.searchable_attributes = {"title"};
  CHECK(index.update({}).full);
}

TEST_CASE("a second writer is told who holds the lock") {
  TestIndex index;
  IndexWriter writer(index.index(), "pid 12 nunmul index");
  try {
    IndexWriter second(index.index(), "other", IndexWriter::Wait::No);
    FAIL("two writers");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find("pid 12 nunmul index") != std::string::npos);
  }
}

TEST_CASE("a candidate that is discarded leaves nothing behind") {
  TestIndex index;
  index.update(songs(10));
  const std::size_t before = folders_in(index.path() / "segments");
  IndexWriter writer(index.index(), "test");
  writer.documents().begin();
  writer.documents().put("77", song(77, "refused"), DocumentOrigin::Files);
  const CandidateGeneration candidate = writer.build(index.settings);
  CHECK(candidate.generation->documents() == 11);
  writer.documents().rollback();
  writer.discard(candidate);
  CHECK(folders_in(index.path() / "segments") == before);
  CHECK(index.ids("refused").empty());
}

TEST_CASE("damage is set aside for the generation before, and said") {
  for (const char* file : {"documents.bin", "words.bin", "forward.bin", "postings.glass", "segment.json"}) {
    CAPTURE(file);
    const TempDir dir;
    std::string older;
    {
      Index index(dir.path(), tree_resources());
      IndexWriter writer(index, "test");
      for (const char* title : {"rain", "snow"}) {
        writer.documents().begin();
        writer.documents().put("1", song(1, title), DocumentOrigin::Client);
        writer.documents().commit();
        BuildOptions options;
        options.force_full = true;
        writer.publish(writer.build(Settings{}, options));
        if (older.empty()) older = index.generation()->name();
      }
      flip(dir.path() / "segments" / index.generation()->segments()[0].segment->name() / file);
    }
    CHECK_FALSE(check_index(dir.path()).empty());
    Index index(dir.path(), tree_resources());
    CHECK(index.opened()->name() == older);
    CHECK(index.needs_rebuild());
    CHECK_THROWS_AS(index.generation(), Error);  // it lacks the last change
    IndexWriter writer(index, "test");
    writer.publish(writer.build(Settings{}));
    CHECK_FALSE(index.needs_rebuild());
    CHECK_FALSE(index.problem());
    CHECK(check_index(dir.path()).empty());
    CHECK(index.generation()->documents() == 1);
  }
}

TEST_CASE("an earlier generation of the same documents and settings serves while a damaged one is rebuilt") {
  const TempDir dir;
  std::string older;
  {
    Index index(dir.path(), tree_resources());
    IndexWriter writer(index, "test");
    writer.documents().begin();
    writer.documents().put("1", song(1, "rain"), DocumentOrigin::Client);
    writer.documents().commit();
    writer.publish(writer.build(Settings{}));
    older = index.generation()->name();
    BuildOptions options;
    options.force_full = true;
    writer.publish(writer.build(Settings{}, options));
    flip(dir.path() / "segments" / index.generation()->segments()[0].segment->name() / "words.bin");
  }
  CHECK(Index(dir.path(), tree_resources()).generation()->name() == older);
  Settings other;
  other.stop_words = {"rain"};
  const Index index(dir.path(), tree_resources(), {other, 0});
  CHECK(index.problem());
  CHECK_THROWS_AS(Index(dir.path(), tree_resources(), {std::nullopt, 9}), Error);
}

TEST_CASE("a build over threads is the same as one without") {
  TestIndex index;
  std::vector<std::string> all = songs(12'000);
  CHECK(index.update(all).documents == 12'000);
  CHECK(index.ids("11999 number").front() == "11999");
  CHECK(check_index(index.path()).empty());
}
