// SPDX-License-Identifier: GPL-2.0-or-later
// - Percent-encoding is read strictly and gives UTF-8 or nothing.
// - A query keeps its order, its repetitions and all behind the first '=' of a pair.
#include "http/http_message.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "http/error_response.h"

using namespace nunmul;

TEST_SUITE_BEGIN("http/http_message");

TEST_CASE("percent-encoding is read strictly") {
  CHECK(percent_decode("") == "");
  CHECK(percent_decode("a%20b+c") == "a b+c");
  CHECK(percent_decode("a%20b+c", PlusSign::IsSpace) == "a b c");
  CHECK(percent_decode("%eb%85%b8%EB%9E%98") == "노래");
  CHECK(percent_decode("노래") == "노래");
  CHECK(percent_decode("%2525") == "%25");
  CHECK(percent_decode("%F0%9F%8E%B5") == "🎵");
  CHECK(percent_decode("%00") == std::string(1, '\0'));
  for (const char* text : {"%", "%4", "%4g", "%g4", "a%", "%u0041", "% 41", "%-1", "%+1"}) {
    CAPTURE(text);
    CHECK_FALSE(percent_decode(text).has_value());
  }
}

TEST_CASE("what decodes to no UTF-8 is refused") {
  for (const char* text : {"%FF", "%80", "%C3", "%C3%41", "%C0%AF", "%C1%81", "%E0%80%AF", "%ED%A0%80",
                           "%F4%90%80%80", "%F0%80%80%AF", "%EB%85", "a%EB", "%F8%88%80%80%80", "\xFF"}) {
    CAPTURE(text);
    CHECK_FALSE(percent_decode(text).has_value());
  }
}

TEST_CASE("a query is a list of names and values") {
  CHECK(parse_query("").empty());
  CHECK(parse_query("&&").empty());
  CHECK(parse_query("q=a+b&x=a=b=c&q=%26&y&=z&") ==
        HttpQuery{{"q", "a b"}, {"x", "a=b=c"}, {"q", "&"}, {"y", ""}, {"", "z"}});
  CHECK_THROWS_AS(parse_query("q=%FF"), Error);
  CHECK_THROWS_AS(parse_query("%=1"), Error);
}

TEST_CASE("a header is found by its lower-case name") {
  HttpRequest request;
  request.headers = {{"accept", "a"}, {"accept", "b"}};
  CHECK(request.header("accept") == "a");
  CHECK_FALSE(request.header("host").has_value());
}

TEST_CASE("an error is four fields and the status of its code") {
  const HttpResponse response =
      error_response(ErrorCode::IndexNotFound, "Index `movies` not found.", "http://a.test:80");
  CHECK(response.status == 404);
  CHECK(response.content_type == "application/json");
  const Json body = parse_json(response.body);
  CHECK(body.size() == 4);
  CHECK(body.at("code") == "index_not_found");
  CHECK(body.at("type") == "invalid_request");
  CHECK(body.at("message") == "Index `movies` not found.");
  CHECK(body.at("link") == "http://a.test:80/errors#index_not_found");
  CHECK(error_response(ErrorCode::TooManySearchRequests, "x", "").headers ==
        HttpHeaders{{"Retry-After", "10"}});
}
