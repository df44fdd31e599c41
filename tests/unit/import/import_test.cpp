// SPDX-License-Identifier: GPL-2.0-or-later
// Files and folders as a whole: what is wrong is named with file and line and keeps nothing else back; the
// same song is one entry; ids are stable; an editor's overrides settle splits.
#include "import/import.h"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "import/stable_id.h"
#include "import/words/paragraphs.h"
#include "support/temp_dir.h"
#include "unit/import/word_lists.h"

TEST_SUITE_BEGIN("import/import");

namespace nunmul {
namespace {

namespace fs = std::filesystem;

const std::string kSongs =
    "Ballads for a rainy night: a selection\nThese songs go well with rain on the window.\n"
    "Ballads for a rainy night: a selection (1–10)\nRainy LetterYOUNHA\n\nA ballad by Younha, who waits for "
    "someone at a bus stop.\n"
    "Umbrella (우산)Epik High\n\nEpik High's story of a missing umbrella, told over a slow beat.\n";

void put(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  write_file_atomically(path, text);
}

std::vector<std::string> messages(const ImportResult& result) {
  std::vector<std::string> list;
  for (const ImportProblem& problem : result.problems) list.push_back(to_string(problem));
  return list;
}

ImportOptions with_overrides(const fs::path& file) {
  ImportOptions options = with_words();
  options.overrides_file = file;
  return options;
}

// By the name of the file, without its folder.
std::string warnings(const ImportResult& result) {
  std::string lines;
  for (ImportProblem warning : result.warnings) {
    warning.file = fs::path(warning.file).filename().string();
    lines += to_string(warning) + "\n";
  }
  return lines;
}

bool mentions(const ImportResult& result, const std::string& text) {
  for (const std::string& message : messages(result)) {
    if (message.find(text) != std::string::npos) return true;
  }
  return false;
}

TEST_CASE("an article's entries have their fields in order") {
  const TempDir folder;
  put(folder / "a.txt", kSongs);
  const ImportResult result = import_files({folder / "a.txt"}, with_words());
  REQUIRE(result.entries.size() == 2);
  CHECK(to_json_text(result.entries[0]) ==
        R"json({"id":"song-younha-rainy-letter","kind":"song","title":"Rainy Letter","artist":"YOUNHA",)json"
        R"json("section":"Ballads for a rainy night: a selection (1–10)","source":"a.txt","line":4,)json"
        R"json("description":"A ballad by Younha, who waits for someone at a bus stop."})json");
  CHECK(result.problems.empty());
}

TEST_CASE("bad files are named with their line, and the others are imported") {
  const TempDir folder;
  put(folder / "a.txt", kSongs);
  put(folder / "binary.txt", std::string_view("abc\n\0def", 8));
  put(folder / "empty.txt", " \n");
  put(folder / "latin1.txt", "Title\ncaf\xE9\n");
  put(folder / "prose.txt", "Just one sentence that lists nothing at all.\n");
  put(folder / "rows.csv", "title,artist,kind\nSnow,BoA,song\nshort\n");
  put(folder / "lines.ndjson", "{\"id\":\"x\"}\n{broken\n{\"id\":\"x\"}\n{\"id\":\"y\"}\n");
  put(folder / "front.md", "---\ntitle: [\n---\ntext\n");
  const ImportResult result = import_files({folder.path(), folder / "missing.txt"}, with_words());
  CHECK(mentions(result, "binary.txt:2: the file is binary"));
  CHECK(mentions(result, "empty.txt: the file is empty"));
  CHECK(mentions(result, "latin1.txt:2: the file is not UTF-8: byte 0xE9"));
  CHECK(
      warnings(result) ==
      "lines.ndjson:1: the entry has no field \"title\", nor have 2 others of this file; its fields are: id\n"
      "prose.txt: no list of songs, films or dramas was found in it\n");
  CHECK(mentions(result, "rows.csv:3: the row has 1 cells"));
  CHECK(mentions(result, "lines.ndjson:2: broken JSON"));
  CHECK(mentions(result, "lines.ndjson:3: the id \"x\" was already given in "));
  CHECK(mentions(result, "front.md:"));
  CHECK(mentions(result, "missing.txt: there is no such file or folder"));
  CHECK(result.problems.size() == 8);
  CHECK(result.entries.size() == 5);
}

TEST_CASE("a text without a list is passed over beside others, and refused on its own") {
  const TempDir folder;
  put(folder / "prose.txt", "Just one sentence that lists nothing at all.\n");
  const ImportResult alone = import_files({folder / "prose.txt"}, with_words());
  CHECK(mentions(alone, "prose.txt: no list"));
  CHECK(alone.warnings.empty());
  put(folder / "a.txt", kSongs);
  const ImportResult beside = import_files({folder.path()}, with_words());
  CHECK(beside.problems.empty());
  CHECK(warnings(beside) == "prose.txt: no list of songs, films or dramas was found in it\n");
  CHECK(beside.entries.size() == 2);
}

TEST_CASE("tables come with commas, semicolons or tabulators between their cells") {
  for (const char delimiter : {',', ';', '\t'}) {
    CAPTURE(delimiter);
    std::string table =
        "title|artist|kind|description\n\"Rain, rain; go\"|Younha|song|\"A line\nand "
        "another\"\nSnow|BoA|song|Cold\n";
    std::replace(table.begin(), table.end(), '|', delimiter);
    for (const char* name : {"songs.csv", "songs"}) {
      const TempDir folder;
      put(folder / name, table);
      const ImportResult result = import_files({folder / name}, with_words());
      CHECK(result.problems.empty());
      CHECK(result.warnings.empty());
      REQUIRE(result.entries.size() == 2);
      CHECK(result.entries[0].title == "Rain, rain; go");
      CHECK(result.entries[1].artist == "BoA");
    }
  }
}

TEST_CASE("fields under other names are known where there is no title, and say what kind of entry it is") {
  const TempDir folder;
  put(folder / "a.csv", "순위,제목,가수,발매년도,설명\n1위,겨울 편지,한소라,2018년,눈 오는 밤의 편지.\n");
  put(folder / "b.csv", "順位;ドラマ名;放送年\n2;灯台の約束;2016\n");
  put(folder / "c.tsv", "Rank\tSong Title\tSinger\tMood\n3\tKite\tJun Arden\tcalm\n");
  put(folder / "d.ndjson",
      "{\"id\":\"d\",\"trackName\":\"First Bus\",\"artistName\":\"Mo Arden\",\"summary\":\"A bus.\"}\n");
  std::string entries;
  for (const Entry& entry : import_files({folder.path()}, with_words()).entries) {
    Json fields = to_json(entry);
    for (const char* name : {"id", "source", "line"}) fields.erase(name);
    entries += dump_json(fields) + "\n";
  }
  CHECK(entries ==
        "{\"title\":\"First Bus\",\"artist\":\"Mo Arden\",\"description\":\"A bus.\",\"kind\":\"song\"}\n"
        "{\"kind\":\"song\",\"title\":\"겨울 편지\",\"artist\":\"한소라\",\"rank\":1,\"description\":\"눈 "
        "오는 밤의 편지.\",\"year\":2018}\n"
        "{\"kind\":\"drama\",\"title\":\"灯台の約束\",\"rank\":2,\"year\":2016}\n"
        "{\"kind\":\"song\",\"title\":\"Kite\",\"artist\":\"Jun Arden\",\"rank\":3,\"Mood\":\"calm\"}\n");
}

TEST_CASE("who writes a title keeps all other fields as they are") {
  const TempDir folder;
  put(folder / "a.csv", "title,singer,position,note\nRain,Younha,3,Wet\n");
  const ImportResult result = import_files({folder.path()}, with_words());
  REQUIRE(result.entries.size() == 1);
  CHECK(dump_json(result.entries[0].extra) == R"({"singer":"Younha","position":3,"note":"Wet"})");
}

TEST_CASE("entries without a title are named with the fields that they have") {
  const TempDir folder;
  put(folder / "songs.csv", "Titel;Interpret\nRain;Younha\nSnow;BoA\n");
  put(folder / "songs.json", "[{\"id\": 1, \"title\": \"Rain\"},\n {\"id\": 2, \"werk\": \"Snow\"}]");
  put(folder / "names.ndjson", "{\"id\":\"x\",\"name\":\"Rain\"}\n{\"id\":\"y\",\"name\":\"Snow\"}\n");
  const ImportResult result = import_files({folder.path()}, with_words());
  CHECK(result.problems.empty());
  CHECK(warnings(result) ==
        "songs.csv:2: the entry has no field \"title\", nor has 1 other of this file; its fields are: Titel, "
        "Interpret\n"
        "songs.json:2: the entry has no field \"title\"; its fields are: id, werk\n");
}

TEST_CASE("a row with an empty title is named with the fields that it has") {
  const TempDir folder;
  put(folder / "songs.csv", "title,artist,kind,description\nRain,Younha,song,Wet\n,BoA,song,Cold\n");
  CHECK(warnings(import_files({folder / "songs.csv"}, with_words())) ==
        "songs.csv:3: the entry has no field \"title\"; its fields are: artist, kind, description\n");
}

TEST_CASE("a heading that looks like the entries' and is not taken is named with its line") {
  const TempDir folder;
  put(folder / "songs.md",
      "# Songs for the ferry\n\n## 1. Nell Amari - Glass Harbor\nShe counts the boats that come in.\n\n## "
      "Ida Brandt - Late Bus\nA bus.\n\n"
      "## [MV] Mo Arden - Pier\n\n## 2. Otto Lind - Kitchen Light\nNobody turns the light off anymore.\n\n## "
      "Wrapping up\nThat was all for today.\n");
  const ImportResult result = import_files({folder / "songs.md"}, with_words());
  CHECK(result.problems.empty());
  REQUIRE(result.entries.size() == 3);
  CHECK(result.entries[0].artist == "Nell Amari");
  CHECK(result.entries[1].artist == "Ida Brandt");
  CHECK(result.entries[2].rank == 2u);
  CHECK(warnings(result) == "songs.md:9: the heading \"[MV] Mo Arden - Pier\" was passed over\n");
}

TEST_CASE("what is wrong with a file of overrides is said with its name") {
  const TempDir folder;
  put(folder / "a.txt", kSongs);
  const std::pair<const char*, const char*> wrong[] = {
      {"{\"x\": 5", "The JSON text is not valid"},
      {"{\"x\": 5}", "heading \"x\": an object was expected"},
      {"heading,title\na\n", "Line 2: the row has 1 cells"},
      {"heading,heading\na,b\n", "The column \"heading\" stands twice"},
      {"name,title\na,b\n", "a row without \"heading\""},
      {"heading,titel\na,b\n", "heading \"a\": \"titel\" is not one of heading, title, artist, kind"},
      {"{\"a\": {\"artists\": \"b\"}}", "heading \"a\": \"artists\" is not one of"},
      {"heading,kind\na,movie\n", "the kind \"movie\" is not one of song, film, drama, other"}};
  for (const auto& [text, says] : wrong) {
    CAPTURE(text);
    put(folder / "overrides", text);
    std::string message;
    try {
      import_files({folder / "a.txt"}, with_overrides(folder / "overrides"));
    } catch (const Error& error) {
      message = error.what();
    }
    CHECK(message.find((folder / "overrides").string() + ": ") != std::string::npos);
    CHECK(message.find(says) != std::string::npos);
  }
  put(folder / "overrides", "");
  CHECK(import_files({folder / "a.txt"}, with_overrides(folder / "overrides")).problems.empty());
}

TEST_CASE("a folder without files and an unknown format are refused") {
  const TempDir folder;
  fs::create_directories(folder / "sub");
  put(folder / ".hidden", "x");
  put(folder / "picture.png", "x");
  CHECK(mentions(import_files({folder.path()}, with_words()), "holds no files"));
  ImportOptions options = with_words();
  options.format = "xml";
  CHECK_THROWS_AS(import_files({folder.path()}, options), Error);
}

TEST_CASE("a song of several articles is one entry with all its sources, and the longer of like texts") {
  const TempDir folder;
  put(folder / "a.txt", kSongs);
  put(folder / "b.txt",
      "Old rain songs: a selection\nOld songs for old umbrellas, collected by hand.\nOld rain songs: a "
      "selection (1–10)\nRainy Letter(비의 편지)YOUNHA(윤하)\n\n"
      "A ballad by Younha, who waits for someone at a bus stop until the last bus has gone and the rain has "
      "stopped.\nWet ShoesEpik High\n\nEpik High walk home without an umbrella.\n");
  const ImportResult result = import_files({folder.path()}, with_words());
  REQUIRE(result.entries.size() == 3);
  CHECK(result.entries[0].sources == std::vector<std::string>{"a.txt", "b.txt"});
  CHECK(result.entries[0].source == "a.txt");
  CHECK(result.entries[0].title == "Rainy Letter");
  CHECK(result.entries[0].description.find("last bus") != std::string::npos);
  CHECK(result.merged == 1);
}

TEST_CASE("a title in front matter may be a number, a list or missing, and none ends the import") {
  const TempDir folder;
  put(folder / "a.md", "---\ntitle: 1979\nartist: The Smashing Pumpkins\n---\nA night ride.\n");
  put(folder / "b.md", "---\ntitle:\nmood: calm\n---\nText without a title.\n");
  put(folder / "c.md", "---\ntitle: [Rain, Snow]\n---\nText under a list.\n");
  const ImportResult result = import_files({folder.path()}, with_words());
  CHECK(messages(result).empty());
  REQUIRE(result.entries.size() == 3);
  std::set<std::string> titles;
  for (const Entry& entry : result.entries) titles.insert(entry.title);
  CHECK(titles == std::set<std::string>{"", "1979"});
}

TEST_CASE("a description that is no text stays out of a document that has one") {
  const TempDir folder;
  put(folder / "a.md", "---\ntitle: Rain\nartist: IU\ndescription: [wet, cold]\n---\n");
  put(folder / "b.ndjson", R"({"id":"s1","title":"Rain","artist":"IU","description":"A ballad."})");
  const ImportResult result = import_files({folder.path()}, with_words());
  CHECK(messages(result).empty());
  REQUIRE(result.entries.size() == 1);
  CHECK(to_json(result.entries[0])["description"] == "A ballad.");
}

TEST_CASE("what several files say of an entry is kept, each paragraph once") {
  const TempDir folder;
  put(folder / "a.csv",
      "title,artist,description\nRain,IU,\"Someone waits at a bus stop.\nIt was sung live.\"\n");
  put(folder / "b.csv",
      "title,artist,description\nRain,IU,\"Someone waits, at a bus stop!\nA letter gets wet.\"\n");
  put(folder / "c.csv",
      "title,artist,description\nRain,IU,A letter gets wet and the ink runs over the page.\n");
  put(folder / "d.csv", "title,artist,description\nRain,IU,비에 젖은 편지.\n");
  const ImportResult result = import_files({folder.path()}, with_words());
  REQUIRE(result.entries.size() == 1);
  CHECK(to_json(result.entries[0])["description"] ==
        "Someone waits at a bus stop.\nIt was sung live.\nA letter gets wet and the ink runs over the page.\n"
        "비에 젖은 편지.");
}

TEST_CASE("of long texts every paragraph is kept once, without looking for like ones") {
  std::string first, second;
  for (int i = 0; i < 3'000; ++i) {
    first += (i > 0 ? "\n" : "") + std::string("Paragraph number ") + std::to_string(i);
    second += (i > 0 ? "\n" : "") + std::string("Paragraph, number ") + std::to_string(i + 1);
  }
  CHECK(with_paragraphs_of(first, second) == first + "\nParagraph, number 3000");
}

TEST_CASE("an entry that two formats list is one, whatever they are and in whichever order they are read") {
  const std::string wait = "Someone waits.";
  const std::map<std::string, std::string> forms{
      {"article.txt", kSongs},
      {"article.html",
       "<h1>Songs for wet days</h1><h2>1. Younha - Rainy Letter</h2><p>A bus stop in the rain, and nobody "
       "comes.</p><h2>2. Epik High - Umbrella</h2><p>An umbrella that nobody misses.</p>"},
      {"row.csv", "title,artist\nRainy Letter,Younha\n"},
      {"other_names.csv", "Song Title,Singer\nRainy Letter,Younha\n"},
      {"kind.csv", "title,artist,kind\nRainy Letter,Younha,song\n"},
      {"front.md", "---\ntitle: Rainy Letter\nartist: Younha\n---\nSomeone waits.\n"},
      {"id.csv", "id,title,artist,plays\n7,Rainy Letter,YOUNHA(윤하),3\n"},
      {"id.md", "---\nid: 8\ntitle: Rainy Letter\nartist: Younha\n---\nSomeone waits.\n"},
      {"id.json", R"([{"id":9,"title":"Rainy Letter","artist":"Younha","plays":3}])"},
      {"import.ndjson", R"({"id":"song-younha-rainy-letter","title":"Rainy Letter","artist":"Younha"})"},
      {"bare.json", R"({"title":"Rainy Letter","artist":"Younha","plays":3})"},
      {"kind.ndjson", R"({"title":"Rainy Letter","artist":"Younha","kind":"song"})"},
      {"names.ndjson", R"({"trackName":"Rainy Letter","artistName":"Younha"})"}};
  const auto stays_apart = [](const std::string& name) {
    return name.starts_with("id.") || name.ends_with("json");
  };
  for (const auto& [one, text] : forms)
    for (const auto& [two, other] : forms) {
      if (one == two || (stays_apart(one) && stays_apart(two))) continue;
      CAPTURE(one);
      CAPTURE(two);
      const TempDir folder;
      put(folder / one, text);
      put(folder / two, other);
      const ImportResult result = import_files({folder / one, folder / two}, with_words());
      CHECK(messages(result) == std::vector<std::string>{});
      CHECK(result.merged > 0);
      std::vector<Json> letters;
      for (const Entry& entry : result.entries)
        if (const Json fields = to_json(entry); fields["title"] == "Rainy Letter") letters.push_back(fields);
      REQUIRE(letters.size() == 1);
      const Json& letter = letters[0];
      CHECK(std::set<std::string>(letter["sources"]) == std::set<std::string>{one, two});
      const bool has_article = one.starts_with("article") || two.starts_with("article");
      if (has_article) CHECK(letter["kind"] == "song");
      if (has_article) CHECK(letter["description"].get<std::string>().size() > 30);
      for (const std::string& name : {one, two}) {
        if (name == "id.csv") CHECK(letter["id"] == "7");
        if (name == "id.md" || name == "id.json") CHECK(letter["id"].dump().find_first_of("89") < 2);
        if (forms.at(name).find("plays") != std::string::npos) CHECK(letter["plays"] == 3);
      }
    }
}

TEST_CASE("a document without a kind joins the one entry of its names, and none where there are several") {
  const TempDir folder;
  put(folder / "kinds.csv", "title,kind,year\nHarbor,film,1999\nHarbor,drama,2004\nPier,film,2011\n");
  put(folder / "bare.csv", "title,year\nPier,2011\nHarbor,\n");
  put(folder / "other_year.ndjson", "{\"title\":\"Pier\",\"year\":\"1960\"}\n");
  put(folder / "same_year.ndjson", "{\"title\":\"Pier\",\"year\":\"2011\",\"kind\":\"film\"}\n");
  const ImportResult result = import_files({folder.path()}, with_words());
  CHECK(messages(result) == std::vector<std::string>{});
  std::multiset<std::string> entries;
  for (const Entry& entry : result.entries) {
    const Json fields = to_json(entry);
    entries.insert(fields["title"].get<std::string>() + " " + fields.value("kind", "-") + " " +
                   (fields.contains("year") ? fields["year"].dump() : "-"));
  }
  CHECK(entries == std::multiset<std::string>{"Harbor film 1999", "Harbor drama 2004", "Harbor - -",
                                              "Pier film \"2011\"", "Pier - \"1960\""});
}

TEST_CASE("an entry gets the same id wherever its file lies") {
  const TempDir folder;
  put(folder / "one" / "a.txt", kSongs);
  put(folder / "two" / "deep" / "b.txt", kSongs);
  const ImportResult one = import_files({folder / "one"}, with_words());
  const ImportResult two = import_files({folder / "two"}, with_words());
  REQUIRE(one.entries.size() == two.entries.size());
  for (std::size_t i = 0; i < one.entries.size(); ++i) CHECK(one.entries[i].id == two.entries[i].id);
}

TEST_CASE("ids are readable where the name is Latin, and do not depend on how it is dressed") {
  CHECK(stable_id("song", "On A Rainy Day(비가 내리는 날에는)", "YOUNHA(윤하)") ==
        "song-younha-on-a-rainy-day");
  CHECK(stable_id("song", "It’s love", "Roy Kim (feat. X)") == stable_id("song", "Its Love", "ROY KIM"));
  CHECK(stable_id("song", "Indestructible", "shōjo jidai") == "song-shojo-jidai-indestructible");
  CHECK(stable_id("film", "7번방의 선물", "") != stable_id("film", "8번방의 선물", ""));
  CHECK(stable_id("film", "기생충", "").find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
        std::string::npos);
  CHECK(stable_id("film", std::string(500, 'a'), "").size() <= 100);
}

TEST_CASE("structured documents pass unchanged, and those without an id get one in front") {
  const TempDir folder;
  put(folder / "d.ndjson",
      "{\"id\":\"a\",\"z\":1.0,\"b\":[1, "
      "2]}\n{\"title\":\"Rain\",\"kind\":\"song\",\"artist\":\"IU\"}\n{}\n{\"title\":\"Rain\",\"kind\":"
      "\"song\",\"artist\":\"IU\",\"n\":2}\n");
  const ImportResult result = import_files({folder / "d.ndjson"}, with_words());
  REQUIRE(result.entries.size() == 4);
  CHECK(to_json_text(result.entries[0]) == "{\"id\":\"a\",\"z\":1.0,\"b\":[1, 2]}");
  CHECK(to_json_text(result.entries[1]) ==
        "{\"id\":\"song-iu-rain\",\"title\":\"Rain\",\"kind\":\"song\",\"artist\":\"IU\"}");
  CHECK(to_json(result.entries[2]).size() == 1);
  std::set<std::string> ids;
  for (const Entry& entry : result.entries) ids.insert(entry.id);
  CHECK(ids.size() == 4);
}

TEST_CASE("what import writes can be imported again unchanged") {
  const TempDir folder;
  put(folder / "a.txt", kSongs);
  std::string lines;
  for (const Entry& entry : import_files({folder / "a.txt"}, with_words()).entries)
    lines += to_json_text(entry) + "\n";
  put(folder / "again.ndjson", lines);
  std::string again;
  for (const Entry& entry : import_files({folder / "again.ndjson"}, with_words()).entries)
    again += to_json_text(entry) + "\n";
  CHECK(again == lines);
}

TEST_CASE("CSV and Markdown keep their fields and say where they are from") {
  const TempDir folder;
  put(folder / "a.csv", "id,title,artist,mood\ns1,Rain,IU,blue\n,Snow,BoA,white\n");
  put(folder / "b.md", "---\ntitle: Poetry\nkind: film\nyear: 2010\n---\nA class in verse.\n");
  const ImportResult result = import_files({folder.path()}, with_words());
  REQUIRE(result.entries.size() == 3);
  CHECK(to_json_text(result.entries[0]) ==
        R"({"id":"s1","title":"Rain","artist":"IU","source":"a.csv","line":2,"mood":"blue"})");
  CHECK(to_json_text(result.entries[1]) ==
        R"({"id":"boa-snow","title":"Snow","artist":"BoA","source":"a.csv","line":3,"mood":"white"})");
  CHECK(to_json_text(result.entries[2]) ==
        R"({"id":"film-poetry","kind":"film","title":"Poetry","source":"b.md","line":1,)"
        R"("description":"A class in verse.","year":2010})");
}

TEST_CASE("a doubtful split is marked and listed, and an override settles it") {
  const TempDir folder;
  put(folder / "a.txt",
      "Songs of the harbor: a selection\nSalt on every string, that is all we ask of them.\nSongs of the "
      "harbor: a selection (1–10)\n바다의 노래파도소리\n\nIt sounds like evening, and nobody on the pier "
      "wants to go home.\n"
      "Night TideBoA\n\nBoA's quietest song so far, sung over one piano.\n");
  const ImportResult before = import_files({folder / "a.txt"}, with_words());
  REQUIRE(before.doubtful.size() == 1);
  CHECK(before.doubtful[0].line == 4);
  CHECK(before.doubtful[0].file == (folder / "a.txt").string());
  CHECK(to_json(before.entries[0])["doubtful"] == true);

  ImportOptions options = with_words();
  options.overrides_file = folder / "settled.json";
  put(options.overrides_file,
      "{\"바다의 노래파도소리\": {\"title\": \"바다의 노래\", \"artist\": \"파도소리\"}}");
  const ImportResult after = import_files({folder / "a.txt"}, options);
  CHECK(after.doubtful.empty());
  CHECK(after.entries[0].artist == "파도소리");

  options.overrides_file = folder / "settled.csv";
  put(options.overrides_file, "heading,title,artist,skip\n바다의 노래파도소리,,,true\n");
  CHECK(import_files({folder / "a.txt"}, options).entries.size() == 1);

  for (const char* header : {"heading,title,artist,kind,check,other,place\n", ""}) {
    CAPTURE(header);
    put(options.overrides_file,
        header + std::string(
                     "바다의 노래파도소리,바다의 노래,\"파도, 소리\",song,title and artist,a / b,a.txt:4\n"));
    const ImportResult pasted = import_files({folder / "a.txt"}, options);
    CHECK(pasted.doubtful.empty());
    CHECK(pasted.entries.at(0).artist == "파도, 소리");
  }
}

TEST_CASE("of an object with several lists of entries one is asked for by its name") {
  const TempDir folder;
  put(folder / "a.json", R"({"meta": {"pages": 1}, "films": [{"title": "Salt"}],
 "data": {"songs": [{"title": "Rain", "artist": "BoA"}, {"title": "Snow"}]}, "links": [{"href": "/"}]})");
  const auto titles = [&](const char* list) {
    ImportOptions options = with_words();
    options.list = list;
    const ImportResult result = import_files({folder / "a.json"}, options);
    std::string all;
    for (const Entry& entry : result.entries) all += entry.title + ";";
    for (const ImportProblem& problem : result.problems)
      all += std::to_string(problem.line) + problem.message;
    return all;
  };
  CHECK(titles("songs") == "Rain;Snow;");
  CHECK(titles("data.songs") == "Rain;Snow;");
  CHECK(titles("films") == "Salt;");
  CHECK(titles("") ==
        "1the object has several lists of entries (films, data.songs); --list says which, such as --list "
        "films");
  CHECK(titles("dramas") == "1there is no list \"dramas\"; the lists are: films, data.songs, links");
}

TEST_CASE("known names split what a page leaves open") {
  const TempDir folder;
  put(folder / "names.json",
      "[{\"id\":\"yoon\",\"kind\":\"artist\",\"names\":[\"윤도현\",\"Yoon Do Hyun\"]}]");
  put(folder / "a.txt",
      "늦은 밤에 듣는 노래 모음\n잠이 오지 않는 밤에 듣기 좋은 노래를 골랐습니다.\n늦은 밤에 듣는 노래 모음 "
      "(1~10)\n사랑했나봐윤도현\n\n후렴에서 무너지고 마는 담담한 노래입니다.\n"
      "Night TideBoA\n\nBoA의 가장 조용한 노래, 피아노 한 대뿐입니다.\n");
  ImportOptions options = with_words();
  options.names_file = folder / "names.json";
  const ImportResult result = import_files({folder / "a.txt"}, options);
  REQUIRE(result.entries.size() == 2);
  CHECK(result.entries[0].artist == "윤도현");
  CHECK(result.doubtful.empty());
}

TEST_CASE("a known name that is a word besides turns no page around") {
  const TempDir folder;
  put(folder / "names.json",
      "[{\"id\":\"snow\",\"kind\":\"artist\",\"names\":[\"Snow\",\"Snow Kim\"],\"ambiguous\":[\"Snow\"]}]");
  put(folder / "a.md",
      "# Sad songs\n\n## 1. Nell Amari - Snow\nThe depot is quiet.\n\n## 2. Ida Brandt - Farewell\nThe "
      "driver waits.\n");
  ImportOptions options = with_words();
  options.names_file = folder / "names.json";
  const ImportResult result = import_files({folder / "a.md"}, options);
  REQUIRE(result.entries.size() == 2);
  CHECK(result.entries[0].artist == "Nell Amari");
  CHECK(result.entries[1].artist == "Ida Brandt");
  CHECK(result.doubtful.size() == 2);
}

TEST_CASE("headings whose order one chance meeting decides are doubtful") {
  const TempDir folder;
  put(folder / "a.md",
      "# Sad songs\n\n## 1. Nell Amari - Snow\nSnow lies on the depot.\n\n## 2. Ida Brandt - Farewell\nThe "
      "driver waits.\n");
  const ImportResult result = import_files({folder / "a.md"}, with_words());
  REQUIRE(result.entries.size() == 2);
  CHECK(result.entries[1].title == "Farewell");
  CHECK(result.doubtful.size() >= 1);
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
