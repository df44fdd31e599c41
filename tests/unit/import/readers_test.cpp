// SPDX-License-Identifier: GPL-2.0-or-later
// The readers of structured and marked-up inputs: CSV, JSON, NDJSON, Markdown, HTML, and telling them apart.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/ascii_text.h"
#include "base/error.h"
#include "import/read/csv_reader.h"
#include "import/read/front_matter.h"
#include "import/read/html_lines.h"
#include "import/read/input_format.h"
#include "import/read/json_documents.h"
#include "import/read/markdown_reader.h"
#include "unit/import/word_lists.h"

TEST_SUITE_BEGIN("import/readers");

namespace nunmul {
namespace {

std::vector<CsvRow> all(CsvReader& rows) {
  std::vector<CsvRow> list;
  while (auto row = rows.next()) list.push_back(*row);
  return list;
}

TEST_CASE("quoted CSV cells hold commas, quotes and newlines, and rows know their line") {
  CsvReader rows(
      tree_words(),
      "title,year:number,live:boolean,note\r\n\"Rain, again\",2014,true,\"two\nlines\"\r\n\r\n\"He said "
      "\"\"hi\"\"\",,,\n",
      ',');
  const auto list = all(rows);
  REQUIRE(list.size() == 2);
  CHECK(dump_json(list[0].fields) ==
        R"({"title":"Rain, again","year":2014,"live":true,"note":"two\nlines"})");
  CHECK(list[0].line == 2);
  CHECK(dump_json(list[1].fields) == R"({"title":"He said \"hi\""})");
  CHECK(list[1].line == 5);
}

TEST_CASE("a CSV column of numbers alone has numbers, unless it is a name or says that it is none") {
  CsvReader rows(
      tree_words(),
      "title,year,rating,code,phone,note,no:string,title_ko\n1979,1999,-4.5,007,+82,1,1,1\nRain,987,10,100,"
      "82,x,2,2\nSnow,,,,,,,\n",
      ',');
  const std::vector<CsvRow> list = all(rows);
  REQUIRE(list.size() == 3);
  CHECK(rows.faults().empty());
  CHECK(list[0].fields ==
        Json::parse(
            R"({"title":"1979","year":1999,"rating":-4.5,"code":"007","phone":"+82","note":"1","no":"1",)"
            R"("title_ko":"1"})"));
  CHECK(list[1].fields["year"] == 987);
  CHECK(list[1].line == 3);
  CHECK(list[2].fields == Json::parse(R"({"title":"Snow"})"));

  CsvReader others(tree_words(), "제목,순위\n1979,1\n", ',');
  CHECK(all(others)[0].fields == Json::parse(R"({"제목":"1979","순위":1})"));
}

TEST_CASE("what a spreadsheet leaves in a table refuses nothing") {
  CsvReader rows(
      tree_words(),
      "My songs,,,\n,,,\ntitle,plays,live:boolean,\nRain,\"1,234\",TRUE,\n,,,\nSnow,\"12,345,678\",no,,\n\n",
      ',');
  const std::vector<CsvRow> list = all(rows);
  CHECK(rows.faults().empty());
  REQUIRE(list.size() == 2);
  CHECK(list[0].fields == Json::parse(R"({"title":"Rain","plays":1234,"live":true})"));
  CHECK(list[1].fields == Json::parse(R"({"title":"Snow","plays":12345678,"live":false})"));
  CHECK(list[1].line == 6);

  CsvReader texts(tree_words(), "title,places\nRain,\"1,2\"\nSnow,\"12,34\"\n", ',');
  CHECK(all(texts)[0].fields == Json::parse(R"({"title":"Rain","places":"1,2"})"));
  CsvReader single(tree_words(), "title\nRain\nSnow\n", ',');
  CHECK(all(single).size() == 2);
}

TEST_CASE("a cell of blanks in a column of numbers says nothing") {
  CsvReader rows(tree_words(), "title,score\nRain,3\nSnow, \n", ',');
  const std::vector<CsvRow> list = all(rows);
  CHECK(rows.faults().empty());
  REQUIRE(list.size() == 2);
  CHECK(dump_json(list[1].fields) == R"({"title":"Snow"})");
}

TEST_CASE("a cell without a name and a boolean that is none are faults") {
  CsvReader unnamed(tree_words(), "title,artist,\nRain,IU,x\n", ',');
  CHECK(all(unnamed).empty());
  REQUIRE(unnamed.faults().size() == 1);
  CHECK(unnamed.faults()[0].message == "the cell \"x\" has no name in the header");
  CsvReader maybe(tree_words(), "title,live:boolean\nRain,maybe\n", ',');
  CHECK(all(maybe).empty());
  CHECK(maybe.faults()[0].message == "column \"live\" is neither true nor false: \"maybe\"");
}

TEST_CASE("CSV rows that do not fit are faults with their line, the others are read") {
  CsvReader rows(tree_words(), "title,artist\nRain,IU\nonly one\na,b,c\nSnow,BoA\n", ',');
  CHECK(all(rows).size() == 2);
  REQUIRE(rows.faults().size() == 2);
  CHECK(rows.faults()[0].line == 3);
  CHECK(rows.faults()[0].message == "the row has 1 cells, the header 2");
  CHECK(rows.faults()[1].line == 4);
}

TEST_CASE("an open quote, a number that is none and a double column are faults") {
  CsvReader open(tree_words(), "a,b\n1,\"x\n", ',');
  CHECK(all(open).empty());
  CHECK(open.faults().size() == 1);
  CsvReader number(tree_words(), "a:number\nx\n", ',');
  CHECK(all(number).empty());
  CHECK(number.faults().size() == 1);
  CHECK_THROWS_AS(CsvReader(tree_words(), "a,a\n", ','), Error);
}

struct Read {
  std::vector<Entry> documents;
  std::vector<std::pair<std::uint32_t, std::string>> faults;
};

template <typename Reader>
Read read_with(Reader reader, std::string_view text) {
  Read result;
  reader(
      text, [&](Entry&& document) { result.documents.push_back(std::move(document)); },
      [&](std::uint32_t line, const std::string& message) { result.faults.emplace_back(line, message); });
  return result;
}

const auto read_tree_json = [](std::string_view text, const DocumentSink& sink, const FaultSink& fault) {
  read_json(tree_words(), text, "", sink, fault);
};

TEST_CASE("NDJSON documents pass as they are written") {
  const Read read = read_with(
      read_ndjson, "{\"id\": 7, \"n\": 1.50, \"nested\": {\"id\": \"no\"}}\r\n\n{\"title\":\"雨\"}\n");
  REQUIRE(read.documents.size() == 2);
  CHECK(read.documents[0].raw == "{\"id\": 7, \"n\": 1.50, \"nested\": {\"id\": \"no\"}}");
  CHECK(read.documents[0].id == "7");
  CHECK(read.documents[1].id.empty());
  CHECK(read.documents[1].line == 3);
  CHECK(read.faults.empty());
}

TEST_CASE("a broken NDJSON line is a fault, the others are read") {
  const Read read =
      read_with(read_ndjson, "{\"id\":\"a\"}\n{\"id\":\n[1]\n\"text\"\n5\n{\"id\":[1]}\n{\"id\":\"b\"}\n");
  CHECK(read.documents.size() == 2);
  REQUIRE(read.faults.size() == 5);
  CHECK(read.faults[0].first == 2);
  CHECK(read.faults[4].first == 6);
}

TEST_CASE("deeply nested JSON is refused, not followed") {
  const std::string deep = "{\"a\":" + std::string(100000, '[') + std::string(100000, ']') + "}";
  CHECK(read_with(read_ndjson, deep).faults.size() == 1);
}

TEST_CASE("the values of a JSON array know their line and come out on one line") {
  const Read read =
      read_with(read_tree_json, "[\n {\"id\":\"a\"},\n {\"id\":\"b\",\n  \"t\":\"x,]\"},\n 5\n]\n");
  REQUIRE(read.documents.size() == 2);
  CHECK(read.documents[1].line == 3);
  CHECK(read.documents[1].raw == "{\"id\":\"b\",\"t\":\"x,]\"}");
  REQUIRE(read.faults.size() == 1);
  CHECK(read.faults[0].first == 5);
  CHECK(read_with(read_tree_json, "[{\"id\":\"a\"}").faults.size() == 1);
  CHECK(read_with(read_tree_json, "{\"id\":\"a\"}").documents.size() == 1);
  CHECK(read_with(read_tree_json, "[]").faults.empty());
}

TEST_CASE("JSON values one after another are all read, up to one that is cut off") {
  const auto lists = read_with(read_tree_json, "[{\"id\":\"a\"}]\n[{\"id\":\"b\"},\n{\"id\":\"c\"}]\n");
  REQUIRE(lists.documents.size() == 3);
  CHECK(lists.documents[2].line == 3);
  CHECK(lists.faults.empty());
  const auto objects = read_with(read_tree_json, "{\n\"id\":\"a\"\n}\n{\n\"id\":\"b}\"\n}\n");
  CHECK(objects.documents.size() == 2);
  CHECK(objects.faults.empty());
  for (const char* cut : {"[{\"id\":\"a\"}]\n[{\"id\":\"b\"}", "[{\"id\":\"a\"}]\n{\"id\":",
                          "[{\"id\":\"a\"}]\n]", "[{\"id\":\"a\"}]\nand more"}) {
    CAPTURE(cut);
    const auto read = read_with(read_tree_json, cut);
    REQUIRE(read.faults.size() == 1);
    CHECK(read.faults[0].first == 2);
  }
}

TEST_CASE(
    "the only list of entries in a JSON object is the file's list; an object with an id is a document") {
  const auto count = [](const char* text) { return read_with(read_tree_json, text).documents.size(); };
  CHECK(count(R"({"list":"Sad songs","items":[{"title":"Rain"},{"title":"Snow"}]})") == 2);
  CHECK(count(R"({"data":{"count":2,"songs":[{"trackName":"Rain"},{"trackName":"Snow"}]}})") == 2);
  CHECK(count(R"({"items":[{"name":"Rain"},{"name":"Snow"}]})") == 2);
  CHECK(count(R"({"id":"album","tracks":[{"title":"Rain"},{"title":"Snow"}]})") == 1);
  CHECK(count(R"({"name":"Shirt","variants":[{"name":"red"},{"name":"blue"}]})") == 1);
  CHECK(count(R"({"title":"Film","cast":[{"role":"a"}],"crew":[{"role":"b"}]})") == 1);
  CHECK(read_with(read_tree_json, "{\n\"items\": [\n{\"title\":\"Rain\"},\n{\"title\":\"Snow\"}]}")
            .documents[1]
            .line == 4);
  CHECK(read_with(read_tree_json, R"({"items":[{"title":"Rain"})").faults.size() == 1);
}

TEST_CASE("front matter of every kind becomes fields, and the text below is known with its line") {
  const std::string expected =
      R"({"title":"Rain","year":2014,"tags":["a","b"],"live":true,"params":{"artist":"IU"}})";
  for (const char* text :
       {"---\ntitle: \"Rain\"\nyear: 2014\ntags: [a, b]\nlive: true\nparams:\n  artist: IU\n---\n\nFirst.\n",
        "+++\ntitle = \"Rain\"\nyear = 2014\ntags = [\"a\", \"b\"]\nlive = true\n[params]\nartist = "
        "\"IU\"\n+++\nFirst.\n",
        "{\n\"title\": \"Rain\",\n\"year\": 2014,\n\"tags\": [\"a\", \"b\"], \"live\": true,\n\"params\": "
        "{\"artist\": \"IU\"}\n}\nFirst.\n"}) {
    CAPTURE(text);
    const auto matter = read_front_matter(tree_words(), text);
    REQUIRE(matter.has_value());
    CHECK(dump_json(matter->fields) == expected);
    CHECK(trimmed(matter->body, kBlanksAndNewlines) == "First.");
    const std::vector<RawLine> lines = read_lines_below(tree_words(), *matter);
    CHECK(lines.front().text == "Rain");
    const auto first =
        std::find_if(lines.begin(), lines.end(), [](const RawLine& line) { return line.text == "First."; });
    REQUIRE(first != lines.end());
    const std::string_view all = text;
    CHECK(first->number ==
          std::count(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.find("First.")), '\n') + 1);
  }
  const auto date = read_front_matter(tree_words(), "+++\ndate = 2024-05-01T10:30:00Z\n+++\n");
  CHECK(date->fields["date"] == "2024-05-01T10:30:00Z");
  const auto notion = read_front_matter(tree_words(), "# 우산\n\n가수: 윤하\nMood: calm\n\n비 오는 날.\n");
  REQUIRE(notion.has_value());
  CHECK(dump_json(notion->fields) == R"({"title":"우산","artist":"윤하","Mood":"calm"})");
  CHECK(notion->body == "비 오는 날.\n");
  for (const char* text : {"# Title\n\n---\n\nText\n", "# Title\n\nNote: this is a text.\nIt goes on.\n",
                           "{\n\"a\": 1", "+++\na = 1\n", "{% include x %}\n\nf() {\n}\n"})
    CHECK_FALSE(read_front_matter(tree_words(), text).has_value());
  for (const auto& [text, line] : {std::pair{"---\ntitle: [\n---\n", "line "},
                                   {"+++\na = 1\nb = = 2\n+++\n", "line 3: broken TOML"},
                                   {"{\n\"a\": }\n}\n", "line 1: "}}) {
    CAPTURE(text);
    std::string message;
    try {
      read_front_matter(tree_words(), text);
    } catch (const Error& error) {
      message = error.what();
    }
    CHECK(message.starts_with(line));
  }
}

TEST_CASE("what generators and note programs write for themselves never reaches a text") {
  const auto text = [](std::string_view markdown) {
    std::string lines;
    for (const RawLine& line : read_markdown_lines(tree_words(), markdown))
      if (!line.text.empty()) lines += std::to_string(line.number) + ":" + line.text + "\n";
    return lines;
  };
  CHECK(text("A <!-- note\nmore --> text\nnext\n") == "1:A\n2:text\n3:next\n");
  CHECK(text("{{< youtube id >}}\n{% include a.html %}\n{{ page.title }} is it\n") == "3:is it\n");
  CHECK(text("[gallery ids=\"1,2\"]A song[/caption]\n![[photo.png]]\n[[Younha|윤하]] and [[IU]]\n") ==
        "1:A song\n3:윤하 and IU\n");
  CHECK(text("%%hidden%% Rain &amp; snow &lt;3 &nbsp;!\n") == "1:Rain & snow <3 !\n");
  CHECK(text("Rain\n%%\nhidden\n\nlines\n%%\nSnow\n") == "1:Rain\n7:Snow\n");
  CHECK(text("Rain\n{% comment %}hidden{% endcomment %}\nSnow\n") == "1:Rain\n3:Snow\n");
  CHECK(text("[MV] Rain {not a code} 100% [galleryx]\n") == "1:[MV] Rain {not a code} 100% [galleryx]\n");
  CHECK(text("<b>Rain</b>\n[a](b)\n<c\n") == "1:Rain\n2:- a\n3:<c\n");
  CHECK(text("<!-- never closed\n{{< nor this\n") != "");
}

std::string refusal_of(const std::string& yaml) {
  try {
    read_front_matter(tree_words(), "---\n" + yaml + "\n---\n");
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

TEST_CASE("an alias in front matter is a copy of what it names") {
  const auto matter =
      read_front_matter(tree_words(), "---\na: &x [1, \"2\", {b: ~}]\nc: *x\n? *x\n: 5\n&k key: *k\n---\n");
  REQUIRE(matter.has_value());
  CHECK(dump_json(matter->fields) == R"({"a":[1,"2",{"b":null}],"c":[1,"2",{"b":null}],"":5,"key":"key"})");
}

TEST_CASE("front matter that means more than it holds is refused before it is expanded") {
  std::string laughs = "a: &a [x,x,x,x,x,x,x,x,x]\n", nested = "a: &a [x]\n";
  for (char c = 'b'; c <= 'z'; ++c) {
    const std::string name(1, c), before(1, static_cast<char>(c - 1));
    laughs += name + ": &" + name + " [*" + before;
    for (int i = 0; i < 8; ++i) laughs += ",*" + before;
    laughs += "]\n";
  }
  for (int i = 0; i < 100; ++i)
    nested += "k" + std::to_string(i) + ": &k" + std::to_string(i) + " [*" +
              (i == 0 ? "a" : "k" + std::to_string(i - 1)) + "]\n";
  CHECK(refusal_of(laughs) ==
        "line 6: the front matter has more than 10,000 values; an alias counts as all that it stands for");
  CHECK(refusal_of(nested) == "line 41: the front matter is nested too deeply");
  CHECK(refusal_of("a: &a [*a]") == "line 2: an alias stands inside of what it names");
  CHECK(refusal_of("a: &a " + std::string(1'000'000, 'x') + "\nb: [*a,*a,*a,*a,*a]")
            .starts_with("line 3: the front matter has more than 5,000,000 bytes"));
  CHECK(refusal_of("a:\n  " + std::string(60, '[') + std::string(60, ']')) ==
        "line 3: the front matter is nested too deeply");
  CHECK(refusal_of("a: " + std::string(100'000, '[')) != "");
  std::string many = "title: x\n";
  for (int i = 0; i < 10'001; ++i) many += "k" + std::to_string(i) + ": 1\n";
  CHECK(refusal_of(many).find("more than 10,000 values") != std::string::npos);
}

TEST_CASE("references and pieces of text in their thousands take no time") {
  std::string markdown, html = "<p>";
  for (int i = 0; i < 300'000; ++i) markdown += "&lt;";
  for (int i = 0; i < 100'000; ++i) html += "x<i>y</i>";
  CHECK(read_markdown_lines(tree_words(), markdown).front().text == std::string(300'000, '<'));
  CHECK(read_html_lines(tree_words(), html).front().text.size() == 200'000);
}

TEST_CASE("marks that a line opens again and again, and never closes, take no time") {
  const std::size_t n = 300'000;
  std::string brackets(n, '['), tags, images;
  for (std::size_t i = 0; i < n; ++i) tags += "<a";
  for (std::size_t i = 0; i < n; ++i) images += "[![](";
  for (const std::string& line : {brackets, tags, images, std::string(n, '{'), std::string(n, '%')})
    CHECK(!read_markdown_lines(tree_words(), line + "\n").empty());
}

TEST_CASE(
    "a tag of a hundred thousand attributes and a table of as many columns are refused or read at once") {
  std::string tag = "<p";
  std::string header = "id", row = "1";
  for (int i = 0; i < 100'000; ++i) tag += " a" + std::to_string(i) + "=1";
  CHECK_THROWS_WITH_AS(read_html_lines(tree_words(), "<html><body>" + tag + ">x</p></body></html>"),
                       doctest::Contains("too many attributes"), Error);
  for (int i = 1; i < 60'000; ++i) {
    header += ",c" + std::to_string(i);
    row += ",1";
  }
  const std::string text = header + "\n" + row + "\n";
  CsvReader wide(tree_words(), text, ',');
  CHECK(wide.next()->fields.size() == 60'000);
  for (int i = 0; i < 6'000; ++i) header += ",d" + std::to_string(i);
  CHECK_THROWS_WITH_AS(CsvReader(tree_words(), header, ','), doctest::Contains("more than 65535 columns"),
                       Error);
}

TEST_CASE("a document of a file that is larger than a document may be is refused with its line") {
  const std::string big = "{\"id\":\"b\",\"t\":\"" + std::string(5'000'000, 'x') + "\"}";
  for (const Read& read : {read_with(read_ndjson, "{\"id\":\"a\"}\n" + big + "\n"),
                           read_with(read_tree_json, "[{\"id\":\"a\"},\n" + big + "]")}) {
    CHECK(read.documents.size() == 1);
    REQUIRE(read.faults.size() == 1);
    CHECK(read.faults[0].first == 2);
    CHECK(read.faults[0].second.find("more than 5,000,000 bytes") != std::string::npos);
  }
}

TEST_CASE("Markdown becomes lines without its marks") {
  const auto lines =
      read_markdown_lines(tree_words(), "# Head\n## **1. Rain** [link](http://x)\n![alt](a.png)\n* point\n");
  REQUIRE(lines.size() >= 4);
  CHECK(lines[0].level == 1);
  CHECK(lines[0].text == "Head");
  CHECK(lines[1].level == 2);
  CHECK(lines[1].text == "1. Rain link");
  CHECK(lines[2].text.empty());
  CHECK(lines[3].text == "- point");
}

TEST_CASE("HTML becomes lines without scripts, navigation and captions") {
  const auto lines = read_html_lines(
      tree_words(),
      "<html><head><title>T</title><script>x</script></head><body><nav>Home</nav><h2>Rain<span>IU</span></"
      "h2><p>One<br>two &amp; three</p>"
      "<figure><img "
      "alt='alt'><figcaption>cap</figcaption></figure><ol><li>First</li></ol><footer>end</footer></body></"
      "html>");
  std::string text;
  for (const RawLine& line : lines)
    text += line.text.empty() ? "" : std::to_string(line.level) + line.text + "|";
  CHECK(text == "1T|2Rain\x1fIU|0One|0two & three|01. First|");
}

TEST_CASE("formats are told by content and extension") {
  const auto format = [](const char* name, const char* content) {
    return detect_format(tree_words(), name, content);
  };
  CHECK(format("a.txt", "Ten songs\n\n1. Rain\n") == InputFormat::Article);
  CHECK(format("a.txt", "[MV] IU - Rain\n") == InputFormat::Article);
  CHECK(format("a.txt", "<!DOCTYPE html><html>") == InputFormat::Html);
  CHECK(format("a", "[{\"id\":1}]") == InputFormat::JsonFile);
  CHECK(format("a.json", "{\"id\":1}\n{\"id\":2}\n") == InputFormat::Ndjson);
  CHECK(format("a.json", "{\"id\":1}") == InputFormat::JsonFile);
  CHECK(format("a.txt", "title,artist\nRain,IU\n") == InputFormat::Csv);
  CHECK(format("a.md", "Text") == InputFormat::Markdown);
  CHECK(format("a.txt", "---\ntitle: Rain\n---\n") == InputFormat::Markdown);
  CHECK(format("A.HTM", "x") == InputFormat::Html);
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
