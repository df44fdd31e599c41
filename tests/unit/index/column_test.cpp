// SPDX-License-Identifier: GPL-2.0-or-later
// Columns: values that compare equal are one, under the spelling first stored; value_ids follow numbers,
// booleans, strings; a column put together from parts equals the one built at once; large integers keep
// apart. And which values of a document go into which column.
#include "index/column.h"

#include <doctest/doctest.h>

#include <random>

#include "base/error.h"
#include "index/column_values.h"
#include "support/temp_dir.h"
#include "text/compare_form.h"

TEST_SUITE_BEGIN("index/column");

using namespace nunmul;

namespace {

void add(ColumnBuilder& builder, std::uint32_t document, const Json& value) {
  builder.add(document, {&value});
}

// A column as text: "0:kind:original" for the dictionary, then the value_ids and flags of each document.
std::string described(const Column& column) {
  std::string text;
  for (std::uint32_t i = 0; i < column.values(); ++i) {
    const ColumnValue value = column.value(i);
    text += "nsb"[static_cast<int>(value.kind)];
    text += ":" + std::string(value.original) + " ";
  }
  for (std::uint32_t d = 0; d < column.documents(); ++d) {
    text += "|";
    for (const std::uint32_t value_id : column.value_ids(d)) text += std::to_string(value_id) + ",";
    text += "f" + std::to_string(column.flags(d));
  }
  return text;
}

BinaryFile written_file(const ColumnBuilder& builder, const std::filesystem::path& path,
                        std::uint32_t documents) {
  BinaryFileWriter writer(path);
  builder.write(writer, documents);
  writer.finish();
  return BinaryFile(path);
}

// A column alone in a file.
struct Written {
  Written(const ColumnBuilder& builder, const std::filesystem::path& path, std::uint32_t documents)
      : file(written_file(builder, path, documents)), column(file, 0) {}
  BinaryFile file;
  Column column;
};

std::string built(const char* values) {
  const TempDir folder;
  ColumnBuilder builder;
  std::uint32_t document = 0;
  const Json list = parse_json(values);
  for (const Json& value : list) {
    add(builder, document, value);
    ++document;
  }
  return described(Written(builder, folder / "c", document + 1).column);
}

}  // namespace

TEST_CASE("numbers come first, then booleans, then strings in their compared form") {
  CHECK(built(R"(["b", 10, true, "A", 9.5, false])") ==
        "n:9.5 n:10 b:false b:true s:A s:b |5,f1|1,f1|3,f1|4,f1|0,f1|2,f1|f0");
}

TEST_CASE("values that compare equal are one value under the first spelling") {
  CHECK(built(R"(["Rock ", "rock", " ROCK", "ＲＯＣＫ", "Röck", 1, 1.0, -0.0, 0])") ==
        "n:-0.0 n:1 s:Rock  s:Röck |2,f1|2,f1|2,f1|2,f1|3,f1|1,f1|1,f1|0,f1|0,f1|f0");
}

TEST_CASE("arrays are taken apart and count each value once") {
  CHECK(built(R"([["b","a","B"],[],[["c"],"a"],[null,{"x":1}],{},null,""])") ==
        "s: s:a s:b s:c |1,2,f1|f5|1,3,f1|f1|f5|f3|0,f5|f0");
}

TEST_CASE("integers beyond a double's precision keep apart") {
  CHECK(built("[9007199254740993, 9007199254740992, 9007199254740993, 123456789012345678901234567890]") ==
        "n:9007199254740992 n:9007199254740993 n:123456789012345678901234567890 |1,f1|0,f1|1,f1|2,f1|f0");
}

TEST_CASE("documents left out have no value") {
  const TempDir folder;
  ColumnBuilder builder;
  add(builder, 2, "x");
  const Written written(builder, folder / "c", 5);
  const Column& column = written.column;
  CHECK(column.documents() == 5);
  CHECK(described(column) == "s:x |f0|f0|0,f1|f0|f0");
  CHECK_FALSE(column.one_value_each());
}

TEST_CASE("an empty column is a column") {
  const TempDir folder;
  const Written written(ColumnBuilder(), folder / "c", 0);
  CHECK(written.column.documents() == 0);
  CHECK(written.column.values() == 0);
}

TEST_CASE("a column appended in parts is the column built at once") {
  std::mt19937 random(20260722);
  const char* kValues[] = {"1",     "2.5",    "true",     "false",
                           "\"a\"", "\"A \"", "\"눈물\"", "[1,\"b\",\"a\"]",
                           "null",  "[]",     "\"\"",     "9007199254740993"};
  for (int round = 0; round < 20; ++round) {
    const TempDir folder;
    ColumnBuilder whole, joined, part;
    std::uint32_t before = 0, in_part = 0;
    for (std::uint32_t document = 0; document < 40; ++document) {
      if (random() % 8 == 0) {
        joined.append(before, part);
        before += in_part;
        in_part = 0;
        part = ColumnBuilder();
      }
      if (random() % 4 != 0) {
        const Json value = parse_json(kValues[random() % std::size(kValues)]);
        add(whole, document, value);
        add(part, in_part, value);
      }
      ++in_part;
    }
    joined.append(before, part);
    CHECK(described(Written(whole, folder / "w", 40).column) ==
          described(Written(joined, folder / "j", 40).column));
  }
}

TEST_CASE("a file holds several columns") {
  const TempDir folder;
  BinaryFileWriter writer(folder / "c");
  for (const char* value : {"x", "y"}) {
    ColumnBuilder builder;
    add(builder, 0, value);
    builder.write(writer, 1);
  }
  writer.finish();
  const BinaryFile file(folder / "c");
  CHECK(described(Column(file, 0)) == "s:x |0,f1");
  CHECK(described(Column(file, 1)) == "s:y |0,f1");
  CHECK_THROWS_AS(Column(file, 2), Error);
}

TEST_CASE("a cut file is refused") {
  const TempDir folder;
  ColumnBuilder builder;
  add(builder, 0, "x");
  { const Written written(builder, folder / "c", 1); }
  std::filesystem::resize_file(folder / "c", std::filesystem::file_size(folder / "c") - 8);
  CHECK_THROWS_AS(Column(BinaryFile(folder / "c"), 0), Error);
}

TEST_CASE("compared forms are trimmed, decomposed and lower-case, and stay as they are when folded again") {
  CHECK(compare_form("  Ab C\t") == "ab c");
  CHECK(compare_form("ＡＢ") == "ab");
  CHECK(compare_form("É") == "e\u0301");
  CHECK(compare_form("É") != compare_form("E"));
  CHECK(compare_form("\u3000눈\u00A0") == compare_form("눈"));
  CHECK(compare_form("ｶﾞ") == compare_form("ガ"));
  CHECK(compare_form("") == "");
  CHECK(compare_form("  ") == "");
  for (const char* text :
       {"´x", "İstanbul", "ẞ", "ΟΔΟΣ", "각", "㍿", "\xff\xfe", "K", "a\u0301\u0323", "ﷺ"}) {
    CAPTURE(text);
    CHECK(compare_form(compare_form(text)) == compare_form(text));
  }
}

TEST_CASE("a long run of marks is folded in linear time") {
  std::string text = "a";
  for (int i = 0; i < 300'000; ++i) text += i % 2 ? "\u0301" : "\u0323";
  CHECK(compare_form(text).size() == text.size());
}

TEST_CASE("each wanted path of a document has its values, objects on the way included") {
  Settings settings;
  apply_settings(settings, parse_json(R"({"filterableAttributes":["a","k*"],"sortableAttributes":["l.b"]})"));
  ColumnValues columns(settings);
  const auto of = [&](const char* text) {
    const Json document = parse_json(text);
    std::string found;
    columns.for_each(document, [&](const std::string& path, const std::vector<const Json*>& values) {
      found += path + "=";
      for (const Json* value : values) found += dump_json(*value) + ";";
      found += " ";
    });
    return found;
  };
  CHECK(of(R"({"a":{"b":1},"z":1,"kind":"x","l":[{"b":2,"c":9},{"b":3}],"a.b":4})") ==
        R"(a={"b":1}; a.b=1;4; kind="x"; l.b=2;3; )");
  CHECK(of(R"({"z":5})") == "");
  CHECK(of(R"({"a":null})") == "a=null; ");
}
