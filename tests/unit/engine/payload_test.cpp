// SPDX-License-Identifier: GPL-2.0-or-later
// Bodies become NDJSON whatever their format and wherever they are cut; what is wrong is said with its
// place; large ones are files that do not outlive their owner.
#include "engine/payload.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "support/temp_dir.h"

TEST_SUITE_BEGIN("engine/payload");

namespace nunmul {
namespace {

Payload payload_of(const TempDir& dir, PayloadFormat format, std::string_view body,
                   std::size_t piece = 1 << 20, char delimiter = ',') {
  PayloadWriter writer(dir.path(), format, delimiter);
  for (std::size_t i = 0; i < body.size(); i += piece) writer.write(body.substr(i, piece));
  return writer.finish();
}

std::string problem_of(PayloadFormat format, std::string_view body) {
  const TempDir dir;
  try {
    payload_of(dir, format, body);
  } catch (const Error& error) {
    return std::string(error_row(error.code()).name) + ": " + error.what();
  }
  return "";
}

std::size_t files_in(const TempDir& dir) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(dir.path()), {}));
}

TEST_CASE("a body becomes the same NDJSON wherever it is cut") {
  struct Case {
    PayloadFormat format;
    std::string_view body;
    std::string_view ndjson;
  };
  const std::vector<Case> cases{
      {PayloadFormat::JsonText, R"([ {"id": 1, "t": "눈 \"물\" ]}"}, {"id":2,"n":{"a":[1, 2.50]}} ])",
       "{\"id\":1,\"t\":\"눈 \\\"물\\\" ]}\"}\n{\"id\":2,\"n\":{\"a\":[1,2.50]}}\n"},
      {PayloadFormat::JsonText, "{\"id\":123456789012345678901234567890}",
       "{\"id\":123456789012345678901234567890}\n"},
      {PayloadFormat::JsonText, "\xEF\xBB\xBF[]", ""},
      {PayloadFormat::Ndjson, "{\"id\":1}\r\n\n  {\"id\": \"a\\\\\"}", "{\"id\":1}\n{\"id\":\"a\\\\\"}\n"},
      {PayloadFormat::Csv, "id:number,title,ok:boolean\r\n1,\"a, \"\"b\"\"\nc\",true\r\n\r\n2.50,,\r\n",
       "{\"id\":1,\"title\":\"a, \\\"b\\\"\\nc\",\"ok\":true}\n{\"id\":2.50,\"title\":null,\"ok\":null}\n"},
      {PayloadFormat::Csv, "id,a:b\n1,x", "{\"id\":\"1\",\"a:b\":\"x\"}\n"},
      {PayloadFormat::Csv, "id,title\n", ""},
  };
  for (const Case& each : cases)
    for (std::size_t piece = 1; piece <= each.body.size() + 1; ++piece) {
      CAPTURE(each.body);
      CAPTURE(piece);
      const TempDir dir;
      const Payload payload = payload_of(dir, each.format, each.body, piece);
      REQUIRE(payload.text() == each.ndjson);
    }
}

TEST_CASE("another delimiter divides cells") {
  const TempDir dir;
  CHECK(payload_of(dir, PayloadFormat::Csv, "id;t\n1;a,b\n", 99, ';').text() ==
        "{\"id\":\"1\",\"t\":\"a,b\"}\n");
}

TEST_CASE("what is wrong is named with its place") {
  struct Case {
    PayloadFormat format;
    std::string_view body;
    std::string_view problem;
  };
  const std::vector<Case> cases{
      {PayloadFormat::JsonText, "", "missing_payload"},
      {PayloadFormat::JsonText, " \n ", "missing_payload"},
      {PayloadFormat::Ndjson, "\n\n", "missing_payload"},
      {PayloadFormat::Csv, "", "missing_payload"},
      {PayloadFormat::JsonText, "[{\"id\":1},{\"id\" 2}]", "at document 1"},
      {PayloadFormat::JsonText, "[{\"id\":1 2}]", "malformed_payload"},
      {PayloadFormat::JsonText, "[{\"id\":1}", "ends before"},
      {PayloadFormat::JsonText, "[{\"id\":1", "at document 0"},
      {PayloadFormat::JsonText, "[{\"id\":1}]]", "behind the end"},
      {PayloadFormat::JsonText, "{\"id\":1}{\"id\":2}", "behind the end"},
      {PayloadFormat::JsonText, "[{\"id\":1},]", "expected an object"},
      {PayloadFormat::JsonText, "[1]", "expected an object"},
      {PayloadFormat::JsonText, "\"x\"", "expected an object"},
      {PayloadFormat::JsonText, "[{\"id\":1e999}]", "out of range"},
      {PayloadFormat::JsonText, "[{\"t\":\"\xff\"}]", "malformed_payload"},
      {PayloadFormat::JsonText, "[{\"t\":\"\\ud800\"}]", "malformed_payload"},
      {PayloadFormat::Ndjson, "{\"id\":1}\n{\"id\":}\n", "at line 2"},
      {PayloadFormat::Ndjson, "{\"id\":1}{\"id\":2}\n", "at line 1"},
      {PayloadFormat::Ndjson, "[{\"id\":1}]\n", "expected an object"},
      {PayloadFormat::Ndjson, std::string_view("{\"id\":1}\0}\n", 11), "zero byte"},
      {PayloadFormat::Csv, "id,n:number\n1,2\n2,x\n", "at line 3: field `n` is no number: `x`"},
      {PayloadFormat::Csv, "id,b:boolean\n1,yes\n", "field `b` is no boolean"},
      {PayloadFormat::Csv, "id,t\n1\n", "the header has 2 fields, the line has 1"},
      {PayloadFormat::Csv, "id,t\n1,\"a\n", "not closed"},
      {PayloadFormat::Csv, "id,t\n1,\xff\n", "not UTF-8"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.body);
    const std::string problem = problem_of(each.format, each.body);
    CAPTURE(problem);
    CHECK(problem.find(each.problem) != std::string::npos);
  }
}

TEST_CASE("deep nesting is refused without a crash") {
  const std::string deep = "[{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}]";
  CHECK(problem_of(PayloadFormat::JsonText, deep).find("nested levels") != std::string::npos);
}

TEST_CASE("a large payload is a file that goes with its owner unless it was released") {
  const TempDir dir;
  std::string body;
  for (int i = 0; i < 5'000; ++i)
    body += "{\"id\":" + std::to_string(i) + ",\"t\":\"" + std::string(200, 'x') + "\"}\n";
  {
    const Payload payload = payload_of(dir, PayloadFormat::Ndjson, body, 1000);
    CHECK_FALSE(payload.in_memory());
    CHECK(payload.documents() == 5'000);
    CHECK(payload.bytes() == body.size());
    CHECK(read_file(payload.file()) == body);
    PayloadReader reader(payload.file());
    std::size_t count = 0;
    std::string again;
    while (const auto line = reader.next()) {
      again += std::string(*line) + "\n";
      ++count;
    }
    CHECK(count == 5'000);
    CHECK(again == body);
  }
  CHECK(files_in(dir) == 0);
  std::filesystem::path kept;
  {
    Payload payload = payload_of(dir, PayloadFormat::Ndjson, body, 1000);
    kept = payload.release_file();
  }
  CHECK(files_in(dir) == 1);
  CHECK_THROWS_AS(payload_of(dir, PayloadFormat::Ndjson, body + "x"), Error);
  CHECK(files_in(dir) == 1);
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
