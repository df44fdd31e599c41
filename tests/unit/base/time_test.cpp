// SPDX-License-Identifier: GPL-2.0-or-later
// Times: what is written is read back, offsets and fractions are understood, and nothing else is.
#include "base/time.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

TEST_SUITE_BEGIN("base/time");

namespace nunmul {
namespace {

using namespace std::chrono;

TEST_CASE("a time is written in UTC with microseconds") {
  CHECK(to_rfc3339(Time{}) == "1970-01-01T00:00:00.000000Z");
  CHECK(to_rfc3339(Time{microseconds{1'784'711'703'123'456}}) == "2026-07-22T09:15:03.123456Z");
  CHECK(to_rfc3339(Time{microseconds{-1}}) == "1969-12-31T23:59:59.999999Z");
}

TEST_CASE("forms of one instant are read alike") {
  const Time wanted{microseconds{1'784'711'703'120'000}};
  for (const char* text : {
           "2026-07-22T09:15:03.12Z",
           "2026-07-22T09:15:03.120000Z",
           "2026-07-22t09:15:03.12z",
           "2026-07-22T18:15:03.12+09:00",
           "2026-07-22T05:45:03.12-03:30",
           "2026-07-22T09:15:03.120000999Z",
           "2026-07-22T09:15:03.12+00:00",
       }) {
    CAPTURE(text);
    CHECK(parse_rfc3339(text) == wanted);
  }
  CHECK(parse_rfc3339("2026-07-22T09:15:03Z") == Time{seconds{1'784'711'703}});
  CHECK(parse_rfc3339("2016-12-31T23:59:60Z") == parse_rfc3339("2017-01-01T00:00:00Z"));
}

TEST_CASE("what is no time is none") {
  for (const char* text : {
           "",
           "2026-07-22",
           "2026-07-22T09:15Z",
           "2026-07-22T09:15:03",
           "2026-07-22 09:15:03Z",
           "2026-7-22T09:15:03Z",
           "2026-02-29T09:15:03Z",
           "2026-13-01T09:15:03Z",
           "2026-07-22T24:15:03Z",
           "2026-07-22T09:60:03Z",
           "2026-07-22T09:15:61Z",
           "2026-07-22T09:15:03.Z",
           "2026-07-22T09:15:03+0900",
           "2026-07-22T09:15:03+09:60",
           "2026-07-22T09:15:03Z ",
           " 2026-07-22T09:15:03Z",
           "-026-07-22T09:15:03Z",
       }) {
    CAPTURE(text);
    CHECK_FALSE(parse_rfc3339(text));
  }
}

TEST_CASE("a day is its first instant") {
  CHECK(parse_day("2026-07-22") == parse_rfc3339("2026-07-22T00:00:00Z"));
  CHECK(parse_day("2024-02-29").has_value());
  for (const char* text : {"", "2026-07", "2026-02-29", "2026-07-22T", "22-07-2026", "2026/07/22"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_day(text));
  }
}

TEST_CASE("every time is read back as it was written") {
  std::mt19937_64 random(7);
  const auto first = *parse_day("0001-01-01"), last = *parse_day("9999-12-31");
  std::uniform_int_distribution<std::int64_t> instants(first.time_since_epoch().count(),
                                                       last.time_since_epoch().count());
  for (int i = 0; i < 1000; ++i) {
    const Time time{microseconds{instants(random)}};
    CAPTURE(to_rfc3339(time));
    CHECK(parse_rfc3339(to_rfc3339(time)) == time);
  }
  CHECK(parse_rfc3339(to_rfc3339(now())).has_value());
}

TEST_CASE("a duration is written in seconds with microseconds") {
  CHECK(to_iso8601(microseconds{4213}) == "PT0.004213S");
  CHECK(to_iso8601(microseconds{0}) == "PT0.000000S");
  CHECK(to_iso8601(seconds{3661}) == "PT3661.000000S");
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
