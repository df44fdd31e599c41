// SPDX-License-Identifier: GPL-2.0-or-later
// The front alone, behind it a handler that answers at once: what the abuse tests and the benchmarks
// talk to. Prints its port; ends on SIGTERM.
//   front_server [--port N] [--spin MICROSECONDS] [--queue N] [--connections N] [--spool FOLDER]
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>

#include "base/json.h"
#include "http/http_server.h"
#include "http/listener.h"

namespace nunmul {
namespace {

HttpServer* stop_target = nullptr;  // a signal handler reaches nothing else

std::uint64_t body_size(const HttpRequest& request) {
  return request.body_file.empty() ? request.body.size()
                                   : std::filesystem::file_size(request.body_file.path());
}

void spin(std::chrono::microseconds duration) {
  const auto end = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < end) {
  }
}

HttpResponse respond(const HttpRequest& request, std::chrono::microseconds work) {
  spin(work);
  Json answer{{"method", request.method},
              {"path", request.path},
              {"query", request.query},
              {"bytes", body_size(request)}};
  if (request.path == "/two-kilobytes") answer["filler"] = std::string(2000, 'x');
  HttpResponse response;
  response.content_type = "application/json";
  response.body = dump_json(answer);
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  return response;
}

RouteLimits classify(const std::string&, const std::string& path) {
  if (!path.ends_with("/documents")) return {};
  return {Lane::Admin, std::nullopt, BodyPlace::Spool};
}

int serve(const std::map<std::string, std::string>& flags) {
  const auto number = [&](const char* name, std::uint64_t otherwise) {
    return flags.count(name) != 0 ? std::stoull(flags.at(name)) : otherwise;
  };
  HttpServerOptions options;
  options.port = static_cast<std::uint16_t>(number("--port", 0));
  options.search.queue = number("--queue", options.search.queue);
  options.max_connections = number("--connections", options.max_connections);
  options.classify = classify;
  options.inherited_listeners = activation_sockets();
  if (flags.count("--spool") != 0) options.spool_folder = flags.at("--spool");
  const std::chrono::microseconds work(number("--spin", 0));
  HttpServer server(options, [&](HttpRequest& request) { return respond(request, work); });
  stop_target = &server;
  std::signal(SIGTERM, [](int) { stop_target->stop(); });
  std::cout << server.port() << std::endl;
  server.run();
  return 0;
}

}  // namespace
}  // namespace nunmul

int main(int count, char** arguments) {
  std::map<std::string, std::string> flags;
  for (int i = 1; i + 1 < count; i += 2) flags[arguments[i]] = arguments[i + 1];
  return nunmul::serve(flags);
}
