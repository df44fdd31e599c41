// SPDX-License-Identifier: GPL-2.0-or-later
// Large bodies go to files, so many of them at once and no more, and leave nothing behind.
#include <doctest/doctest.h>

#include <future>

#include "running_server.h"
#include "support/temp_dir.h"

using namespace nunmul;

TEST_SUITE_BEGIN("http/http_server_uploads");

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
  write_file(folder / "request-body-abc123", "x");
  write_file(folder / "other", "x");
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

TEST_SUITE_END();
