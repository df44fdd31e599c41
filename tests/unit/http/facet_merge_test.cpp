// SPDX-License-Identifier: GPL-2.0-or-later
// Counts of several searches add up, and come in the order that was asked for.
#include "http/facet_merge.h"

#include <doctest/doctest.h>

using namespace nunmul;

TEST_SUITE_BEGIN("http/facet_merge");

TEST_CASE("counts of the same value add up") {
  Json total = parse_json(R"({"kind":{"song":2}})");
  add_facet_distribution(total, parse_json(R"({"kind":{"song":1,"film":4},"year":{"2017":1}})"));
  CHECK(dump_json(total) == R"({"kind":{"song":3,"film":4},"year":{"2017":1}})");
}

TEST_CASE("the least and the greatest of all stay") {
  Json total = Json::object();
  add_facet_stats(total, parse_json(R"({"year":{"min":2000,"max":2010}})"));
  add_facet_stats(total, parse_json(R"({"year":{"min":1999.5,"max":2005}})"));
  CHECK(dump_json(total) == R"({"year":{"min":1999.5,"max":2010}})");
}

TEST_CASE("numbers stand in their order, before texts") {
  CHECK(dump_json(ordered_facet_values(parse_json(R"({"b":1,"10":1,"9":5,"a":2})"), "alpha", 10)) ==
        R"({"9":5,"10":1,"a":2,"b":1})");
  CHECK(dump_json(ordered_facet_values(parse_json(R"({"b":1,"10":1,"9":5,"a":2})"), "count", 3)) ==
        R"({"9":5,"a":2,"10":1})");
}

TEST_CASE("a document counts once for each of its values, wherever they stand") {
  Json values = Json::object(), stats = Json::object();
  count_facet_values(values, stats, parse_json(R"({"a":[{"b":"x"},{"b":["x",2]},{"b":null}],"a.b":true})"),
                     "a.b");
  CHECK(values["x"] == 1);
  CHECK(values["2"] == 1);
  CHECK(values["true"] == 1);
  CHECK(dump_json(stats["a.b"]) == R"({"min":2.0,"max":2.0})");
}
