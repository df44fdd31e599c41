// SPDX-License-Identifier: GPL-2.0-or-later
// A path leads to one route, whatever is encoded in it; a path that nobody knows can be told from one
// that another method would reach.
#include "http/router.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace nunmul;

TEST_SUITE_BEGIN("http/router");

namespace {

HttpResponse nothing(Call&) { return {}; }

Router make_router() {
  return Router({
      {"GET", "/", "", nothing, ""},
      {"GET", "/tasks/:uid", "", nothing, ""},
      {"POST", "/tasks/cancel", "", nothing, ""},
      {"POST", "/indexes/:uid/documents/fetch", "", nothing, ""},
      {"GET", "/indexes/:uid/documents/:id", "", nothing, ""},
      {"DELETE", "/indexes/:uid/documents/:id", "", nothing, ""},
      {"GET", "/chats/*", "get", nothing, ""},
      {"*", "/chats/*", "other", nothing, ""},
  });
}

}  // namespace

TEST_CASE("named segments are decoded in order") {
  const Router router = make_router();
  const RouteMatch match = router.find("GET", "/indexes/a%20b/documents/%ED%95%9C");
  REQUIRE(match.route);
  CHECK(match.segments == std::vector<std::string>{"a b", "한"});
}

TEST_CASE("an encoded slash does not part segments") {
  const Router router = make_router();
  CHECK(router.find("GET", "/indexes/a/documents/x%2Fy").segments.back() == "x/y");
}

TEST_CASE("one trailing slash is ignored, and no more") {
  const Router router = make_router();
  CHECK(router.find("GET", "/tasks/1/").route);
  CHECK_FALSE(router.find("GET", "/tasks/1//").path_is_known);
  CHECK_FALSE(router.find("GET", "/indexes//documents/1").path_is_known);
  CHECK(router.find("GET", "/").route);
}

TEST_CASE("a literal name comes before a value, by method") {
  const Router router = make_router();
  CHECK(router.find("POST", "/indexes/a/documents/fetch").route->pattern == "/indexes/:uid/documents/fetch");
  CHECK(router.find("GET", "/indexes/a/documents/fetch").route->pattern == "/indexes/:uid/documents/:id");
}

TEST_CASE("a star is any method, and at the end whatever lies there") {
  const Router router = make_router();
  for (const char* path : {"/chats", "/chats/", "/chats/a", "/chats/a/b"}) {
    CAPTURE(path);
    CHECK(router.find("GET", path).route->action == "get");
    CHECK(router.find("BREW", path).route->action == "other");
  }
  CHECK_FALSE(router.find("GET", "/chatsx").path_is_known);
}

TEST_CASE("another method on a known path is told from an unknown path") {
  const Router router = make_router();
  const RouteMatch wrong = router.find("PUT", "/tasks/cancel");
  CHECK_FALSE(wrong.route);
  CHECK(wrong.path_is_known);
  CHECK(wrong.allowed == "GET, POST");
  CHECK_FALSE(router.find("GET", "/nowhere").path_is_known);
  CHECK_FALSE(router.find("GET", "/Tasks/1").path_is_known);
}

TEST_CASE("HEAD is answered by GET") {
  const Router router = make_router();
  CHECK(router.find("HEAD", "/tasks/1").route);
  CHECK_FALSE(router.find("get", "/tasks/1").route);
}

TEST_CASE("a segment that is no UTF-8 is a bad request") {
  const Router router = make_router();
  CHECK_THROWS_AS(router.find("GET", "/tasks/%FF"), Error);
  CHECK_THROWS_AS(router.find("GET", "/tasks/%zz"), Error);
}
