// SPDX-License-Identifier: GPL-2.0-or-later
// The measures of one ranked list, against values worked out by hand.
#include "eval/metrics.h"

#include <doctest/doctest.h>

#include <cmath>

TEST_SUITE_BEGIN("eval/metrics");

namespace nunmul {
namespace {

using Hits = std::vector<std::string>;

Hits noise(std::size_t count) {
  Hits hits;
  for (std::size_t i = 0; i < count; ++i) hits.push_back("noise" + std::to_string(i));
  return hits;
}

Hits followed_by(Hits hits, const std::string& last) {
  hits.push_back(last);
  return hits;
}

}  // namespace

TEST_CASE("the best order measures 1 everywhere") {
  const Metrics metrics = measure({"a", "b", "c"}, {{"a", 3}, {"b", 2}, {"c", 1}});
  CHECK(metrics.ndcg10 == doctest::Approx(1));
  CHECK(metrics.mrr10 == 1);
  CHECK(metrics.recall10 == 1);
  CHECK(metrics.recall100 == 1);
  CHECK(metrics.success1 == 1);
}

TEST_CASE("nDCG weighs a grade by 2^grade - 1 and a rank by log2(rank + 1)") {
  // b at 1 and a at 3 of a: 3, b: 1.
  const double dcg = 1 / std::log2(2) + 7 / std::log2(4);
  const double ideal = 7 / std::log2(2) + 1 / std::log2(3);
  CHECK(measure({"b", "x", "a"}, {{"a", 3}, {"b", 1}}).ndcg10 == doctest::Approx(dcg / ideal));
}

TEST_CASE("what stands beyond the tenth place counts for recall at 100 only") {
  const Metrics tenth = measure(followed_by(noise(9), "a"), {{"a", 1}});
  CHECK(tenth.mrr10 == doctest::Approx(0.1));
  CHECK(tenth.recall10 == 1);
  CHECK(tenth.ndcg10 == doctest::Approx(1 / std::log2(11)));
  const Metrics eleventh = measure(followed_by(noise(10), "a"), {{"a", 1}});
  CHECK(eleventh.ndcg10 == 0);
  CHECK(eleventh.mrr10 == 0);
  CHECK(eleventh.recall10 == 0);
  CHECK(eleventh.recall100 == 1);
  CHECK(measure(followed_by(noise(99), "a"), {{"a", 1}}).recall100 == 1);
  CHECK(measure(followed_by(noise(100), "a"), {{"a", 1}}).recall100 == 0);
}

TEST_CASE("ten of more relevant documents are the best that nDCG can ask for") {
  Judgments judgments;
  for (const std::string& id : noise(20)) judgments[id] = 2;
  const Metrics metrics = measure(noise(10), judgments);
  CHECK(metrics.ndcg10 == doctest::Approx(1));
  CHECK(metrics.recall10 == doctest::Approx(0.5));
}

TEST_CASE("grades of 0 and below are of documents that do not count") {
  CHECK(measure({"bad", "a"}, {{"a", 1}, {"bad", 0}}).success1 == 0);
  CHECK(measure({"a"}, {{"a", 1}, {"bad", -1}}).ndcg10 == doctest::Approx(1));
  CHECK(measure({"bad"}, {{"bad", -1}, {"a", 1}}).mrr10 == 0);
}

TEST_CASE("a query that nothing answers wants no hits") {
  CHECK(measure({}, {}).ndcg10 == 1);
  CHECK(measure({}, {{"a", 0}}).success1 == 1);
  CHECK(measure({"x"}, {}).ndcg10 == 0);
  CHECK(measure({"x"}, {}).recall100 == 0);
}

TEST_CASE("no hits where there should be some measure 0") {
  const Metrics metrics = measure({}, {{"a", 3}});
  CHECK(metrics.ndcg10 == 0);
  CHECK(metrics.recall100 == 0);
}

TEST_CASE("means are over queries; of none they are 0") {
  MeanMetrics mean;
  CHECK(mean.mean().ndcg10 == 0);
  mean.add(measure({"a"}, {{"a", 1}}));
  mean.add(measure({"x", "a"}, {{"a", 1}}));
  CHECK(mean.queries() == 2);
  CHECK(mean.mean().mrr10 == doctest::Approx(0.75));
  CHECK(mean.mean().success1 == doctest::Approx(0.5));
}

}  // namespace nunmul
