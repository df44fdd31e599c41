// SPDX-License-Identifier: GPL-2.0-or-later
// - Each whole request is answered, in order, whatever else its connection or other clients do.
// - Whatever is not one is refused with the JSON error object, and its connection closed.
// - Stopping answers what was in hand.
#include "http/http_server.h"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "base/error.h"
#include "http/content_coding.h"
#include "http/listener.h"
#include "running_server.h"

using namespace nunmul;
using namespace std::chrono_literals;

TEST_SUITE_BEGIN("http/http_server");

TEST_CASE("requests of one connection are answered in order, also when they come at once") {
  RunningServer server;
  RawClient client(server.port());
  std::string all;
  for (int i = 0; i < 100; ++i)
    all += i % 2 == 0 ? request("/" + std::to_string(i)) : post("/" + std::to_string(i), "abc");
  client.send(all);
  for (int i = 0; i < 100; ++i) {
    const RawAnswer answer = client.receive();
    CHECK(answer.status == 200);
    CHECK(answer.body ==
          (i % 2 == 0 ? "GET /" + std::to_string(i) + " 0" : "POST /" + std::to_string(i) + " 3"));
  }
}

TEST_CASE("a connection stays until its client asks otherwise") {
  RunningServer server;
  RawClient client(server.port());
  CHECK(client.get("/a").headers.count("connection") == 0);
  client.send("GET /b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  const RawAnswer last = client.receive();
  CHECK(last.body == "GET /b 0");
  CHECK(last.headers.at("connection") == "close");
  CHECK(client.is_at_end());

  RawClient old(server.port());
  old.send("GET /c HTTP/1.0\r\n\r\n");
  CHECK(old.receive().body == "GET /c 0");
  CHECK(old.is_at_end());
}

TEST_CASE("HEAD has the length of the body and no body") {
  RunningServer server;
  RawClient client(server.port());
  client.send("HEAD /abc HTTP/1.1\r\nHost: h\r\n\r\n" + request("/next"));
  const RawAnswer head = client.receive(false);
  CHECK(head.status == 200);
  CHECK(head.headers.at("content-length") == "11");
  CHECK(client.receive().body == "GET /next 0");
}

TEST_CASE("an answer carries what the handler gave and that its type is to be believed, and no more") {
  RunningServer server([](HttpRequest& asked) {
    HttpResponse response;
    response.status = asked.path == "/none" ? 204 : 404;
    response.headers = {{"X-Good", "a"}, {"X-Bad", "a\r\nX-Injected: b"}};
    return response;
  });
  RawClient client(server.port());
  RawAnswer empty = client.get("/x");
  CHECK(empty.status == 404);
  // "Tue, 24 Nov 2026 09:38:12 GMT"
  CHECK(empty.headers["date"].size() == 29);
  CHECK(empty.headers["date"].ends_with(" GMT"));
  empty.headers.erase("date");
  CHECK(empty.headers == std::map<std::string, std::string>{{"content-length", "0"},
                                                            {"x-content-type-options", "nosniff"},
                                                            {"x-good", "a"}});
  RawAnswer none = client.get("/none");
  CHECK(none.status == 204);
  CHECK(none.headers.erase("date") == 1);
  CHECK(none.headers ==
        std::map<std::string, std::string>{{"x-content-type-options", "nosniff"}, {"x-good", "a"}});
  CHECK(client.get("/x").status == 404);
}

TEST_CASE("a POST without a length has an empty body") {
  RunningServer server;
  RawClient client(server.port());
  client.send("POST /a HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(client.receive().body == "POST /a 0");
}

TEST_CASE("a client that expects 100 is told to continue, or at once that it need not") {
  RunningServer server;
  RawClient client(server.port());
  client.send("POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  CHECK(client.receive().status == 100);
  client.send("abc");
  CHECK(client.receive().body == "POST /a 3");

  RawClient greedy(server.port());
  greedy.send("POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 300000000\r\n\r\n");
  const RawAnswer refused = greedy.receive();
  CHECK(refused.status == 413);
  CHECK(code_of(refused) == "payload_too_large");
}

TEST_CASE("what is no HTTP is refused as JSON that any page may read, and the connection closed") {
  RunningServer server;
  RawClient client(server.port());
  client.send("GET /first HTTP/1.1\r\nHost: h\r\n\r\nGET /a HTTP/1.1\nHost: h\n\n" + request("/hidden"));
  CHECK(client.receive().body == "GET /first 0");
  const RawAnswer refused = client.receive();
  CHECK(refused.status == 400);
  CHECK(code_of(refused) == "bad_request");
  CHECK(refused.headers.at("access-control-allow-origin") == "*");
  CHECK(refused.headers.at("content-type") == "application/json");
  CHECK(refused.headers.at("connection") == "close");
  CHECK(client.is_at_end());
}

TEST_CASE("who sends more than the limit still reads why it was refused") {
  RunningServer server;
  RawClient client(server.port());
  // More than both sockets' buffers hold, so that the client must be heard out to come to the answer.
  client.send(post("/a", std::string(20'000'000, 'x')));
  CHECK(client.receive().status == 413);
}

TEST_CASE("a request that ends early is told so") {
  RunningServer server;
  RawClient client(server.port());
  client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
  client.end_sending();
  CHECK(client.receive().status == 400);
  CHECK(client.is_at_end());
}

TEST_CASE("a client that has ended its side gets its answer") {
  RunningServer server;
  RawClient client(server.port());
  client.send(request("/a"));
  client.end_sending();
  CHECK(client.receive().body == "GET /a 0");
  CHECK(client.is_at_end());
}

TEST_CASE("a compressed body is inflated within the limits") {
  RunningServer server;
  RawClient client(server.port());
  client.send(post("/a", packed(std::string(1000, 'x'), ContentCoding::Gzip), "Content-Encoding: gzip\r\n"));
  CHECK(client.receive().body == "POST /a 1000");
  client.send(
      post("/a", packed(std::string(50'000'000, 'x'), ContentCoding::Gzip), "Content-Encoding: gzip\r\n"));
  CHECK(code_of(client.receive()) == "payload_too_large");
  client.send(post("/a", "not gzip", "Content-Encoding: gzip\r\n"));
  CHECK(code_of(client.receive()) == "malformed_payload");
  client.send(post("/a", "x", "Content-Encoding: zstd\r\n"));
  const RawAnswer unknown = client.receive();
  CHECK(unknown.status == 415);
  CHECK(code_of(unknown) == "invalid_content_type");
  CHECK(unknown.headers.at("access-control-allow-origin") == "*");
  CHECK(client.get("/next").body == "GET /next 0");
}

TEST_CASE("an answer is packed for who can unpack it, when it is worth it") {
  RunningServer server([](HttpRequest& asked) {
    return HttpResponse{200, "application/json", std::string(asked.path == "/big" ? 5000 : 100, 'x'), {}};
  });
  RawClient client(server.port());
  const auto get = [&](const std::string& path, const std::string& header) {
    client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n" + header + "\r\n");
    return client.receive();
  };
  const RawAnswer packed = get("/big", "Accept-Encoding: gzip, br\r\n");
  CHECK(packed.headers.at("content-encoding") == "gzip");
  CHECK(packed.headers.at("vary") == "Accept-Encoding");
  HttpRequest unpacked;
  unpacked.headers = {{"content-encoding", "gzip"}};
  unpacked.body = packed.body;
  inflate_body(unpacked, {});
  CHECK(unpacked.body == std::string(5000, 'x'));
  CHECK(get("/big", "").body.size() == 5000);
  CHECK(get("/big", "Accept-Encoding: gzip;q=0\r\n").body.size() == 5000);
  CHECK(get("/small", "Accept-Encoding: gzip, br\r\n").body.size() == 100);
  CHECK(get("/small", "Accept-Encoding: gzip\r\n").headers.at("content-encoding") == "gzip");
}

TEST_CASE("a handler that throws is answered, and says nothing of the inside") {
  RunningServer server([](HttpRequest& asked) -> HttpResponse {
    if (asked.path == "/known") throw Error(ErrorCode::IndexNotFound, "Index `a` not found.");
    if (asked.path == "/foreign") throw 42;
    throw std::runtime_error("secret");
  });
  RawClient client(server.port());
  CHECK(code_of(client.get("/known")) == "index_not_found");
  const RawAnswer failed = client.get("/x");
  CHECK(failed.status == 500);
  CHECK(failed.body.find("secret") == std::string::npos);
  CHECK(client.get("/foreign").status == 500);
  CHECK(client.get("/known").status == 404);
}

TEST_CASE("stopping answers what is in hand, closes the idle and refuses the new") {
  Gate gate;
  HttpServerOptions options = test_options();
  options.search.workers = 1;
  auto server = std::make_unique<RunningServer>(gate.handler(), options);
  RawClient idle(server->port());
  CHECK(idle.get("/a").status == 200);
  RawClient working(server->port());
  working.send(request("/wait"));
  gate.await_inside(1);
  RawClient queued(server->port());
  queued.send(request("/queued"));
  RawClient reading(server->port());
  reading.send("POST /read HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\na");
  const std::uint16_t port = server->port();
  server->begin_stop();
  CHECK(idle.is_at_end());
  reading.send("bc");
  gate.open();
  const RawAnswer last = working.receive();
  CHECK(last.status == 200);
  CHECK(last.headers.at("connection") == "close");
  CHECK(queued.receive().status == 200);
  CHECK(reading.receive().body == "POST /read 3");
  CHECK(working.is_at_end());
  CHECK(queued.is_at_end());
  CHECK(reading.is_at_end());
  server.reset();
  CHECK_THROWS(RawClient(port));
}

TEST_CASE("stopping does not wait for clients without end") {
  HttpServerOptions options = test_options();
  options.deadlines.stop = 200ms;
  RunningServer server(echo, options);
  RawClient reading(server.port());
  reading.send("POST /read HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\na");
  const auto begin = std::chrono::steady_clock::now();
  server.stop();
  CHECK(std::chrono::steady_clock::now() - begin < 4s);
  CHECK(reading.receive().status == 503);
}

TEST_CASE("a socket that listens already can be taken over") {
  std::vector<Descriptor> opened = listen_on("127.0.0.1", 0);
  const std::uint16_t port = port_of(opened.front());
  HttpServerOptions options = test_options();
  options.inherited_listeners = {::dup(opened.front().get())};
  RawClient early(port);  // waits in the backlog until the server runs
  RunningServer server(echo, options);
  CHECK(server.port() == port);
  CHECK(early.get("/a").status == 200);
}

TEST_CASE("an address that is taken or unknown is named") {
  const std::vector<Descriptor> opened = listen_on("127.0.0.1", 0);
  const std::string port = std::to_string(port_of(opened.front()));
  try {
    listen_on("127.0.0.1", port_of(opened.front()));
    FAIL("two listened on one port");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find("127.0.0.1:" + port) != std::string::npos);
  }
  CHECK_THROWS_AS(listen_on("no.such.host.invalid", 0), Error);
}

TEST_CASE("many clients at once are all answered right") {
  RunningServer server;
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      RawClient client(server.port());
      for (int j = 0; j < 200; ++j) {
        const std::string target = "/" + std::to_string(i) + "/" + std::to_string(j);
        if (client.get(target).body == "GET " + target + " 0") ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(right == 1600);
}

TEST_SUITE_END();
