// SPDX-License-Identifier: GPL-2.0-or-later
// What sites export: feeds, WordPress, pages, files in the encodings of old spreadsheets. Posts become
// entries or lists, markup never reaches a description, and what is not published stays out.
#include <doctest/doctest.h>

#include "base/error.h"
#include "base/files.h"
#include "import/import.h"
#include "import/words/publication.h"
#include "support/temp_dir.h"
#include "unit/import/word_lists.h"

TEST_SUITE_BEGIN("import/exports");

namespace nunmul {
namespace {

namespace fs = std::filesystem;

ImportResult import_text(const std::string& name, std::string_view text,
                         ImportOptions options = with_words()) {
  const TempDir folder;
  write_file_atomically(folder / name, text);
  return import_files({folder / name}, options);
}

// The fields of all entries but those that tell where they stand.
std::string entries_of(const ImportResult& result) {
  std::string lines;
  for (const Entry& entry : result.entries) {
    Json fields = to_json(entry);
    for (const char* name : {"id", "source", "line"}) fields.erase(name);
    lines += dump_json(fields) + "\n";
  }
  return lines;
}

std::string said(const std::vector<ImportProblem>& problems) {
  std::string lines;
  for (const ImportProblem& problem : problems)
    lines += (problem.line > 0 ? std::to_string(problem.line) + ": " : "") + problem.message + "\n";
  return lines;
}

constexpr std::string_view kWordPress = R"(<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Rain club</title><wp:wxr_version>1.2</wp:wxr_version>
<item><title><![CDATA[Why we love rain &amp; snow]]></title><link>https://rain.example/why</link>
<pubDate>Wed, 01 May 2024 10:30:00 +0000</pubDate><dc:creator><![CDATA[mina]]></dc:creator>
<guid isPermaLink="false">https://rain.example/?p=7</guid>
<content:encoded><![CDATA[<!-- wp:paragraph --><p>It is <strong>wet</strong>&nbsp;outside.</p>
<h2>And cold</h2><p>Bring a coat.</p>]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>7</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="rain"><![CDATA[비]]></category>
<category domain="post_tag" nicename="coat"><![CDATA[coats]]></category></item>
<item><title>Not yet</title><guid>https://rain.example/?p=8</guid>
<content:encoded><![CDATA[secret]]></content:encoded>
<wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Behind a password</title><guid>https://rain.example/?p=9</guid>
<content:encoded><![CDATA[secret]]></content:encoded><wp:status>publish</wp:status>
<wp:post_password>abc</wp:post_password><wp:post_type>post</wp:post_type></item>
<item><title>photo</title><guid>https://rain.example/photo.jpg</guid><wp:status>inherit</wp:status>
<wp:post_type>attachment</wp:post_type></item>
<item><title>3 songs for a rainy night</title><guid>https://rain.example/?p=10</guid>
<content:encoded><![CDATA[<p>Songs to hear.</p>
<h3>1. “Umbrella” by Younha</h3><p>A ballad of rain.</p>
<h3>2. “Home Is Far” by Epik High</h3><p>A song for the way home.</p>
<h3>3. “Rain Drop” by IU</h3><p>A song of tears.</p>]]>
</content:encoded><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
</channel></rss>)";

TEST_CASE("an export of WordPress is its published posts; a list among them becomes its entries") {
  const ImportResult result = import_text("export.xml", kWordPress);
  CHECK(said(result.problems).empty());
  CHECK(
      entries_of(result) ==
      R"({"kind":"song","title":"Umbrella","artist":"Younha","rank":1,"section":"3 songs for a rainy night",)"
      R"("description":"A ballad of rain."})"
      "\n"
      R"({"kind":"song","title":"Home Is Far","artist":"Epik High","rank":2,)"
      R"("section":"3 songs for a rainy night","description":"A song for the way home."})"
      "\n"
      R"({"kind":"song","title":"Rain Drop","artist":"IU","rank":3,"section":"3 songs for a rainy night",)"
      R"("description":"A song of tears."})"
      "\n"
      R"({"title":"Why we love rain & snow","description":"It is wet outside.\nAnd cold\nBring a coat.",)"
      R"("url":"https://rain.example/why","date":"Wed, 01 May 2024 10:30:00 +0000","author":"mina",)"
      R"("status":"publish","themes":["비","coats"]})"
      "\n");
  CHECK(said(result.unpublished) == "14: its status is \"draft\"\n17: its status is \"private\"\n");
  CHECK(result.windows.empty());
  ImportOptions all = with_words();
  all.drafts = true;
  CHECK(import_text("export.xml", kWordPress, all).count == 6);
}

TEST_CASE("posts of RSS, Atom and JSON Feed have the same fields, and are a window") {
  const std::string expected =
      R"({"title":"Rain <3","description":"First.\nSecond.","url":"https://a.example/1",)"
      R"("date":"2024-05-01T10:00:00Z",)"
      R"("themes":["rain"]})"
      "\n";
  const std::string rss =
      R"(<rss version="2.0"><channel><item><title>Rain &lt;3</title><link>https://a.example/1</link>)"
      R"(<guid>g1</guid>)"
      R"(<pubDate>2024-05-01T10:00:00Z</pubDate><category>rain</category>)"
      R"(<description>&lt;p>First.&lt;/p>&lt;p>Second.&lt;/p></description></item></channel></rss>)";
  const std::string atom =
      R"(<?xml version="1.0"?><!-- a --><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>g1</id>)"
      R"(<title>Rain &lt;3</title><link rel="alternate" href="https://a.example/1"/>)"
      R"(<published>2024-05-01T10:00:00Z</published><category term="rain"/><content type="xhtml">)"
      R"(<div xmlns="http://www.w3.org/1999/xhtml"><p>First.</p><p>Second.</p></div></content>)"
      R"(</entry></feed>)";
  const std::string json =
      R"({"version":"https://jsonfeed.org/version/1.1","title":"A","items":[{"id":"g1","title":"Rain <3",)"
      R"("url":"https://a.example/1","date_published":"2024-05-01T10:00:00Z","tags":["rain"],)"
      R"("content_html":"<p>First.</p><p>Second.</p>"}]})";
  std::string id;
  for (const auto& [name, text] : {std::pair{"feed.xml", atom}, {"feed.json", json}, {"feed", rss}}) {
    CAPTURE(name);
    const ImportResult result = import_text(name, text);
    CHECK(said(result.problems).empty());
    CHECK(entries_of(result) == expected);
    CHECK(result.windows == std::set<std::string>{name});
    REQUIRE(result.entries.size() == 1);
    if (id.empty()) id = result.entries[0].id;
    CHECK(result.entries[0].id == id);
  }
}

TEST_CASE("documents of the API of WordPress, and lists of artists, are entries without markup") {
  CHECK(entries_of(import_text(
            "posts.json",
            R"([{"id":7,"status":"publish","title":{"rendered":"Rain &amp; snow"},"link":"https://a.ex/7",)"
            R"("content":{"rendered":"<p>First.</p><p>Second.</p>","protected":false}}])")) ==
        R"({"status":"publish","title":"Rain & snow","link":"https://a.ex/7",)"
        R"("description":"First.\nSecond."})"
        "\n");
  CHECK(entries_of(import_text("a.json", R"([{"Song Title":"Rain",)"
                                         R"("artists":[{"name":"IU"},{"name":"Suga"}]}])")) ==
        R"({"title":"Rain","artist":"IU, Suga","kind":"song"})"
        "\n");
}

TEST_CASE("broken XML and declared entities are errors with their line") {
  CHECK(said(import_text("a.xml", "<rss><channel>\n<item><title>a</title></item>\n<item><title>b</item>")
                 .problems)
            .starts_with("3: broken XML: "));
  CHECK(
      said(import_text("a.xml", "<rss><channel><item><title>a</title></item>").problems).find("broken XML") !=
      std::string::npos);
  CHECK(said(import_text("a.xml",
                         "<!DOCTYPE rss [<!ENTITY a \"x\">]>\n<rss><item><title>&a;</title></item></rss>")
                 .problems) == "1: the file declares entities, which are not read\n");
}

TEST_CASE("entities are found behind an instruction that looks like an element") {
  const ImportResult result = import_text(
      "feed.xml",
      "<?style <rss> ?><!DOCTYPE rss [<!ENTITY a \"x\">]><rss><item><title>&a;</title></item></rss>");
  CHECK(result.entries.empty());
  CHECK(said(result.problems) == "1: the file declares entities, which are not read\n");
}

TEST_CASE("one post that is refused keeps no other back, and posts without a name stay two") {
  std::string deep;
  for (int i = 0; i < 3000; ++i) deep += "&lt;div&gt;";
  const std::string items = "<item><guid>1</guid><title>Rain</title><description>" + deep +
                            "</description></item><item><description>One.</description></item>"
                            "<item><description>Two.</description></item>";
  const ImportResult result = import_text("feed.xml", "<rss><channel>" + items + "</channel></rss>");
  CHECK(result.entries.size() == 2);
  CHECK(said(result.problems).starts_with("1: the page nests its elements"));
}

TEST_CASE("a post that its feed does not show any more is named by its id, so that it can be removed") {
  const auto feed = [](const std::string& status) {
    return import_text("feed.xml", "<rss><channel><item><guid>7</guid><title>Rain</title><status>" + status +
                                       "</status><description>Wet.</description></item></channel></rss>");
  };
  const ImportResult shown = feed("live"), hidden = feed("draft");
  REQUIRE(shown.entries.size() == 1);
  CHECK(hidden.entries.empty());
  CHECK(hidden.withdrawn == std::set<std::string>{shown.entries[0].id});
}

TEST_CASE("pages of one title stay two where they say different things, and become one where they do not") {
  const TempDir folder;
  const auto put = [&](const char* name, const std::string& text) {
    write_file_atomically(folder / name, "<html><title>Visit</title><body><p>" + text + "</p></body></html>");
  };
  put("a.html", "The house is open on Sundays from ten to four, and the garden all week.");
  put("b.html", "Trains leave the station every hour, and the walk from there takes ten minutes.");
  put("c.html", "The house is open on Sundays from ten to four, and the garden all week.");
  const ImportResult result = import_files({folder.path()}, with_words());
  CHECK(said(result.problems).empty());
  CHECK(result.entries.size() == 2);
  CHECK(result.merged == 1);
}

TEST_CASE("posts of a JSON Feed without ids are told apart by their addresses") {
  const ImportResult result =
      import_text("feed.json", R"( {"version":"https://jsonfeed.org/version/1.1","items":[)"
                               R"({"url":"https://a/1","title":"Daily","content_text":"One."},)"
                               R"({"url":"https://a/2","title":"Daily","content_text":"Two."}]})");
  CHECK(said(result.problems).empty());
  CHECK(result.entries.size() == 2);
}

TEST_CASE("a page without a list is an entry of its own; of a page marked for search the marked part is") {
  const std::string page =
      R"(<!doctype html><html lang="ko"><head><title>Site | Rain</title>)"
      R"(<link rel="canonical" href="https://a.example/rain">)"
      R"(<meta property="og:image" content="https://a.example/rain.jpg"></head><body><nav>Home About</nav>)"
      R"(<main><h1>비 오는 날</h1><p>창밖에 비가 온다. 우산이 없다.</p></main><footer>(c)</footer></body></html>)";
  CHECK(entries_of(import_text("rain.html", page)) ==
        R"({"title":"비 오는 날","description":"창밖에 비가 온다. 우산이 없다.","language":"ko",)"
        R"("url":"https://a.example/rain","image":"https://a.example/rain.jpg"})"
        "\n");
  const std::string marked =
      R"(<html><body><h1>Rain</h1><div>Not this.</div><div data-pagefind-body><p>This.</p>)"
      R"(<p data-pagefind-ignore>Nor this.</p></div></body></html>)";
  CHECK(entries_of(import_text("rain.html", marked)) == R"({"title":"Rain","description":"This."})"
                                                        "\n");
}

TEST_CASE("pages whose template names one address for all are entries of their own") {
  const TempDir folder;
  for (const char* name : {"a", "b"})
    write_file_atomically(folder / (std::string(name) + ".html"),
                          std::string("<html><head><link rel=canonical href=https://a.example/></head><h1>") +
                              name + "</h1><p>Text of " + name + ".</p></html>");
  CHECK(import_files({folder.path()}, with_words()).entries.size() == 2);
}

TEST_CASE("drafts stay out of every structured input, and come in where they are asked for") {
  const std::pair<const char*, const char*> drafts[] = {
      {"a.md", "---\ntitle: Rain\ndraft: true\n---\nText\n"},
      {"a.md", "\n \n---\ntitle: Rain\ndraft: true\n---\nText\n"},
      {"a.md", "# Rain\n\nStatus: Draft\n\nText\n"},
      {"a.md", "---\ntitle: Rain\npublished: false\n---\nText\n"},
      {"a.md", "---\ntitle: Rain\npublishDate: 2999-01-01\n---\nText\n"},
      {"a.md", "---\ntitle: Rain\ndate: 2999-01-01T10:00:00+09:00\n---\nText\n"},
      {"_drafts/a.md", "---\ntitle: Rain\n---\nText\n"},
      {"a.csv", "title,status\nRain,draft\n"},
      {"a.csv", "id,title,status\nr,Rain,draft\n"},
      {"a.md", "---\nid: r\ntitle: Rain\ndraft: true\n---\nText\n"},
      {"a.json", R"([{"title":"Rain","status":"private"}])"},
      {"a.ndjson", R"({"title":"Rain","draft":true})"},
      {"a.ndjson", R"({"title":"Rain","published":"false"})"},
      {"a.ndjson", R"({"title":"Rain","draft":1})"},
      {"a.ndjson", R"({"title":"Rain","published":0})"},
      {"a.ndjson", R"({"title":"Rain","Status":"Draft"})"},
      {"a.csv", "title,draft\nRain,1\n"},
      {"a.csv", "title,Status\nRain,Scheduled\n"},
      {"a.md", "# Rain\n\n가수: 윤하\nStatus: Draft\n\nText\n"},
      {"a.md", "---\ntitle: Rain\npublishDate: 2999-01-01T10:00:00+0900\n---\nText\n"},
      {"a.md", "---\ntitle: Rain\npublishDate: 2999-1-5\n---\nText\n"},
      {"a.atom",
       R"(<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app"><entry><title>R)"
       R"(</title><id>1</id><app:control><app:draft>yes</app:draft></app:control></entry></feed>)"},
  };
  for (const auto& [name, text] : drafts) {
    CAPTURE(text);
    const TempDir folder;
    fs::create_directories((folder / name).parent_path());
    write_file_atomically(folder / name, text);
    const ImportResult result = import_files({folder.path()}, with_words());
    CHECK(result.entries.empty());
    CHECK(result.unpublished.size() == 1);
    CHECK(said(result.problems).empty());
    ImportOptions all = with_words();
    all.drafts = true;
    CHECK(import_files({folder.path()}, all).entries.size() == 1);
  }
  CHECK(import_text("a.md", "---\ntitle: Rain\npublishDate: 2999-01-01\n---\nText\n").due ==
        read_date("2999-01-01"));
}

TEST_CASE("a day of publication that cannot be read is said once for a file") {
  CHECK(said(import_text("a.csv", "title,publishDate\nRain,soon\nSnow,later\n").warnings) ==
        "2: the date \"soon\" of \"publishDate\" cannot be read; what has such a date counts as published\n");
  CHECK(import_text("a.csv", "title,publishDate\nRain,\nSnow,2001-01-01\n").warnings.empty());
}

TEST_CASE("the language of a translation is the part of its file's name that Hugo gives it") {
  const char* text = "---\ntitle: Rain\n---\nText\n";
  const auto language = [&](const char* name, const char* content) {
    return to_json(import_text(name, content).entries.at(0)).value("language", "");
  };
  CHECK(language("rain.ko.md", text) == "ko");
  CHECK(language("rain.md", text) == "");
  CHECK(language("rain.v2.md", text) == "");
  CHECK(language("rain.ko.md", "---\ntitle: Rain\nlanguage: ja\n---\nText\n") == "ja");
}

TEST_CASE("what is published, and the release of a work that is still to come, is taken in") {
  for (const auto& [name, text] :
       {std::pair{"a.md", "---\ntitle: Rain\ndraft: false\ndate: 2001-01-01\n---\nText\n"},
        {"a.md", "---\ntitle: Rain\nartist: IU\nkind: song\ndate: 2999-01-01\n---\nText\n"},
        {"a.csv", "곡명,가수,date\nRain,IU,2999-01-01\n"},
        {"a.ndjson", R"({"Song Title":"Rain","Singer":"IU","date":"2999-01-01"})"},
        {"a.csv", "title,status\nRain,publish\n"},
        {"a.csv", "title,draft\nRain,first version\n"},
        {"a.ndjson", R"({"title":"Rain","published":1999,"status":3})"},
        {"a.ndjson", R"({"title":"Rain","extra":{"draft":true}})"}}) {
    CAPTURE(text);
    const ImportResult result = import_text(name, text);
    CHECK(result.entries.size() == 1);
    CHECK(result.unpublished.empty());
  }
}

TEST_CASE("tables from a Korean or Japanese spreadsheet are read in their encoding, which is said") {
  const std::string korean =
      "\xC1\xA6\xB8\xF1,\xB0\xA1\xBC\xF6\n\xB0\xDC\xBF\xEF \xC6\xED\xC1\xF6,\xC7\xD1\xBC\xD2\xB6\xF3\n";
  const ImportResult result = import_text("songs.csv", korean);
  CHECK(entries_of(result) == R"({"kind":"song","title":"겨울 편지","artist":"한소라"})"
                              "\n");
  CHECK(said(result.warnings) == "the file is not UTF-8; it was read as CP949\n");
  ImportOptions named = with_words();
  named.encoding = "CP949";
  CHECK(import_text("songs.csv", korean, named).warnings.empty());
  named.encoding = "UTF-16";
  CHECK(said(import_text("songs.csv", korean, named).problems).starts_with("1: the file is not UTF-16"));
  named.encoding = "nonsense";
  CHECK_THROWS_AS(import_text("songs.csv", korean, named), Error);
}

TEST_CASE("documents of office programs say what to do, and files without text are counted by their kind") {
  CHECK(said(import_text("a.pdf", "%PDF-1.7 ...").problems).find("is a PDF") != std::string::npos);
  CHECK(said(import_text("a.xlsx", "PK\x03\x04...xl/workbook.xml").problems).find("save it as CSV") !=
        std::string::npos);
  const TempDir folder;
  write_file_atomically(folder / "a.csv", "title,artist\nRain,IU\n");
  for (const char* name : {"a.jpg", "b.JPG", "c.pdf"}) write_file_atomically(folder / name, "x");
  write_file_atomically(folder / "sitemap.XML", "<?xml version=\"1.0\"?><urlset></urlset>");
  const ImportResult result = import_files({folder.path()}, with_words());
  CHECK(result.files == 1);
  CHECK(said(result.problems).empty());
  CHECK(result.passed_over == std::map<std::string, std::size_t>{{".jpg", 2}, {".pdf", 1}, {".xml", 1}});
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
