// SPDX-License-Identifier: GPL-2.0-or-later
// The time that cpp-httplib alone needs to answer /health: server_bench compares with it. Prints its port.
#include <httplib.h>

#include <iostream>

int main() {
  httplib::Server server;
  server.Get("/health", [](const httplib::Request&, httplib::Response& response) {
    response.set_content(R"({"status":"available"})", "application/json");
  });
  std::cout << server.bind_to_any_port("127.0.0.1") << std::endl;
  return server.listen_after_bind() ? 0 : 1;
}
