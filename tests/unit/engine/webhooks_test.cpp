// SPDX-License-Identifier: GPL-2.0-or-later
// Webhooks: their list, their masks, and that a receiver hears of finished tasks.
#include "engine/webhooks.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>

#include "base/error.h"
#include "engine/catalog_store.h"
#include "support/temp_dir.h"

TEST_SUITE_BEGIN("engine/webhooks");

namespace nunmul {
namespace {

// Takes one request on a free port and answers it.
class Receiver {
 public:
  Receiver() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(listener_, 4) == 0);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Receiver() {
    if (thread_.joinable()) thread_.join();
    ::close(listener_);
  }
  int port() const { return port_; }
  std::string request() {
    thread_.join();
    return request_;
  }

 private:
  int listener_;
  int port_ = 0;
  std::string request_;
  std::thread thread_;

  void serve() {
    const int client = ::accept(listener_, nullptr, nullptr);
    char buffer[4096];
    while (request_.find("\r\n\r\n") == std::string::npos || !request_.ends_with("\n")) {
      const ssize_t size = ::recv(client, buffer, sizeof buffer, 0);
      if (size <= 0) break;
      request_.append(buffer, static_cast<std::size_t>(size));
      if (request_.ends_with("\"uid\":1}\n")) break;
    }
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    ::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
    ::close(client);
  }
};

TEST_CASE("webhooks are kept in order, changed and removed") {
  const TempDir dir;
  CatalogStore store(dir.path());
  std::string uuid;
  {
    Webhooks hooks(store);
    CHECK(hooks.empty());
    uuid = hooks.create("http://127.0.0.1/a", {}).uuid;
    hooks.create("http://127.0.0.1/b", {});
    hooks.update({uuid, "http://127.0.0.1/c", {{"X", "y"}}});
    CHECK_THROWS_AS(hooks.update({"none", "http://127.0.0.1", {}}), Error);
    CHECK_THROWS_AS(hooks.remove("none"), Error);
  }
  Webhooks hooks(store);
  REQUIRE(hooks.list().size() == 2);
  CHECK(hooks.list()[0].url == "http://127.0.0.1/c");
  hooks.remove(uuid);
  CHECK_FALSE(hooks.find(uuid));
  CHECK(hooks.list().size() == 1);
}

TEST_CASE("header values are shown masked") {
  const Json json = to_json(Webhook{"u", "http://x", {{"A", "12345"}, {"B", "123456"}}});
  CHECK(dump_json(json) ==
        R"({"uuid":"u","isEditable":true,"url":"http://x","headers":{"A":"XXX...","B":"12XXXX..."}})");
}

TEST_CASE("a receiver gets the lines with its headers") {
  const TempDir dir;
  CatalogStore store(dir.path());
  Receiver receiver;
  Webhooks hooks(store);
  hooks.create("http://127.0.0.1:" + std::to_string(receiver.port()) + "/told?x=1",
               {{"Authorization", "Bearer s"}});
  hooks.notify("{\"uid\":0}\n{\"uid\":1}\n");
  const std::string request = receiver.request();
  CHECK(request.starts_with("POST /told?x=1 HTTP/1.1\r\n"));
  CHECK(request.find("\r\nAuthorization: Bearer s\r\n") != std::string::npos);
  CHECK(request.ends_with("\r\n\r\n{\"uid\":0}\n{\"uid\":1}\n"));
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
