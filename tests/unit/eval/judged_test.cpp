// SPDX-License-Identifier: GPL-2.0-or-later
// Both forms of judged queries are read, and what is wrong in them is named with file and line.
#include "eval/judged.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/files.h"
#include "support/temp_dir.h"

TEST_SUITE_BEGIN("eval/judged");

namespace nunmul {
namespace {

struct Files {
  TempDir folder;
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    write_file_atomically(folder / name, text);
    return folder / name;
  }
};

std::string problem_of_lines(const std::string& text) {
  const Files files;
  try {
    read_judged(files.write("judged.jsonl", text));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::InvalidInput);
    return error.what();
  }
  return "";
}

std::string problem_of_tables(const std::string& queries, const std::string& qrels) {
  const Files files;
  try {
    read_judged(files.write("queries.tsv", queries), files.write("qrels.tsv", qrels));
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("JSON lines give query, groups and grades") {
  const Files files;
  const auto queries =
      read_judged(files.write("judged.jsonl",
                              "{\"qid\":\"q1\",\"query\":\"비 "
                              "이별\",\"lang\":\"ko\",\"need\":\"mood\",\"judgments\":{\"a\":3,\"b\":0}}\r\n"
                              "\n{\"qid\":\"q2\",\"query\":\"x\",\"judgments\":{}}\n"));
  REQUIRE(queries.size() == 2);
  CHECK(queries[0].query == "비 이별");
  CHECK(queries[0].groups == std::vector<std::string>{"ko", "mood"});
  CHECK(queries[0].judgments == Judgments{{"a", 3}, {"b", 0}});
  CHECK(queries[1].groups.empty());
  CHECK(queries[1].judgments.empty());
}

TEST_CASE("a line that is no judged query is named") {
  for (const char* line :
       {"{\"qid\":1,\"query\":\"x\",\"judgments\":{}}", "{\"query\":\"x\",\"judgments\":{}}", "[]", "{",
        "{\"qid\":\"a\",\"query\":\"x\",\"judgments\":{\"d\":\"high\"}}",
        "{\"qid\":\"a\",\"query\":\"x\",\"judgments\":{\"d\":1.5}}",
        "{\"qid\":\"a\",\"query\":\"x\",\"judgments\":[]}"}) {
    CAPTURE(line);
    const std::string good = "{\"qid\":\"g\",\"query\":\"x\",\"judgments\":{}}\n";
    CHECK(problem_of_lines(good + line).find("judged.jsonl:2: ") != std::string::npos);
  }
}

TEST_CASE("tables may have a header, a group, and TREC's four columns") {
  const Files files;
  const auto queries =
      files.write("queries.tsv", "\xEF\xBB\xBFqid\tquery\tgroup\nq1\tbreak up\ten\nq2\t이별\n");
  const auto expected = Judgments{{"d 1", 2}, {"d2", 1}};
  for (const char* qrels :
       {"qid\tdocid\tgrade\nq1\td 1\t2\nq1\td2\t1\n", "q1\t0\td 1\t2\r\nq1\t0\td2\t1\r\n"}) {
    CAPTURE(qrels);
    const auto read = read_judged(queries, files.write("qrels.tsv", qrels));
    REQUIRE(read.size() == 2);
    CHECK(read[0].query == "break up");
    CHECK(read[0].groups == std::vector<std::string>{"en"});
    CHECK(read[0].judgments == expected);
    CHECK(read[1].judgments.empty());
  }
  const auto spaced = read_judged(queries, files.write("qrels.txt", "q1 0 d2 1\nother 0 d2 1\n"));
  CHECK(spaced[0].judgments == Judgments{{"d2", 1}});
}

TEST_CASE("what is wrong in a table is named with file and line") {
  CHECK(problem_of_tables("q1\tx\nq2\n", "q1\ta\t1\n").find("queries.tsv:2: ") != std::string::npos);
  CHECK(problem_of_tables("q1\tx\nq1\ty\n", "q1\ta\t1\n").find("queries.tsv:2: the query id q1") !=
        std::string::npos);
  CHECK(problem_of_tables("q1\tx\n", "q1\ta\t1\nq1\tb\thigh\n").find("qrels.tsv:2: ") != std::string::npos);
  CHECK(problem_of_tables("q1\tx\n", "q1\ta\t1\nq1\tb\n").find("qrels.tsv:2: ") != std::string::npos);
}

TEST_CASE("a file that is not there is an error that names it") {
  try {
    read_judged("/nowhere/judged.jsonl");
    FAIL("it was read");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find("/nowhere/judged.jsonl") != std::string::npos);
  }
}

}  // namespace nunmul
