// SPDX-License-Identifier: GPL-2.0-or-later
// Whether some documents answer a query at all, judged by their share of its weight and by what they have of
// it.
#include "search/rank/confidence.h"

#include <doctest/doctest.h>

#include "support/test_index.h"

using namespace nunmul;

TEST_SUITE_BEGIN("search/confidence");

namespace {

struct Asked {
  std::uint32_t units = 1;
  std::uint32_t found = 0;    // of them, in the one document
  double share = 0;           // of the query's weight, there
  std::uint32_t unknown = 0;  // of the last ones: no document has them
  bool of_kind = false;       // the first unit asks for a kind, which is the document's
  bool sure = false;
  bool theme = false;     // the first unit is of a theme that the document is about
  bool errand = false;    // the last unit is of an everyday errand
  bool keywords = false;  // nothing was left out of the query
};

bool answered(const Asked& asked) {
  TestIndex index;
  index.update({R"({"id":1,"title":"rain"})"});
  QueryPlan plan;
  plan.full_weight = asked.units;
  for (std::uint32_t unit = 0; unit < asked.units; ++unit) {
    const bool known = unit + asked.unknown < asked.units;
    plan.units.emplace_back().any.push_back(planned(Family::LatinStem, known ? "rain" : "nowhere"));
    plan.units.back().documents = known ? 1 : 0;
  }
  if (asked.of_kind) plan.units.front().asks_kind = AsksKind::Only;
  plan.units.front().topic = asked.theme;
  plan.units.back().errand = asked.errand;
  plan.keywords = asked.keywords;
  MatchedDocument document;
  document.weight = asked.share * plan.full_weight;
  document.features.units = asked.units;
  document.features.words = asked.found;
  document.features.matched = unit_bits(0, asked.found);
  document.features.of_kind = asked.of_kind;
  document.features.sure = asked.sure;
  document.features.themes = asked.theme ? 1 : 0;
  return index.index().generation()->read(
      [&](const Snapshot& snapshot) { return is_answered(snapshot, plan, {document}); });
}

}  // namespace

TEST_CASE("a share of the weight that two words reach by chance says more of many") {
  CHECK_FALSE(answered({.units = 2, .found = 1, .share = 0.5}));
  CHECK(answered({.units = 12, .found = 4, .share = 0.5}));
  CHECK_FALSE(answered({.units = 12, .found = 2, .share = 0.1}));
}

TEST_CASE("a document with all words needs less of the weight") {
  CHECK(answered({.units = 3, .found = 3, .share = 0.2}));
  CHECK_FALSE(answered({.units = 3, .found = 1, .share = 0.2}));
}

TEST_CASE("a word that is nowhere speaks against the others, unless they are surely meant") {
  CHECK(answered({.units = 2, .found = 1, .share = 0.7}));
  CHECK_FALSE(answered({.units = 2, .found = 1, .share = 0.7, .unknown = 1}));
  CHECK(answered({.units = 2, .found = 1, .share = 0.1, .unknown = 1, .sure = true}));
}

TEST_CASE("a kind that is asked for answers, whatever word stands beside it") {
  CHECK_FALSE(answered({.units = 2, .found = 1, .share = 0.1}));
  CHECK(answered({.units = 2, .found = 1, .share = 0.1, .of_kind = true}));
}

TEST_CASE("a theme is an answer beside an unknown word, but for an errand or a question") {
  const Asked asked{.units = 2, .found = 1, .share = 0.5, .unknown = 1, .theme = true, .keywords = true};
  CHECK(answered(asked));
  Asked errand = asked, sentence = asked, word = asked;
  errand.errand = true;
  sentence.keywords = false;
  word.theme = false;
  CHECK_FALSE(answered(errand));
  CHECK_FALSE(answered(sentence));
  CHECK_FALSE(answered(word));
}

TEST_CASE("an errand says nothing against a document that has it, or in a sentence") {
  CHECK(answered({.units = 2, .found = 2, .share = 0.6, .errand = true, .keywords = true}));
  CHECK(answered({.units = 12, .found = 4, .share = 0.5, .errand = true}));
}

TEST_CASE("no document is no answer") {
  TestIndex index;
  index.update({R"({"id":1,"title":"rain"})"});
  CHECK_FALSE(index.index().generation()->read(
      [](const Snapshot& snapshot) { return is_answered(snapshot, QueryPlan{}, {}); }));
}

TEST_SUITE_END();
