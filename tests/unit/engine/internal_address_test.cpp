// SPDX-License-Identifier: GPL-2.0-or-later
// Which addresses lie inside.
#include "engine/internal_address.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>

#include <string>

TEST_SUITE_BEGIN("engine/internal_address");

namespace nunmul {
namespace {

bool is_internal(const std::string& text) {
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  if (::inet_pton(AF_INET6, text.c_str(), &six.sin6_addr) == 1)
    return nunmul::is_internal(reinterpret_cast<const sockaddr&>(six));
  sockaddr_in four{};
  four.sin_family = AF_INET;
  REQUIRE(::inet_pton(AF_INET, text.c_str(), &four.sin_addr) == 1);
  return nunmul::is_internal(reinterpret_cast<const sockaddr&>(four));
}

TEST_CASE(
    "addresses of this machine, of links and of private networks are internal, however they are written") {
  for (const char* each : {"0.0.0.0",
                           "0.1.2.3",
                           "10.0.0.1",
                           "10.255.255.255",
                           "100.64.0.1",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.255.255",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.0.8",
                           "192.0.2.1",
                           "192.168.0.1",
                           "198.18.0.1",
                           "198.19.255.255",
                           "198.51.100.1",
                           "203.0.113.9",
                           "224.0.0.1",
                           "239.1.2.3",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.1.2.3",
                           "::ffff:169.254.169.254",
                           "::127.0.0.1",
                           "64:ff9b::10.0.0.1",
                           "64:ff9b:1::8.8.8.8",
                           "100::1",
                           "2001::1",
                           "2001:db8::1",
                           "2002:7f00:1::",
                           "2002:a00:1::1",
                           "3fff::1",
                           "fc00::1",
                           "fd12:3456::1",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1",
                           "4000::1"}) {
    CAPTURE(each);
    CHECK(is_internal(each));
  }
}

TEST_CASE("addresses of public hosts are not") {
  for (const char* each :
       {"1.1.1.1",         "8.8.8.8",         "9.255.255.255",    "11.0.0.0",       "100.63.255.255",
        "100.128.0.0",     "126.255.255.255", "128.0.0.0",        "169.253.0.1",    "172.15.255.255",
        "172.32.0.0",      "192.167.255.255", "192.169.0.0",      "198.17.255.255", "198.20.0.0",
        "223.255.255.255", "::ffff:8.8.8.8",  "64:ff9b::8.8.8.8", "2001:200::1",    "2002:808:808::1",
        "2606:4700::1111", "2a00:1450::1"}) {
    CAPTURE(each);
    CHECK_FALSE(is_internal(each));
  }
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
