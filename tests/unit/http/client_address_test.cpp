// SPDX-License-Identifier: GPL-2.0-or-later
// - A request is its peer's, unless the peer is a trusted proxy; then it is whose the proxies say, and
//   what anybody else wrote into the headers counts for nothing.
// - An IPv6 client is the /64 that it has.
#include <doctest/doctest.h>

#include "base/error.h"
#include "http/client_address.h"

using namespace nunmul;

TEST_SUITE_BEGIN("http/client_address");

TEST_CASE("the client is the right-most address that is no trusted proxy") {
  const TrustedProxies proxies({"10.0.0.0/8,192.0.2.7", "fd00::/8"});
  struct Case {
    const char* peer;
    std::vector<std::string> forwarded;  // a header each
    const char* client;
  };
  const std::vector<Case> cases{
      {"198.51.100.1", {}, "198.51.100.1"},
      {"198.51.100.1", {"203.0.113.9"}, "198.51.100.1"},  // says so itself
      {"10.1.2.3", {}, "10.1.2.3"},
      {"10.1.2.3", {"203.0.113.9"}, "203.0.113.9"},
      {"10.1.2.3", {"6.6.6.6, 203.0.113.9"}, "203.0.113.9"},  // the client wrote the first
      {"10.1.2.3", {"6.6.6.6, 203.0.113.9, 192.0.2.7"}, "203.0.113.9"},
      {"10.1.2.3", {"6.6.6.6", "203.0.113.9,192.0.2.7"}, "203.0.113.9"},
      {"10.1.2.3", {"10.0.0.9, 192.0.2.7"}, "10.0.0.9"},  // from within
      {"10.1.2.3", {"203.0.113.9:4711"}, "203.0.113.9"},
      {"10.1.2.3", {"[2001:db8::1]:4711"}, "2001:db8::1"},
      {"10.1.2.3", {"[2001:db8::1]"}, "2001:db8::1"},
      {"10.1.2.3", {"2001:DB8:0::1"}, "2001:db8::1"},
      {"10.1.2.3", {"::ffff:203.0.113.9"}, "203.0.113.9"},
      {"fd00::1", {"203.0.113.9"}, "203.0.113.9"},
      {"192.0.2.8", {"203.0.113.9"}, "192.0.2.8"},
      {"10.1.2.3", {"unknown"}, "10.1.2.3"},
      {"10.1.2.3", {"203.0.113.9, nonsense"}, "10.1.2.3"},
      {"10.1.2.3", {""}, "10.1.2.3"},
      {"10.1.2.3", {"["}, "10.1.2.3"},
      {"10.1.2.3", {"1.2.3.4.5"}, "10.1.2.3"},
      {"10.1.2.3", {std::string(5000, '1')}, "10.1.2.3"},
  };
  for (const Case& one : cases) {
    HttpRequest request;
    request.peer = one.peer;
    for (const std::string& value : one.forwarded) request.headers.emplace_back("x-forwarded-for", value);
    proxies.identify(request);
    CAPTURE(one.peer);
    CAPTURE(one.forwarded.size());
    CHECK(request.client == one.client);
  }
}

TEST_CASE("scheme and host are the proxy's to say, and nobody else's") {
  const TrustedProxies proxies({"10.0.0.1"});
  for (const bool is_proxy : {true, false}) {
    HttpRequest request;
    request.peer = is_proxy ? "10.0.0.1" : "10.0.0.2";
    request.headers = {{"host", "inside:7700"},
                       {"x-forwarded-proto", "http, HTTPS"},
                       {"x-forwarded-host", "evil.example, search.example.org"}};
    proxies.identify(request);
    CHECK(request.scheme == (is_proxy ? "https" : "http"));
    CHECK(request.authority == (is_proxy ? "search.example.org" : "inside:7700"));
  }
  HttpRequest odd;
  odd.peer = "10.0.0.1";
  odd.headers = {{"host", "inside"}, {"x-forwarded-host", "a/b\"c"}};
  proxies.identify(odd);
  CHECK(odd.authority == "inside");
}

TEST_CASE("networks are read strictly") {
  for (const char* good : {"10.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "::1", "fd00::/8", "::/0", "10.0.0.1/32",
                           "2001:db8::/128", "10.0.0.1, 10.0.0.2"}) {
    CAPTURE(good);
    CHECK_NOTHROW(TrustedProxies({good}));
  }
  for (const char* bad : {"proxy", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8x", "/8", "10.0.0",
                          "::/129", "[::1]", "10.0.0.1:80"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(TrustedProxies({bad}), Error);
  }
}

TEST_CASE("a network ends where its length says") {
  const TrustedProxies proxies({"10.64.0.0/10", "2001:db8:8000::/33", "0.0.0.0/0"});
  CHECK(proxies.contains("10.127.255.255"));
  CHECK(proxies.contains("2001:db8:ffff::1"));
  CHECK_FALSE(proxies.contains("2001:db8:7fff::1"));
  CHECK(proxies.contains("8.8.8.8"));
  CHECK_FALSE(proxies.contains("2001:4860::8"));  // all of IPv4 is not all
  CHECK_FALSE(TrustedProxies({"10.64.0.0/10"}).contains("10.128.0.0"));
  CHECK_FALSE(proxies.contains(""));
  CHECK_FALSE(TrustedProxies().contains("127.0.0.1"));
}

TEST_CASE("clients are counted by IPv4 address or by the /64 of their IPv6 address") {
  CHECK(client_group("192.0.2.1") != client_group("192.0.2.2"));
  CHECK(client_group("::ffff:192.0.2.1") == client_group("192.0.2.1"));
  CHECK(client_group("2001:db8::1") == client_group("2001:db8::ffff:1:2:3"));
  CHECK(client_group("2001:db8::1") != client_group("2001:db8:0:1::1"));
  CHECK(client_group("") == "");
}

TEST_SUITE_END();
