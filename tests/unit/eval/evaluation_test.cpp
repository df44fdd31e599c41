// SPDX-License-Identifier: GPL-2.0-or-later
// An index is measured as it is searched; two measurements are compared query by query; the golden file
// holds first hits and metrics, and names what moved.
#include "eval/evaluation.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "eval/golden.h"
#include "index/index.h"
#include "support/temp_dir.h"
#include "text/language_resources.h"

TEST_SUITE_BEGIN("eval/evaluation");

namespace nunmul {
namespace {

struct TestIndex {
  TempDir folder;
  Index index{folder / "index", std::make_shared<const LanguageResources>()};

  std::shared_ptr<const Generation> holding(const std::vector<std::pair<std::string, std::string>>& titles) {
    IndexWriter writer(index, "test");
    DocumentStore& documents = writer.documents();
    documents.begin();
    documents.erase_all_by_client();
    for (const auto& [id, title] : titles)
      documents.put(id, dump_json({{"id", id}, {"title", title}}), DocumentOrigin::Files);
    const CandidateGeneration candidate = writer.build(Settings{});
    documents.commit();
    writer.publish(candidate);
    return index.generation();
  }
};

const std::vector<JudgedQuery> kQueries{{"q1", "autumn rain", {"en", "mood"}, {{"a", 3}}},
                                        {"q2", "winter snow", {"en"}, {{"b", 3}}}};

Evaluation measured(const std::vector<std::pair<std::string, std::string>>& titles) {
  TestIndex test;
  return evaluate(*test.holding(titles), kQueries, SearchRequest{});
}

Evaluation good() { return measured({{"a", "Autumn rain"}, {"b", "Winter snow"}}); }
Evaluation half() { return measured({{"a", "Autumn rain"}, {"c", "Winter snow"}}); }

}  // namespace

TEST_CASE("each query is asked and measured, overall and in each of its groups") {
  const Evaluation evaluation = half();
  REQUIRE(evaluation.queries.size() == 2);
  CHECK(evaluation.queries[0].hits == std::vector<std::string>{"a"});
  CHECK(evaluation.queries[1].hits == std::vector<std::string>{"c"});
  CHECK(evaluation.overall.ndcg10 == doctest::Approx(0.5));
  CHECK(evaluation.groups.at("en").first.ndcg10 == doctest::Approx(0.5));
  CHECK(evaluation.groups.at("en").second == 2);
  CHECK(evaluation.groups.at("mood").first.ndcg10 == doctest::Approx(1));
  const Json json = to_json(evaluation);
  CHECK(json["overall"]["queries"] == 2);
  CHECK(json["groups"]["mood"]["success@1"] == 1);
  CHECK(json["queries"][1]["hits"][0] == "c");
}

TEST_CASE("two measurements differ by the queries that got better and worse") {
  const EvaluationDifference difference = compare(good(), half());
  CHECK(difference.before == doctest::Approx(1));
  CHECK(difference.after == doctest::Approx(0.5));
  CHECK(difference.better.empty());
  REQUIRE(difference.worse.size() == 1);
  CHECK(difference.worse[0].qid == "q2");
  CHECK(difference.worse[0].hits_before == std::vector<std::string>{"b"});
  CHECK(difference.worse[0].hits_after == std::vector<std::string>{"c"});
  CHECK(compare(half(), good()).better.size() == 1);
  CHECK(compare(good(), good()).worse.empty());
  CHECK(to_text(difference, 10).find("\"winter snow\"\n      before: b\n      after:  c\n") !=
        std::string::npos);
  CHECK(to_text(difference, 0).find("and 1 more") != std::string::npos);
}

TEST_CASE("a golden file is itself again, and has each query on a line of its own") {
  const Evaluation evaluation = good();
  const std::string text = golden_text(evaluation);
  CHECK(differences_from_golden(evaluation, parse_json(text)).empty());
  CHECK(text.find("\n \"q1\":[\"a\"],\n \"q2\":[\"b\"]}}\n") != std::string::npos);
  CHECK(golden_file_of("x/entries.jsonl") == "x/entries.golden.json");
}

TEST_CASE("what moved since the golden file is named") {
  const auto lines = differences_from_golden(half(), parse_json(golden_text(good())));
  REQUIRE(lines.size() > 1);
  CHECK(lines[0] == R"(q2 "winter snow": ["b"] -> ["c"])");
  bool has_metric = false;
  for (const std::string& line : lines) has_metric |= line == "overall ndcg@10: 1.0 -> 0.5";
  CHECK(has_metric);
}

TEST_CASE("a query that was added or is no longer asked is a difference") {
  Json golden = parse_json(golden_text(good()));
  golden["queries"]["q3"] = Json::array();
  golden["queries"].erase("q1");
  const auto lines = differences_from_golden(good(), golden);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].find("q1 ") == 0);
  CHECK(lines[1].find("q3: ") == 0);
}

TEST_CASE("what is no golden file is refused") {
  CHECK_THROWS_AS(differences_from_golden(good(), parse_json("[]")), Error);
  CHECK_THROWS_AS(differences_from_golden(good(), parse_json("{\"queries\":{}}")), Error);
}

}  // namespace nunmul
