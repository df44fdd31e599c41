// SPDX-License-Identifier: GPL-2.0-or-later
// Our own order puts whole names above everything and never turns around when a document gets better; and the
// rows that explain a score add up to it.
#include "search/rank/score.h"

#include <doctest/doctest.h>

#include <random>

using namespace nunmul;

TEST_SUITE_BEGIN("search/score");

namespace {

Features random_features(std::mt19937& random) {
  Features features;
  features.units = 1 + random() % 6;
  features.found = static_cast<double>(random() % 4) / 3;
  features.name_asked = features.found;
  features.name_cover = features.found / 2;
  features.typos = random() % 3;
  features.closeness = static_cast<double>(random() % 4) / 3;
  features.field_cover = random() % 4 == 0 ? 1 : static_cast<double>(random() % 3) / 3;
  features.of_kind = random() % 3 == 0;
  features.exact_cover = random() % 5 == 0;
  features.completion = random() % 4 == 0 ? 0.5 : 0;
  features.exactness = static_cast<Exactness>(1 + random() % 3);
  return features;
}

}  // namespace

TEST_CASE("a whole name stands above any weight of words") {
  Features name;
  name.units = name.words = 2;
  name.exactness = Exactness::Whole;
  name.field_cover = 1;
  Features prose;
  prose.units = prose.words = 2;
  prose.closeness = 1;
  CHECK(score_of(name, 0.3) > score_of(prose, 3));
}

TEST_CASE("another form of the only word stands behind the word") {
  Features form;
  form.units = form.words = form.relatives = 1;
  form.field_cover = 1;
  Features word;
  word.units = word.words = word.exact_words = 1;
  CHECK(score_of(word, 0.4) > score_of(form, 1.5));
}

TEST_CASE("more of the query is never worse") {
  Features features;
  features.units = 4;
  double before = -1;
  for (std::uint32_t words = 0; words <= 4; ++words) {
    features.found = words / 4.0;
    const double score = ranking_score_of(score_of(features, 0.2));
    CHECK(score > before);
    CHECK(score <= 1);
    before = score;
  }
}

TEST_CASE("the points of all rows are the score") {
  std::mt19937 random(5);
  for (int round = 0; round < 500; ++round) {
    const Features features = random_features(random);
    const double share = static_cast<double>(random() % 100) / 20;
    double points = 0;
    for (const ScoreRow& row : score_rows(features, share)) points += row.points();
    CAPTURE(round);
    CHECK(points == doctest::Approx(score_of(features, share)));
  }
}

TEST_SUITE_END();
