// SPDX-License-Identifier: GPL-2.0-or-later
// Whether some documents answer a query at all, judged by their share of its weight and by what they have of
// it.
#include "search/rank/confidence.h"

#include <doctest/doctest.h>

#include "support/test_index.h"

using namespace nunmul;

TEST_SUITE_BEGIN("search/confidence");

namespace {

// Units of words that documents have, of which one document matches so many with such a share of the weight.
bool answered(std::uint32_t units, std::uint32_t words, double share, std::uint32_t unknown = 0,
              bool sure = false) {
  static TestIndex index;
  if (!index.index().generation()) index.update({R"({"id":1,"title":"rain"})"});
  QueryPlan plan;
  plan.full_weight = 1;
  for (std::uint32_t unit = 0; unit < units; ++unit) {
    plan.units.emplace_back().any.push_back(planned(Family::LatinStem, unit < unknown ? "nowhere" : "rain"));
    plan.units.back().documents = unit < unknown ? 0 : 1;
  }
  MatchedDocument document;
  document.weight = share;
  document.features.units = units;
  document.features.words = words;
  document.features.sure = sure;
  return index.index().generation()->read(
      [&](const Snapshot& snapshot) { return is_answered(snapshot, plan, {document}); });
}

}  // namespace

TEST_CASE("little of the weight is an accident, enough words need less") {
  CHECK(answered(3, 1, 0.5));
  CHECK_FALSE(answered(3, 1, 0.2));
  CHECK(answered(3, 2, 0.2));
  CHECK_FALSE(answered(3, 2, 0.05));
}

TEST_CASE("a long query is judged as a sentence") { CHECK(answered(8, 1, 0.1)); }

TEST_CASE("where a word is nowhere, the others must outweigh it or be surely meant") {
  CHECK_FALSE(answered(2, 1, 0.4, 1));
  CHECK(answered(2, 1, 0.7, 1));
  CHECK(answered(2, 1, 0.1, 1, true));
}

TEST_CASE("no document is no answer") {
  TestIndex index;
  index.update({R"({"id":1,"title":"rain"})"});
  CHECK_FALSE(index.index().generation()->read(
      [](const Snapshot& snapshot) { return is_answered(snapshot, QueryPlan{}, {}); }));
}

TEST_SUITE_END();
