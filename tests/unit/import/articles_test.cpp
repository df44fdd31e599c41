// SPDX-License-Identifier: GPL-2.0-or-later
// List articles in three languages, each with the entries that an editor would take from it. An article is
// a file of tests/import; NAME.expected.json beside it holds the entries:
//   [{"kind", "title", "artist", "rank", "year", "section", "description"}]   absent members must be absent,
//   except "section" and "description", which are compared only where given;
//   {"expect": […], "doubtful": 1} allows that many doubtful splits (else none).
// ids.json holds the ids of all entries: links, judged queries and overrides name them, so they never move.
// Real articles are no part of this tree; where they lie beside it, their titles and artists are checked.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/files.h"
#include "base/json.h"
#include "import/import.h"
#include "support/temp_dir.h"
#include "unit/import/word_lists.h"

TEST_SUITE_BEGIN("import/articles");

namespace nunmul {
namespace {

namespace fs = std::filesystem;

const fs::path kArticles = fs::path(NUNMUL_SOURCE_DIR) / "tests" / "import";

std::vector<fs::path> expectation_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& found : fs::directory_iterator(folder)) {
    if (found.path().string().ends_with(".expected.json")) files.push_back(found.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// The article that an expectation is for: the same name with any other ending.
fs::path article_of(const fs::path& expectation) {
  const std::string name = expectation.filename().string();
  const std::string stem = name.substr(0, name.find(".expected.json"));
  for (const char* ending : {".txt", ".html", ".md"}) {
    const fs::path article = expectation.parent_path() / (stem + ending);
    if (fs::exists(article)) return article;
  }
  return {};
}

std::string text_at(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return "";
  return found->is_string() ? found->get<std::string>() : dump_json(*found);
}

void check_entry(const Json& got, const Json& want) {
  for (const char* name : {"kind", "title", "artist", "rank", "year"}) {
    CAPTURE(name);
    CHECK(text_at(got, name) == text_at(want, name));
  }
  for (const char* name : {"section", "description"}) {
    CAPTURE(name);
    if (want.contains(name)) CHECK(text_at(got, name) == text_at(want, name));
  }
}

void check_article(const fs::path& article, const Json& expected) {
  CAPTURE(article.string());
  const Json& entries = expected.is_array() ? expected : expected.at("expect");
  const std::size_t doubtful = expected.is_object() ? expected.at("doubtful").get<std::size_t>() : 0;
  const ImportResult result = import_files({article}, with_words());
  for (const ImportProblem& problem : result.problems) FAIL_CHECK(to_string(problem));
  CHECK(result.doubtful.size() == doubtful);
  CHECK(result.entries.size() == entries.size());
  for (std::size_t i = 0; i < std::min(result.entries.size(), entries.size()); ++i) {
    CAPTURE(i);
    check_entry(to_json(result.entries[i]), entries[i]);
  }
}

fs::path seeds_folder() {
  const char* given = std::getenv("NUNMUL_SEEDS");
  return given != nullptr ? fs::path(given) : fs::path(NUNMUL_SOURCE_DIR) / ".." / "shared" / "seeds";
}

TEST_CASE("each article yields the entries that an editor would take from it") {
  for (const fs::path& expectation : expectation_files(kArticles))
    check_article(article_of(expectation), parse_json(read_file(expectation)));
}

TEST_CASE("a heading below each title names its artist, however many there are and whoever sings several") {
  const std::vector<std::string> titles = {"Winter Letter", "Last Bus",   "Ferry",  "Kite",
                                           "Umbrella",      "Pier Light", "Harbor", "Quiet Room"};
  const std::vector<std::vector<std::string>> pages = {
      {"Han Sora", "Han Sora"},
      {"Han Sora", "Oh Ji-hoon"},
      {"Han Sora", "Han Sora", "Han Sora"},
      {"Han Sora", "Oh Ji-hoon", "Han Sora"},
      {"Han Sora", "Han Sora", "Oh Ji-hoon", "Han Sora"},
      {"Han Sora", "Oh Ji-hoon", "Han Sora", "Dalmuri", "Han Sora", "Yoon Saebom", "Mo Arden", "Ida Brandt"}};
  for (const std::vector<std::string>& artists : pages) {
    std::string text = "# Sad songs for the ferry\n\nSongs that go well with a cold window.\n";
    std::string want, got, all;
    for (std::size_t i = 0; i < artists.size(); ++i) {
      text += "\n## " + titles[i] + "\n\n### " + artists[i] +
              "\n\nA letter is read on a night of snow, and nobody answers it.\n";
      want += titles[i] + " / " + artists[i] + "\n";
      all += artists[i] + ", ";
    }
    CAPTURE(all);
    const TempDir folder;
    write_file_atomically(folder / "songs.md", text);
    const ImportResult result = import_files({folder / "songs.md"}, with_words());
    for (const Entry& entry : result.entries) got += entry.title + " / " + entry.artist + "\n";
    CHECK(got == want);
    CHECK(result.doubtful.empty());
  }
}

TEST_CASE("the ids of all articles stay as they are") {
  const Json ids = parse_json(read_file(kArticles / "ids.json"));
  for (const fs::path& expectation : expectation_files(kArticles))
    CHECK(ids.contains(article_of(expectation).filename().string()));
  for (const auto& [name, want] : ids.items()) {
    CAPTURE(name);
    Json got = Json::array();
    for (const Entry& entry : import_files({kArticles / name}, with_words()).entries) got.push_back(entry.id);
    CHECK(dump_json(got) == dump_json(want));
  }
}

TEST_CASE("real articles yield every title, artist, kind and rank where they lie beside the tree") {
  if (!fs::is_directory(seeds_folder())) return;
  const Json seeds = parse_json(read_file(kArticles / "seeds.json"));
  std::size_t total = 0;
  for (const auto& [name, entries] : seeds.items()) {
    const fs::path article = seeds_folder() / name;
    if (!fs::exists(article)) continue;
    check_article(article, entries);
    total += entries.size();
  }
  MESSAGE("entries of real articles checked: " << total);
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
