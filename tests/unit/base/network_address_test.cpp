// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: host and port are told apart in every usual form; networks are compared bit by bit.
#include "base/network_address.h"

#include <doctest/doctest.h>

#include <array>

using namespace nunmul;

TEST_SUITE_BEGIN("base/network_address");

TEST_CASE("host and port are told apart") {
  struct Row {
    std::string_view text, host;
    std::optional<std::string_view> port;
    bool in_brackets;
  };
  const Row rows[] = {{"search.example", "search.example", std::nullopt, false},
                      {"127.0.0.1:7700", "127.0.0.1", "7700", false},
                      {"[::1]:7700", "::1", "7700", true},
                      {"[::1]", "::1", std::nullopt, true},
                      {"::1:7700", "::1", "7700", false},
                      {":7700", "", "7700", false},
                      {"host:", "host", "", false},
                      {"", "", std::nullopt, false}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto parts = split_host(row.text);
    REQUIRE(parts);
    CHECK(parts->host == row.host);
    CHECK(parts->port == row.port);
    CHECK(parts->in_brackets == row.in_brackets);
  }
  for (const char* text : {"[::1", "[::1]x", "[::1]7700", "["}) CHECK_FALSE(split_host(text));
}

TEST_CASE("networks are compared bit by bit") {
  const std::array<std::uint8_t, 2> a{0b10110000, 0}, b{0b10111000, 0};
  CHECK(same_network(a.data(), b.data(), 0));
  CHECK(same_network(a.data(), b.data(), 4));
  CHECK_FALSE(same_network(a.data(), b.data(), 5));
  CHECK_FALSE(same_network(a.data(), b.data(), 8));
  CHECK(same_network(a.data(), a.data(), 16));
}

TEST_CASE("a loopback address is this machine's alone") {
  for (const char* address : {"127.0.0.1", "127.9.9.9", "::1"}) CHECK(is_loopback_address(address));
  for (const char* address : {"", "localhost", "128.0.0.1", "::2"}) CHECK_FALSE(is_loopback_address(address));
}

TEST_SUITE_END();
