// SPDX-License-Identifier: GPL-2.0-or-later
// The table of term families: a row a family in their order, each with a prefix of its own.
#include "index/terms.h"

#include <doctest/doctest.h>

#include <set>

using namespace nunmul;

TEST_SUITE_BEGIN("index/terms");

TEST_CASE("the rows stand in the order of the families, each with its own prefix and an example") {
  std::set<char> prefixes;
  for (std::size_t f = 0; f < kFamilies.size(); ++f) {
    const FamilyRow& row = kFamilies[f];
    CAPTURE(row.name);
    CHECK(static_cast<std::size_t>(row.family) == f);
    CHECK(&row_of(row.family) == &row);
    CHECK(prefixes.insert(row.prefix).second);
    CHECK(term_of(row.family, row.example.substr(1)) == row.example);
    CHECK(row.weight > 0);
  }
}

TEST_CASE("the families beside the vocabulary are numbered without a gap") {
  std::size_t number = 0;
  for (const Family family : kSpellingFamilies) {
    CHECK(is_spelling(family));
    CHECK(spelling_number(family) == number++);
    CHECK_FALSE(row_of(family).has_length);
  }
  CHECK(number == 4);
}

TEST_SUITE_END();
