// SPDX-License-Identifier: GPL-2.0-or-later
// The measures that come from the places of a query's words in a document.
#include "search/match/features.h"

#include <doctest/doctest.h>

using namespace nunmul;

TEST_SUITE_BEGIN("search/features");

namespace {

// Words of one unit each, all exact, at these positions of a field of so many words.
FieldMatches field(std::vector<std::pair<std::uint32_t, std::uint32_t>> unit_and_position,
                   std::uint32_t words) {
  FieldMatches field;
  field.words = words;
  for (const auto& [unit, position] : unit_and_position) {
    UnitMatch match;
    match.first_unit = unit;
    match.position = position;
    match.exact = true;
    field.matches.push_back(match);
  }
  return field;
}

Features of(std::vector<FieldMatches> fields, std::uint32_t units, TermAnswers by_terms = {}) {
  QueryShape shape;
  for (std::uint32_t unit = 0; unit < units; ++unit) shape.places.push_back(unit);
  shape.rarity.assign(units, 1.0 / units);
  DocumentMatches matches;
  matches.fields = std::move(fields);
  return features_of(matches, shape, by_terms);
}

}  // namespace

TEST_CASE("a field that is the query is whole, one that goes on begins so") {
  CHECK(of({field({{0, 0}, {1, 1}}, 2)}, 2).exactness == Exactness::Whole);
  CHECK(of({field({{0, 0}, {1, 1}}, 3)}, 2).exactness == Exactness::Begins);
  CHECK(of({field({{0, 1}, {1, 2}}, 3)}, 2).exactness == Exactness::Neither);
}

TEST_CASE("words between neighbours cost, and one more if they stand backwards") {
  CHECK(of({field({{0, 0}, {1, 1}}, 9)}, 2).proximity_cost == 0);
  CHECK(of({field({{0, 0}, {1, 3}}, 9)}, 2).proximity_cost == 2);
  CHECK(of({field({{1, 0}, {0, 1}}, 9)}, 2).proximity_cost == 1);
  CHECK(of({field({{0, 0}, {1, 8}}, 9)}, 2).proximity_cost == 3);
  CHECK(of({field({{0, 0}, {1, 1}}, 9)}, 2).closeness == 1);
}

TEST_CASE("every word of a name that is asked for covers its units") {
  FieldMatches name = field({{0, 0}}, 1);
  name.is_name = true;
  const Features features = of({name}, 2);
  CHECK(features.words == 1);
  CHECK(features.field_cover == 0.5);
  CHECK_FALSE(features.exact_cover);
  CHECK(features.named);
  CHECK(of({name}, 1).exact_cover);
}

TEST_CASE("a name counts by what share of the query and of the name is said") {
  FieldMatches name = field({{0, 0}}, 4);
  name.is_name = true;
  const Features features = of({name, field({{1, 3}}, 9)}, 4);
  CHECK(features.found == 0.5);
  CHECK(features.name_asked == 0.25);
  CHECK(features.name_cover == 0.25 * 0.25);
}

TEST_CASE("a unit that a term of the document answers counts, and has no place") {
  TermAnswers theme;
  theme.units = theme.known = 1;
  const Features features = of({}, 1, theme);
  CHECK(features.words == 1);
  CHECK(features.unplaced == 1);
  CHECK(features.sure);
  CHECK(features.exact_words == 0);
}

TEST_SUITE_END();
