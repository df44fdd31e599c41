// SPDX-License-Identifier: GPL-2.0-or-later
// Strings keep the number of their first appearance, also while the table grows.
#include "index/string_table.h"

#include <doctest/doctest.h>

using namespace nunmul;

TEST_SUITE_BEGIN("index/string_table");

TEST_CASE("a string has the number of its first appearance, however many follow") {
  StringTable table;
  constexpr std::uint32_t kCount = 5000;
  for (std::uint32_t i = 0; i < kCount; ++i) CHECK(table.add(std::to_string(i * 7)) == i);
  for (std::uint32_t i = 0; i < kCount; ++i) CHECK(table.add(std::to_string(i * 7)) == i);
  REQUIRE(table.size() == kCount);
  CHECK(table[0] == "0");
  CHECK(table[kCount - 1] == std::to_string((kCount - 1) * 7));
}

TEST_CASE("the empty string is a string") {
  StringTable table;
  CHECK(table.add("") == 0);
  CHECK(table.add("a") == 1);
  CHECK(table.add("") == 0);
  CHECK(table[0].empty());
}
