// SPDX-License-Identifier: GPL-2.0-or-later
// - Each stream of bytes has one reading: the table below says it, for bytes that come all at once, one
//   by one, and in pieces of random size.
// - Nothing that a second reader on the way could understand differently becomes a request.
// - A body is bounded by its route's limit, and its file goes with the request.
#include "http/request_framer.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "base/files.h"
#include "http/refusal.h"
#include "support/temp_dir.h"

using namespace nunmul;

namespace {

// Feeds the pieces and tells what came out: "GET /a; POST /b=body; " and then "400" for a refusal,
// "…" when the framer waits inside of a request, and nothing when it stands between two.
std::string reading(const std::vector<std::string_view>& pieces, std::size_t max_body_bytes = 1000) {
  RequestFramer framer;
  std::string result;
  try {
    for (const std::string_view piece : pieces) {
      framer.feed(piece);
      for (FramerStep step = framer.advance(); step != FramerStep::NeedBytes; step = framer.advance()) {
        if (step == FramerStep::Head) {
          framer.begin_body({max_body_bytes, "", 0});
        } else {
          const HttpRequest request = framer.take_request();
          result +=
              request.method + " " + request.target + (request.body.empty() ? "" : "=" + request.body) + "; ";
        }
      }
    }
  } catch (const Refusal& refusal) {
    return result + std::to_string(refusal.status());
  }
  return framer.is_between_requests() ? result : result + "…";
}

std::vector<std::string_view> cut(std::string_view text, const std::function<std::size_t()>& next_size) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    pieces.push_back(text.substr(0, next_size()));
    text.remove_prefix(pieces.back().size());
  }
  return pieces;
}

struct Case {
  std::string_view bytes;
  std::string_view reading;
};

using namespace std::string_view_literals;

#define GET "GET /a HTTP/1.1\r\nHost: h\r\n"
#define POST "POST /a HTTP/1.1\r\nHost: h\r\n"
#define CHUNKED POST "Transfer-Encoding: chunked\r\n\r\n"
#define NEXT "GET /b HTTP/1.1\r\nHost: h\r\n\r\n"

constexpr Case kCases[] = {
    // What is a request.
    {""sv, ""sv},
    {GET "\r\n"sv, "GET /a; "sv},
    {GET "\r\n" NEXT ""sv, "GET /a; GET /b; "sv},
    {"\r\n" GET "\r\n"sv, "GET /a; "sv},
    {POST "Content-Length: 3\r\n\r\nabc\r\n" NEXT ""sv, "POST /a=abc; GET /b; "sv},
    {"GET /a HTTP/1.0\r\n\r\n"sv, "GET /a; "sv},
    {"HEAD /a HTTP/1.1\r\nhost: h\r\n\r\n"sv, "HEAD /a; "sv},
    {"BREW /a HTTP/1.1\r\nHost: h\r\n\r\n"sv, "BREW /a; "sv},
    {"get /a HTTP/1.1\r\nHost: h\r\n\r\n"sv, "get /a; "sv},
    {"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"sv, "OPTIONS *; "sv},
    {"GET http://h/a?b HTTP/1.1\r\nHost: h\r\n\r\n"sv, "GET http://h/a?b; "sv},
    {"GET /\xEB\x85\xB8\xEB\x9E\x98?q=\xFF HTTP/1.1\r\nHost: h\r\n\r\n"sv,
     "GET /\xEB\x85\xB8\xEB\x9E\x98?q=\xFF; "sv},
    {"GET /?q=<\"{|}>\\^` HTTP/1.1\r\nHost: h\r\n\r\n"sv, "GET /?q=<\"{|}>\\^`; "sv},
    {"GET //a/../b HTTP/1.1\r\nHost: h\r\n\r\n"sv, "GET //a/../b; "sv},
    {"GET /a HTTP/1.1\r\nHost:\r\n\r\n"sv, "GET /a; "sv},
    {"GET /a HTTP/1.1\r\nHost: [::1]:7700\r\n\r\n"sv, "GET /a; "sv},
    {GET "X:\r\n\r\n"sv, "GET /a; "sv},
    {GET "X: \t a \t \r\n\r\n"sv, "GET /a; "sv},
    {GET "X: \xFF\x80\r\n\r\n"sv, "GET /a; "sv},
    {GET "Content_Length: 5\r\n\r\n"sv, "GET /a; "sv},
    {GET "Cookie: a\r\nCookie: b\r\n\r\n"sv, "GET /a; "sv},
    {GET "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n"sv, "GET /a; "sv},
    {POST "\r\n" NEXT ""sv, "POST /a; GET /b; "sv},
    {POST "Content-Length: 0\r\n\r\n" NEXT ""sv, "POST /a; GET /b; "sv},
    {POST "Content-Length: 003\r\n\r\nabc" NEXT ""sv, "POST /a=abc; GET /b; "sv},
    {POST "Expect: 100-Continue\r\nContent-Length: 3\r\n\r\nabc"sv, "POST /a=abc; "sv},
    {GET "Content-Length: 3\r\n\r\nabc" NEXT ""sv, "GET /a=abc; GET /b; "sv},
    {"DELETE /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"sv,
     "DELETE /a=x; "sv},
    {CHUNKED "0\r\n\r\n" NEXT ""sv, "POST /a; GET /b; "sv},
    {CHUNKED "3\r\nabc\r\n02\r\nde\r\n0\r\n\r\n" NEXT ""sv, "POST /a=abcde; GET /b; "sv},
    {CHUNKED "A\r\n0123456789\r\n00000000\r\n\r\n"sv, "POST /a=0123456789; "sv},
    {CHUNKED "5\r\n\r\n0\r\n\r\n0\r\n\r\n" NEXT ""sv, "POST /a=\r\n0\r\n; GET /b; "sv},
    {CHUNKED "3;name=value;x\r\nabc\r\n0;last\r\n\r\n"sv, "POST /a=abc; "sv},
    {CHUNKED "1\r\na\r\n0\r\nExpires: never\r\n\r\n" NEXT ""sv, "POST /a=a; GET /b; "sv},
    {POST "Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n"sv, "POST /a; "sv},
    {POST "Transfer-Encoding: \tchunked \r\n\r\n0\r\n\r\n"sv, "POST /a; "sv},

    // Unfinished ones wait.
    {"\r"sv, "…"sv},
    {"GET"sv, "…"sv},
    {GET ""sv, "…"sv},
    {GET "\r"sv, "…"sv},
    {POST "Content-Length: 4\r\n\r\nabc"sv, "…"sv},
    {CHUNKED "3\r\nab"sv, "…"sv},
    {CHUNKED "3\r\nabc\r\n0\r\n"sv, "…"sv},
    {CHUNKED "0\r\nX: y\r\n"sv, "…"sv},
    {GET "\r\nGET /b"sv, "GET /a; …"sv},

    // The request line.
    {"\r\n\r\n" GET "\r\n"sv, "400"sv},
    {" GET /a HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET  /a HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET /a  HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1.1 \r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET\t/a\tHTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET /a\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1.1\r\nHost h\r\n\r\n"sv, "400"sv},
    {"G@T /a HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET\xC3\xA9 /a HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"AMETHODTHATISMUCHLONGERTHANANYMETHOD /a HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET a HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET * HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET ?q HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET http:///a HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET ftp://h/a HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET /a\tb HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET /a\0b HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET /a\x7F HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET /a\x0B HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1.2\r\nHost: h\r\n\r\n"sv, "505"sv},
    {"GET /a HTTP/2.0\r\nHost: h\r\n\r\n"sv, "505"sv},
    {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/0.9\r\n\r\n"sv, "505"sv},
    {"GET /a HTTP/1.10\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET /a http/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1,1\r\nHost: h\r\n\r\n"sv, "505"sv},
    {"GET /a XTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"\x16\x03\x01\x02\x00\x01\x00\x01"sv, "400"sv},
    {"\0\0\0\0"sv, "400"sv},

    // The ends of lines.
    {"GET /a HTTP/1.1\nHost: h\n\n"sv, "400"sv},
    {"GET /a HTTP/1.1\r\nHost: h\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1.1\r\nHost: h\r\n\n"sv, "400"sv},
    {"GET /a HTTP/1.1\rHost: h\r\r"sv, "400"sv},
    {GET "X: a\rb\r\n\r\n"sv, "400"sv},
    {GET "X: a\r\r\n\r\n"sv, "400"sv},
    {GET "X: a\r\n\r"
         "GET"sv,
     "400"sv},
    {"\n" GET "\r\n"sv, "400"sv},

    // Headers.
    {"GET /a HTTP/1.1\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1.1\r\nX: y\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1.1\r\nHost: h\r\nhOST: other\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1.1\r\nHost: a b\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1.1\r\nHost: a,b\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1.1\r\nHost: u@h\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1.1\r\nHost: h/x\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1.1\r\nHost : h\r\n\r\n"sv, "400"sv},
    {"GET /a HTTP/1.1\r\n Host: h\r\n\r\n"sv, "400"sv},
    {GET "X: a\r\n b\r\n\r\n"sv, "400"sv},
    {GET "X: a\r\n\tb\r\n\r\n"sv, "400"sv},
    {GET "X: a\r\n \r\n\r\n"sv, "400"sv},
    {GET "X\r\n\r\n"sv, "400"sv},
    {GET ": a\r\n\r\n"sv, "400"sv},
    {GET "X Y: a\r\n\r\n"sv, "400"sv},
    {GET "X\t: a\r\n\r\n"sv, "400"sv},
    {GET "\xC3\xA9: a\r\n\r\n"sv, "400"sv},
    {GET "X(Y): a\r\n\r\n"sv, "400"sv},
    {GET "X: a\0b\r\n\r\n"sv, "400"sv},
    {GET "X: a\x01\r\n\r\n"sv, "400"sv},
    {GET "X: a\x7F\r\n\r\n"sv, "400"sv},
    {GET "X: a\x0C\r\n\r\n"sv, "400"sv},
    {GET "Authorization: a\r\nAuthorization: b\r\n\r\n"sv, "400"sv},
    {POST "Content-Type: a\r\nContent-Type: b\r\n\r\n"sv, "400"sv},
    {POST "Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\n"sv, "400"sv},
    {POST "Expect: 200-ok\r\nContent-Length: 1\r\n\r\n"sv, "417"sv},
    {POST "Expect: 100-continue\r\nExpect: 100-continue\r\n\r\n"sv, "400"sv},

    // Content-Length.
    {POST "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: 3\r\ncontent-length: 0\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: 3, 3\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: +3\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: -3\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: -0\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: 0x3\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: 3 3\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: 3.0\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: 3e0\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: abc\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: 5x\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length:\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: \xD9\xA3\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length : 3\r\n\r\nabc"sv, "400"sv},
    {POST " Content-Length: 3\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: 3\x0B\r\n\r\nabc"sv, "400"sv},
    {POST "Content-Length: 1001\r\n\r\n"sv, "413"sv},
    {POST "Content-Length: 18446744073709551615\r\n\r\n"sv, "413"sv},
    {POST "Content-Length: 18446744073709551619\r\n\r\nabc"sv, "413"sv},
    {POST "Content-Length: 99999999999999999999999999\r\n\r\n"sv, "413"sv},
    {POST "Content-Length: 3\r\n\r\nabcd" NEXT ""sv, "POST /a=abc; dGET /b; "sv},

    // Both lengths, and Transfer-Encoding.
    {POST "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"sv, "400"sv},
    {POST "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"sv, "400"sv},
    {POST "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n"sv, "400"sv},
    {POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"sv, "400"sv},
    {POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"sv, "400"sv},
    {POST "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"sv, "501"sv},
    {POST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"sv, "501"sv},
    {POST "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"sv, "501"sv},
    {POST "Transfer-Encoding: identity\r\n\r\n"sv, "501"sv},
    {POST "Transfer-Encoding: xchunked\r\n\r\n"sv, "501"sv},
    {POST "Transfer-Encoding: chunked;q=1\r\n\r\n"sv, "501"sv},
    {POST "Transfer-Encoding: \"chunked\"\r\n\r\n"sv, "501"sv},
    {POST "Transfer-Encoding:\r\n\r\n"sv, "501"sv},
    {POST "Transfer-Encoding: chunked\xC2\xA0\r\n\r\n"sv, "501"sv},
    {POST "Transfer-Encoding:\x0B"
          "chunked\r\n\r\n0\r\n\r\n"sv,
     "400"sv},
    {POST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"sv, "400"sv},
    {POST "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n"sv, "400"sv},
    {POST " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"sv, "400"sv},
    {POST "X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"sv, "400"sv},
    {POST "X: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"sv, "400"sv},
    {POST "X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"sv, "400"sv},
    {"POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"sv, "400"sv},

    // Chunks.
    {CHUNKED "\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "-2\r\nab\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "+2\r\nab\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "0x2\r\nab\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "2 \r\nab\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED " 2\r\nab\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "2 ;a\r\nab\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "2g\r\nab\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "2\nab\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "2\rab\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "2\r\r\nab\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "2\0\r\nab\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "2;a\nb\r\nab\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "2;a\rb\r\nab\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "000000002\r\nab\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "100000000\r\n"sv, "400"sv},
    {CHUNKED "FFFFFFFFFFFFFFFF\r\n"sv, "400"sv},
    {CHUNKED "2\r\nabc\r\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "2\r\nab0\r\n\r\n"sv, "400"sv},
    {CHUNKED "2\r\nab\n0\r\n\r\n"sv, "400"sv},
    {CHUNKED "2\r\nab\r0\r\n\r\n"sv, "400"sv},
    {CHUNKED "0\r\nX\r\n\r\n"sv, "400"sv},
    {CHUNKED "0\r\n X: y\r\n\r\n"sv, "400"sv},
    {CHUNKED "0\r\nX: y\n\r\n"sv, "400"sv},
    {CHUNKED "0\r\nX : y\r\n\r\n"sv, "400"sv},
    {CHUNKED "0\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n"sv, "400"sv},
    {CHUNKED "0\r\n\n"sv, "400"sv},
};

}  // namespace

TEST_SUITE_BEGIN("http/request_framer");

TEST_CASE("a stream of bytes has one reading, however it comes in pieces") {
  std::mt19937 random(20240817);
  for (const Case& row : kCases) {
    CAPTURE(row.bytes);
    CHECK(reading({row.bytes}) == row.reading);
    CHECK(reading(cut(row.bytes, [] { return std::size_t{1}; })) == row.reading);
    for (int i = 0; i < 20; ++i) {
      const auto pieces = cut(row.bytes, [&] { return std::size_t{1} + random() % 20; });
      CHECK(reading(pieces) == row.reading);
    }
  }
  CHECK(std::size(kCases) >= 150);
}

TEST_CASE("a head is bounded in bytes, lines and target") {
  const auto with_headers = [](int count) {
    std::string head = GET;
    for (int i = 1; i < count; ++i) head += "x" + std::to_string(i) + ": y\r\n";
    return head + "\r\n";
  };
  const auto with_bytes = [](std::size_t size) {
    const std::string head = GET "X: ";
    return head + std::string(size - head.size() - 4, 'x') + "\r\n\r\n";
  };
  const auto with_target = [](std::size_t size) {
    return "GET /" + std::string(size - 1, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n";
  };
  CHECK(reading({with_headers(64)}) == "GET /a; ");
  CHECK(reading({with_headers(65)}) == "431");
  CHECK(reading({with_bytes(16 * 1024)}) == "GET /a; ");
  CHECK(reading({with_bytes(16 * 1024 + 1)}) == "431");
  CHECK(reading({with_target(8000)}).starts_with("GET /aaaa"));
  CHECK(reading({with_target(8001)}) == "414");
  CHECK(reading({"GET /" + std::string(100'000, 'a')}) == "414");
  CHECK(reading({GET "X: " + std::string(100'000, 'a')}) == "431");
}

TEST_CASE("the limits of a head count anew for each request") {
  std::string bytes;
  std::string expected;
  for (int i = 0; i < 200; ++i) {
    bytes += GET "X: " + std::string(1000, 'x') + "\r\n\r\n";
    expected += "GET /a; ";
  }
  CHECK(reading({bytes}) == expected);
}

TEST_CASE("a chunked body is bounded by its sum, its extensions and its trailers") {
  const auto chunks = [](int count) {
    std::string body;
    for (int i = 0; i < count; ++i) body += "a\r\n0123456789\r\n";
    return CHUNKED + body + "0\r\n\r\n";
  };
  CHECK(reading({chunks(100)}).size() == std::string("POST /a=; ").size() + 1000);
  CHECK(reading({chunks(101)}) == "413");
  CHECK(reading({CHUNKED "1;" + std::string(900, 'x') + "\r\na\r\n0\r\n\r\n"}) == "POST /a=a; ");
  CHECK(reading({CHUNKED "1;" + std::string(2000, 'x')}) == "400");
  std::string extensions = CHUNKED;
  std::string trailers = CHUNKED "0\r\n";
  for (int i = 0; i < 10; ++i) {
    extensions += "1;" + std::string(900, 'x') + "\r\na\r\n";
    trailers += "X: " + std::string(900, 'x') + "\r\n";
  }
  CHECK(reading({extensions}) == "400");
  CHECK(reading({trailers}) == "431");
}

TEST_CASE("a request says whether its connection stays") {
  const auto keeps_alive = [](std::string_view bytes) {
    RequestFramer framer;
    framer.feed(bytes);
    REQUIRE(framer.advance() == FramerStep::Head);
    return framer.head().keep_alive;
  };
  CHECK(keeps_alive(GET "\r\n"));
  CHECK_FALSE(keeps_alive(GET "Connection: close\r\n\r\n"));
  CHECK_FALSE(keeps_alive(GET "Connection: TE, Close\r\n\r\n"));
  CHECK_FALSE(keeps_alive(GET "Connection: close, keep-alive\r\n\r\n"));
  CHECK_FALSE(keeps_alive("GET /a HTTP/1.0\r\n\r\n"));
  CHECK_FALSE(keeps_alive("GET /a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"));
}

TEST_CASE("the target is taken apart, undecoded") {
  const auto request_to = [](const std::string& target) {
    RequestFramer framer;
    framer.feed("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    REQUIRE(framer.advance() == FramerStep::Head);
    framer.begin_body({});
    REQUIRE(framer.advance() == FramerStep::Request);
    const HttpRequest request = framer.take_request();
    return request.path + " " + request.query;
  };
  CHECK(request_to("/a%2Fb?c=%20&d?e") == "/a%2Fb c=%20&d?e");
  CHECK(request_to("/a?") == "/a ");
  CHECK(request_to("https://h:1/a?b") == "/a b");
  CHECK(request_to("http://h") == "/ ");
}

TEST_CASE("a large body goes to a file that leaves with its request") {
  const TempDir folder;
  RequestFramer framer;
  framer.feed(POST "Content-Length: 200000\r\n\r\n");
  REQUIRE(framer.advance() == FramerStep::Head);
  framer.begin_body({1'000'000, folder.path(), 1000});
  REQUIRE(framer.advance() == FramerStep::LargeBody);
  CHECK(std::filesystem::is_empty(folder.path()));
  framer.allow_spooling();
  std::string body;
  for (int i = 0; i < 200; ++i) {
    const std::string piece(1000, static_cast<char>('a' + i % 26));
    body += piece;
    framer.feed(piece);
    CHECK(framer.advance() == (i < 199 ? FramerStep::NeedBytes : FramerStep::Request));
    CHECK(framer.bytes_in_memory() < 5000);
  }
  std::filesystem::path file;
  {
    HttpRequest request = framer.take_request();
    file = request.body_file.path();
    CHECK(request.body.empty());
    CHECK(read_file(file) == body);
  }
  CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("a body of unknown length is large once that much of it has come, and small until then") {
  const TempDir folder;
  RequestFramer framer;
  framer.feed(POST "Transfer-Encoding: chunked\r\n\r\n");
  REQUIRE(framer.advance() == FramerStep::Head);
  framer.begin_body({1'000'000, folder.path(), 1000});
  framer.feed("3e8\r\n" + std::string(1000, 'x') + "\r\n");
  CHECK(framer.advance() == FramerStep::NeedBytes);
  framer.feed("3\r\nabc\r\n0\r\n\r\n");
  CHECK(framer.advance() == FramerStep::LargeBody);
  CHECK(framer.advance() == FramerStep::LargeBody);
  CHECK(std::filesystem::is_empty(folder.path()));
  framer.allow_spooling();
  CHECK(framer.advance() == FramerStep::Request);
  const HttpRequest large = framer.take_request();
  CHECK(large.body.empty());
  CHECK(read_file(large.body_file.path()) == std::string(1000, 'x') + "abc");

  framer.feed(POST "Transfer-Encoding: chunked\r\n\r\n3e8\r\n" + std::string(1000, 'y') + "\r\n0\r\n\r\n");
  REQUIRE(framer.advance() == FramerStep::Head);
  framer.begin_body({1'000'000, folder.path(), 1000});
  CHECK(framer.advance() == FramerStep::Request);
  CHECK(framer.take_request().body == std::string(1000, 'y'));
}

TEST_CASE("the file of an unfinished body is deleted with its connection") {
  const TempDir folder;
  {
    RequestFramer framer;
    framer.feed(POST "Content-Length: 2000\r\n\r\n");
    framer.advance();
    framer.begin_body({10'000, folder.path(), 10});
    framer.allow_spooling();
    framer.feed(std::string(1000, 'x'));
    CHECK(framer.advance() == FramerStep::NeedBytes);
    CHECK_FALSE(std::filesystem::is_empty(folder.path()));
  }
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("nothing is held between two requests") {
  RequestFramer framer;
  framer.feed(POST "Content-Length: 900\r\n\r\n" + std::string(900, 'x'));
  framer.advance();
  framer.begin_body({});
  framer.advance();
  framer.take_request();
  CHECK(framer.is_between_requests());
  CHECK(framer.bytes_in_memory() < 100);
}
