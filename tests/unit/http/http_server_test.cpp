// SPDX-License-Identifier: GPL-2.0-or-later
// - Each whole request is answered, in order, whatever else its connection or other clients do.
// - Whatever is not one is refused with the JSON error object, and its connection closed.
// - A client that is slow, silent, greedy or gone costs no one else, and is let go in bounded time.
// - Load is shed at once; stopping answers what was in hand.
#include "http/http_server.h"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <thread>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "http/content_coding.h"
#include "http/listener.h"
#include "raw_client.h"
#include "support/temp_dir.h"

using namespace nunmul;
using namespace std::chrono_literals;

namespace {

HttpServerOptions test_options() {
  HttpServerOptions options;
  options.port = 0;
  options.max_connections = 500;
  options.classify = [](const std::string&, const std::string& path) {
    RouteLimits limits;
    if (path.starts_with("/admin")) limits.lane = Lane::Admin;
    if (path.starts_with("/admin/upload")) limits.body_place = BodyPlace::Spool;
    return limits;
  };
  return options;
}

// "POST /a 3": what the handler was given.
HttpResponse echo(HttpRequest& request) {
  HttpResponse response;
  response.content_type = "text/plain";
  const std::string body = request.body_file.empty() ? request.body : read_file(request.body_file.path());
  response.body = request.method + " " + request.target + " " + std::to_string(body.size());
  return response;
}

class RunningServer {
 public:
  explicit RunningServer(HttpHandler handler = echo, const HttpServerOptions& options = test_options())
      : server_(options, std::move(handler)), thread_([this] { server_.run(); }) {}
  ~RunningServer() { stop(); }

  std::uint16_t port() const { return server_.port(); }
  void begin_stop() { server_.stop(); }
  void stop() {
    server_.stop();
    if (thread_.joinable()) thread_.join();
  }

 private:
  HttpServer server_;
  std::thread thread_;
};

// A handler's gate: /wait stays inside until the test opens it.
class Gate {
 public:
  HttpResponse handle(HttpRequest& request) {
    if (request.path.ends_with("/wait")) {
      std::unique_lock lock(mutex_);
      ++inside_;
      changed_.notify_all();
      changed_.wait(lock, [this] { return is_open_; });
    }
    return echo(request);
  }
  HttpHandler handler() {
    return [this](HttpRequest& request) { return handle(request); };
  }
  void await_inside(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return inside_ >= count; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int inside_ = 0;        // guarded by mutex_
  bool is_open_ = false;  // guarded by mutex_
};

std::string post(const std::string& target, const std::string& body, const std::string& headers = "") {
  return "POST " + target + " HTTP/1.1\r\nHost: h\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string request(const std::string& target) { return "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n"; }

std::string code_of(const RawAnswer& answer) { return parse_json(answer.body).at("code").get<std::string>(); }

}  // namespace

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

TEST_CASE("an answer carries what the handler gave, and no more") {
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
  CHECK(empty.headers == std::map<std::string, std::string>{{"content-length", "0"}, {"x-good", "a"}});
  RawAnswer none = client.get("/none");
  CHECK(none.status == 204);
  CHECK(none.headers.erase("date") == 1);
  CHECK(none.headers == std::map<std::string, std::string>{{"x-good", "a"}});
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

TEST_CASE("a large body is spooled, and its file goes unless it is taken") {
  const TempDir folder;
  std::promise<std::filesystem::path> taken;
  HttpServerOptions options = test_options();
  options.spool_folder = folder.path();
  RunningServer server(
      [&](HttpRequest& asked) {
        const HttpResponse response = echo(asked);
        CHECK_FALSE(asked.body_file.empty());
        if (asked.path == "/admin/upload/take") taken.set_value(asked.body_file.release());
        return response;
      },
      options);
  RawClient client(server.port());
  client.send(post("/admin/upload", std::string(1'000'000, 'x')));
  CHECK(client.receive().body == "POST /admin/upload 1000000");
  client.send(post("/admin/upload/take", std::string(500'000, 'x')));
  CHECK(client.receive().body == "POST /admin/upload/take 500000");
  server.stop();
  const std::filesystem::path file = taken.get_future().get();
  CHECK(std::filesystem::file_size(file) == 500'000);
  std::filesystem::remove(file);
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("uploads and other requests may follow each other on one connection") {
  const TempDir folder;
  HttpServerOptions options = test_options();
  options.spool_folder = folder.path();
  RunningServer server(echo, options);
  RawClient client(server.port());
  std::string all;
  for (int i = 0; i < 10; ++i)
    all += request("/a") + post("/admin/upload", std::string(100'000, 'x')) + post("/admin/upload", "small");
  client.send(all);
  for (int i = 0; i < 10; ++i) {
    CHECK(client.receive().body == "GET /a 0");
    CHECK(client.receive().body == "POST /admin/upload 100000");
    CHECK(client.receive().body == "POST /admin/upload 5");
  }
}

TEST_CASE("an upload that is under way when the server stops is finished") {
  const TempDir folder;
  HttpServerOptions options = test_options();
  options.spool_folder = folder.path();
  RunningServer server(echo, options);
  RawClient client(server.port());
  client.send(
      "POST /admin/upload HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 200000\r\n\r\n");
  CHECK(client.receive().status == 100);
  server.begin_stop();
  client.send(std::string(200'000, 'x'));
  const RawAnswer answer = client.receive();
  CHECK(answer.body == "POST /admin/upload 200000");
  CHECK(answer.headers.at("connection") == "close");
  CHECK(client.is_at_end());
}

TEST_CASE("more uploads than the server takes are refused, and others go on") {
  const TempDir folder;
  HttpServerOptions options = test_options();
  options.spool_folder = folder.path();
  options.max_uploads = 1;
  RunningServer server(echo, options);
  const std::string head =
      "POST /admin/upload HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 200000\r\n\r\n";
  RawClient first(server.port());
  first.send(head);
  CHECK(first.receive().status == 100);
  RawClient second(server.port());
  second.send(head);
  CHECK(second.receive().status == 503);
  CHECK(RawClient(server.port()).get("/a").status == 200);
  first.send(std::string(200'000, 'x'));
  CHECK(first.receive().status == 200);
}

TEST_CASE("only what is large counts as an upload, also where its length is not told") {
  const TempDir folder;
  HttpServerOptions options = test_options();
  options.spool_folder = folder.path();
  options.max_uploads = 1;
  RunningServer server(echo, options);
  const std::string head = "POST /admin/upload HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::string large_chunk = "186a0\r\n" + std::string(100'000, 'x') + "\r\n";
  const std::string end = "0\r\n\r\n";
  std::vector<RawClient> small;
  for (int i = 0; i < 20; ++i) {
    small.emplace_back(server.port());
    small.back().send(head + "3\r\nabc\r\n");
  }
  RawClient first(server.port());
  first.send(head + large_chunk);
  while (std::filesystem::is_empty(folder.path())) RawClient(server.port()).get("/a");
  RawClient second(server.port());
  second.send(head + large_chunk);
  CHECK(second.receive().status == 503);
  for (RawClient& client : small) {
    client.send(end);
    CHECK(client.receive().body == "POST /admin/upload 3");
  }
  first.send(end);
  CHECK(first.receive().body == "POST /admin/upload 100000");
}

TEST_CASE("files that an earlier process left are swept when the server starts") {
  const TempDir folder;
  write_file_synced(folder / "request-body-abc123", "x");
  write_file_synced(folder / "other", "x");
  HttpServerOptions options = test_options();
  options.spool_folder = folder.path();
  RunningServer server(echo, options);
  RawClient(server.port()).get("/a");
  CHECK_FALSE(std::filesystem::exists(folder / "request-body-abc123"));
  CHECK(std::filesystem::exists(folder / "other"));
}

TEST_CASE("a spool folder that cannot be written is an error of the request only") {
  HttpServerOptions options = test_options();
  options.spool_folder = "/nonexistent/spool";
  RunningServer server(echo, options);
  RawClient client(server.port());
  client.send(post("/admin/upload", std::string(1'000'000, 'x')));
  const RawAnswer refused = client.receive();
  CHECK(refused.status >= 400);
  CHECK(refused.body.find("/nonexistent") == std::string::npos);
  CHECK(RawClient(server.port()).get("/a").status == 200);
}

TEST_CASE("an upload can be refused by its head") {
  const TempDir folder;
  HttpServerOptions options = test_options();
  options.spool_folder = folder.path();
  options.refuse_upload = [](const HttpRequest& head) -> std::optional<HttpResponse> {
    if (head.header("authorization")) return std::nullopt;
    return HttpResponse{401, "application/json", "{}", {}};
  };
  RunningServer server(echo, options);
  RawClient client(server.port());
  client.send(post("/admin/upload", std::string(20'000'000, 'x')));
  CHECK(client.receive().status == 401);
  CHECK(client.is_at_end());
  RawClient friendly(server.port());
  friendly.send(post("/admin/upload", "abc", "Authorization: Bearer x\r\n"));
  CHECK(friendly.receive().status == 200);
  friendly.send(post("/admin/other", "abc"));
  CHECK(friendly.receive().status == 200);
}

TEST_CASE("a compressed body is inflated within the limits") {
  RunningServer server;
  RawClient client(server.port());
  client.send(post("/a", gzip(std::string(1000, 'x')), "Content-Encoding: gzip\r\n"));
  CHECK(client.receive().body == "POST /a 1000");
  client.send(post("/a", gzip(std::string(50'000'000, 'x')), "Content-Encoding: gzip\r\n"));
  CHECK(code_of(client.receive()) == "payload_too_large");
  client.send(post("/a", "not gzip", "Content-Encoding: gzip\r\n"));
  CHECK(code_of(client.receive()) == "malformed_payload");
  client.send(post("/a", "x", "Content-Encoding: br\r\n"));
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
  CHECK(get("/small", "Accept-Encoding: gzip\r\n").body.size() == 100);
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

TEST_CASE("a full queue is answered 503 at once, and its connections stay") {
  Gate gate;
  HttpServerOptions options = test_options();
  options.search = {1, 1, 1000, 5s};
  RunningServer server(gate.handler(), options);
  RawClient working(server.port());
  working.send(request("/wait"));
  gate.await_inside(1);
  RawClient queued(server.port());
  queued.send(request("/queued"));
  RawClient shed(server.port());
  RawAnswer answer = shed.get("/shed");
  while (answer.status == 200) answer = shed.get("/shed");  // overtook `queued`
  CHECK(answer.status == 503);
  CHECK(answer.headers.at("retry-after") == "10");
  CHECK(code_of(answer) == "too_many_search_requests");
  CHECK(answer.headers.at("access-control-allow-origin") == "*");
  gate.open();
  CHECK(working.receive().status == 200);
  CHECK(queued.receive().status == 200);
  CHECK(shed.get("/later").status == 200);
}

TEST_CASE("searches do not wait for the admin lane, nor the other way round") {
  Gate gate;
  HttpServerOptions options = test_options();
  options.search.workers = 1;
  RunningServer server(gate.handler(), options);
  RawClient admin(server.port());
  admin.send(request("/admin/wait"));
  gate.await_inside(1);
  CHECK(RawClient(server.port()).get("/search").status == 200);
  RawClient search(server.port());
  search.send(request("/search/wait"));
  gate.await_inside(2);
  gate.open();
  CHECK(admin.receive().status == 200);
  CHECK(search.receive().status == 200);
}

TEST_CASE("an admin request does not wait for another, nor for more uploads than there are workers") {
  const TempDir folder;
  Gate gate;
  HttpServerOptions options = test_options();
  options.spool_folder = folder.path();
  RunningServer server(gate.handler(), options);
  std::vector<RawClient> uploads;
  for (int i = 0; i < 6; ++i) {
    uploads.emplace_back(server.port());
    uploads.back().send(post("/admin/upload/wait", std::string(100'000, 'x')));
  }
  gate.await_inside(3);
  CHECK(RawClient(server.port()).get("/admin/tasks").status == 200);
  gate.open();
  for (RawClient& upload : uploads) CHECK(upload.receive().body == "POST /admin/upload/wait 100000");
}

TEST_CASE("a search that waited too long in the queue is not begun; an admin request is") {
  Gate gate;
  HttpServerOptions options = test_options();
  options.search.workers = 1;
  options.deadlines.queued = 0ms;
  RunningServer server(gate.handler(), options);
  // With no time to wait, each search is late.
  CHECK(RawClient(server.port()).get("/search").status == 503);
  CHECK(RawClient(server.port()).get("/admin/x").status == 200);
}

TEST_CASE("a head that drips is let go at its deadline, while others are served") {
  HttpServerOptions options = test_options();
  options.deadlines.head = 300ms;
  RunningServer server(echo, options);
  RawClient slow(server.port());
  RawClient silent(server.port());
  RawClient other(server.port());
  slow.send("GET /a HTTP/1.1\r\nHost: h\r\n");
  const auto begin = std::chrono::steady_clock::now();
  std::thread dripping([&] {
    while (slow.send("X")) {
    }
  });
  CHECK(other.get("/b").status == 200);
  CHECK(silent.is_at_end());
  const RawAnswer late = slow.receive();
  dripping.join();
  CHECK((late.status == 408 || late.status == 431));
  CHECK(slow.is_at_end());
  CHECK(std::chrono::steady_clock::now() - begin < 10s);
}

TEST_CASE("a head deadline counts from its first byte, and single bytes do not move it") {
  HttpServerOptions options = test_options();
  options.deadlines.head = 300ms;
  RunningServer server(echo, options);
  RawClient client(server.port());
  CHECK(client.get("/a").status == 200);
  client.send("GET /b");
  CHECK(client.receive().status == 408);
  CHECK(client.is_at_end());
}

TEST_CASE("a body has its deadline, and more time while it keeps the slowest rate") {
  HttpServerOptions options = test_options();
  options.search.body = 200ms;
  options.slowest_bytes_per_second = 1;  // each byte gives a second more
  RunningServer server(echo, options);
  RawClient stuck(server.port());
  stuck.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 30\r\n\r\n");
  RawClient slow(server.port());
  slow.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 30\r\n\r\n" + std::string(29, 'x'));
  CHECK(stuck.receive().status == 408);
  slow.send("x");
  CHECK(slow.receive().body == "POST /a 30");
}

TEST_CASE("an idle connection ends after its time") {
  HttpServerOptions options = test_options();
  options.deadlines.idle = 200ms;
  RunningServer server(echo, options);
  RawClient client(server.port());
  CHECK(client.get("/a").status == 200);
  CHECK(client.is_at_end());
}

TEST_CASE("a client that does not take its answer is let go") {
  HttpServerOptions options = test_options();
  options.deadlines.write = 300ms;
  options.slowest_bytes_per_second = 1'000'000'000;
  std::latch sent(1);
  RunningServer server(
      [&](HttpRequest& asked) {
        if (asked.path == "/big") return HttpResponse{200, "text/plain", std::string(30'000'000, 'x'), {}};
        return echo(asked);
      },
      options);
  RawClient greedy(server.port(), 4096);
  greedy.send(request("/big"));
  RawClient other(server.port());
  const auto begin = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - begin < 1s) CHECK(other.get("/b").status == 200);
  CHECK(greedy.receive().body.size() < 30'000'000);
}

TEST_CASE("a new client takes the place of the one that has been idle longest") {
  HttpServerOptions options = test_options();
  options.max_connections = 3;
  RunningServer server(echo, options);
  RawClient first(server.port());
  RawClient second(server.port());
  RawClient third(server.port());
  CHECK(first.get("/a").status == 200);
  CHECK(second.get("/a").status == 200);
  CHECK(third.get("/a").status == 200);
  CHECK(first.get("/a").status == 200);  // now `second` has been idle longest
  RawClient fourth(server.port());
  CHECK(fourth.get("/a").status == 200);
  CHECK(second.is_at_end());
  CHECK(first.get("/a").status == 200);
  CHECK(third.get("/a").status == 200);
}

TEST_CASE("a client that is being answered is not pushed out") {
  Gate gate;
  HttpServerOptions options = test_options();
  options.max_connections = 2;
  RunningServer server(gate.handler(), options);
  RawClient first(server.port());
  first.send(request("/wait"));
  RawClient second(server.port());
  second.send(request("/wait"));
  gate.await_inside(2);
  RawClient third(server.port());
  CHECK(third.is_at_end());
  gate.open();
  CHECK(first.receive().status == 200);
  CHECK(second.receive().status == 200);
}

TEST_CASE("unfinished bodies cannot hold more memory than the server grants") {
  HttpServerOptions options = test_options();
  options.max_memory_bytes = 3'000'000;
  RunningServer server(echo, options);
  std::vector<RawClient> clients;
  for (int i = 0; i < 20; ++i) {
    clients.emplace_back(server.port());
    clients.back().send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 900001\r\n\r\n" +
                        std::string(900'000, 'x'));
    RawClient(server.port()).get("/b");  // until here it was read, more or less
  }
  CHECK(clients.front().is_at_end());
  CHECK(RawClient(server.port()).get("/b").status == 200);
}

TEST_CASE("a server without free descriptors closes idle connections for new ones") {
  RunningServer server;
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  std::vector<RawClient> clients;
  for (int i = 0; i < 40; ++i) clients.emplace_back(server.port());
  CHECK(clients.back().get("/a").status == 200);
  std::vector<RawClient> waiting;
  for (int i = 0; i < 10; ++i) waiting.emplace_back(server.port());
  const Descriptor next_free(::dup(0));
  rlimit low = before;
  low.rlim_cur = static_cast<rlim_t>(next_free.get());  // accept() fails from here on
  REQUIRE(setrlimit(RLIMIT_NOFILE, &low) == 0);
  CHECK(waiting.back().get("/b").status == 200);  // it took the place of an idle one, or was accepted before
  REQUIRE(setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK(RawClient(server.port()).get("/c").status == 200);
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
