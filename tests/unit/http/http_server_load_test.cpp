// SPDX-License-Identifier: GPL-2.0-or-later
// - A client that is slow, silent, greedy or gone costs no one else, and is let go in bounded time.
// - Load is shed at once; quick requests do not wait behind slow ones of another kind.
// - Work that checks its budget gives others a turn, and ends when its client has gone or the server stops.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <latch>
#include <thread>

#include "base/error.h"
#include "http/listener.h"
#include "running_server.h"
#include "support/temp_dir.h"

using namespace nunmul;
using namespace std::chrono_literals;

TEST_SUITE_BEGIN("http/http_server_load");

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
  int answered = 0;
  for (RawClient& client : clients) answered += client.send("x") && client.receive().status == 200 ? 1 : 0;
  CHECK(answered <= 3);
  CHECK(RawClient(server.port()).get("/b").status == 200);
}

// 60 answers of 1 MB that nobody reads, where the server grants 8 MB.
std::vector<RawClient> connect_unreading(std::uint16_t port, const char* from) {
  std::vector<RawClient> clients;
  for (int i = 0; i < 60; ++i) {
    clients.emplace_back(port, 4096, from);
    clients.back().send(request("/large"));
  }
  return clients;
}

HttpResponse answer_large(HttpRequest& asked) {
  if (asked.path != "/large") return echo(asked);
  return {200, "text/plain", std::string(1'000'000, 'x'), {}};
}

TEST_CASE("where memory is short, who holds none loses nothing") {
  HttpServerOptions options = test_options();
  options.max_memory_bytes = 8'000'000;
  RunningServer server(answer_large, options);
  for (const char* from : {"127.0.0.1", "127.0.0.2"}) {  // the same client as the others, and another one
    CAPTURE(from);
    std::vector<RawClient> idle;
    for (int i = 0; i < 20; ++i) {
      idle.emplace_back(server.port());
      CHECK(idle.back().get("/a").status == 200);
    }
    std::vector<RawClient> silent;
    for (int i = 0; i < 20; ++i) silent.emplace_back(server.port());
    std::vector<RawClient> unreading = connect_unreading(server.port(), from);
    for (RawClient& client : idle) CHECK(client.get("/b").status == 200);
    for (RawClient& client : silent) CHECK(client.get("/c").status == 200);
    for (int i = 0; i < 20; ++i) CHECK(RawClient(server.port()).get("/d").status == 200);
    int whole = 0;
    for (RawClient& client : unreading) whole += client.receive().body.size() == 1'000'000 ? 1 : 0;
    CHECK(whole < 20);
  }
}

TEST_CASE("the client that holds most gives way, and not one that holds little") {
  HttpServerOptions options = test_options();
  options.max_memory_bytes = 8'000'000;
  RunningServer server(answer_large, options);
  const std::string body(900'000, 'x');
  RawClient slow(server.port());  // holds more than each of the others
  slow.send(post("/a", body).substr(0, 800'000));
  std::vector<RawClient> unreading = connect_unreading(server.port(), "127.0.0.2");
  CHECK(RawClient(server.port()).get("/b").status == 200);
  slow.send(post("/a", body).substr(800'000));
  CHECK(slow.receive().body == "POST /a 900000");
}

TEST_CASE("where connections are short, the client that has most gives way") {
  HttpServerOptions options = test_options();
  options.max_connections = 10;
  RunningServer server(echo, options);
  RawClient first(server.port());
  CHECK(first.get("/a").status == 200);
  std::vector<RawClient> flood;
  for (int i = 0; i < 30; ++i) {
    flood.emplace_back(server.port(), 0, "127.0.0.2");
    CHECK(flood.back().get("/a").status == 200);
  }
  CHECK(flood.front().is_at_end());
  CHECK(first.get("/b").status == 200);
}

TEST_CASE("behind a trusted proxy each client is counted by itself") {
  Gate gate;
  HttpServerOptions options = test_options();
  options.proxies = TrustedProxies({"127.0.0.1"});
  options.search = {1, 8, 1000, 5s};
  RunningServer server(gate.handler(), options);
  std::vector<RawClient> flood;
  const auto of_client = [](const std::string& client) {
    return "GET /wait HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: " + client + "\r\n\r\n";
  };
  for (int i = 0; i < 12; ++i) {
    flood.emplace_back(server.port());
    flood.back().send(of_client("203.0.113.9"));
  }
  gate.await_inside(1);
  CHECK(flood.back().receive().status == 503);
  RawClient other(server.port());
  other.send(of_client("203.0.113.10"));
  gate.open();
  CHECK(other.receive().status == 200);
}

TEST_CASE("as many may wait to be accepted as the system allows") {
  const std::vector<Descriptor> listeners = listen_on("127.0.0.1", 0);
  tcp_info info{};
  socklen_t size = sizeof info;
  REQUIRE(::getsockopt(listeners.front().get(), IPPROTO_TCP, TCP_INFO, &info, &size) == 0);
  std::ifstream allowed("/proc/sys/net/core/somaxconn");
  unsigned most = 0;
  allowed >> most;
  REQUIRE(most > 0);
  CHECK(info.tcpi_sacked == most);  // of a listening socket: its backlog
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

TEST_SUITE_END();

namespace {

// Works at /work until its budget ends it, or until the test lets it.
class Worker {
 public:
  HttpHandler handler() {
    return [this](HttpRequest& request) {
      if (request.path == "/work") work(request.budget);
      return echo(request);
    };
  }
  void await_working(int count) {
    while (working_ < count) std::this_thread::yield();
  }
  void await_broken_off(int count) {
    while (broken_off_ < count) std::this_thread::yield();
  }
  void let_go() { may_end_ = true; }

 private:
  void work(RequestBudget& budget) {
    ++working_;
    try {
      while (!may_end_) budget.check();
    } catch (const Error&) {
      ++broken_off_;
      throw;
    }
  }

  std::atomic<int> working_ = 0;
  std::atomic<int> broken_off_ = 0;
  std::atomic<bool> may_end_ = false;
};

HttpServerOptions patient_options() {
  HttpServerOptions options = test_options();
  options.search.workers = 2;
  options.request.time = 1h;
  return options;
}

}  // namespace

TEST_CASE("long requests take turns with others, however many workers they have") {
  Worker worker;
  RunningServer server(worker.handler(), patient_options());
  std::vector<RawClient> working;
  for (int i = 0; i < 4; ++i) {
    working.emplace_back(server.port());
    working.back().send(request("/work"));
  }
  worker.await_working(4);
  RawClient other(server.port());
  for (int i = 0; i < 20; ++i) CHECK(other.get("/quick").status == 200);
  worker.let_go();
  for (RawClient& client : working) CHECK(client.receive().status == 200);
}

TEST_CASE("the work on a request ends when its client has gone, queued or begun") {
  Worker worker;
  HttpServerOptions options = patient_options();
  options.search.workers = 1;
  RunningServer server(worker.handler(), options);
  {
    std::vector<RawClient> clients;
    for (int i = 0; i < 5; ++i) {
      clients.emplace_back(server.port());
      clients.back().send(request("/work"));
    }
    worker.await_working(3);
  }
  worker.await_broken_off(3);
  CHECK(RawClient(server.port()).get("/quick").status == 200);
}

TEST_CASE("a client that only closed its own side gets its answer") {
  RunningServer server;
  RawClient client(server.port());
  client.send(request("/quick"));
  client.end_sending();
  CHECK(client.receive().status == 200);
}

TEST_CASE("at the end of its stop the server breaks work off, and answers it whole") {
  Worker worker;
  HttpServerOptions options = patient_options();
  options.deadlines.stop = 100ms;
  RunningServer server(worker.handler(), options);
  std::vector<RawClient> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back(server.port());
    clients.back().send(request("/work"));
  }
  worker.await_working(6);
  server.begin_stop();
  for (RawClient& client : clients) {
    const RawAnswer answer = client.receive();
    CHECK(answer.status == 503);
    CHECK(code_of(answer) == "too_many_search_requests");
    CHECK(client.is_at_end());
  }
  server.stop();
}

TEST_CASE("a request beyond its time or its answer is refused, and its connection stays") {
  HttpServerOptions options = test_options();
  options.request.answer_bytes = 1000;
  Worker worker;
  options.request.time = 50ms;
  const auto large = [&](HttpRequest& request) {
    HttpResponse response = worker.handler()(request);
    if (request.path == "/large") response.body.assign(1001, 'x');
    return response;
  };
  RunningServer server(large, options);
  RawClient client(server.port());
  for (const char* path : {"/work", "/large"}) {
    CAPTURE(path);
    const RawAnswer answer = client.get(path);
    CHECK(answer.status == 400);
    CHECK(code_of(answer) == "request_too_costly");
  }
  CHECK(client.get("/small").status == 200);
}
