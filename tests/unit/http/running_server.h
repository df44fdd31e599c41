// SPDX-License-Identifier: GPL-2.0-or-later
// A server that runs beside a test, and handlers for it.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "base/files.h"
#include "base/json.h"
#include "http/http_server.h"
#include "raw_client.h"

namespace nunmul {

inline HttpServerOptions test_options() {
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
inline HttpResponse echo(HttpRequest& request) {
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

inline std::string post(const std::string& target, const std::string& body, const std::string& headers = "") {
  return "POST " + target + " HTTP/1.1\r\nHost: h\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

inline std::string request(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

inline std::string code_of(const RawAnswer& answer) {
  return parse_json(answer.body).at("code").get<std::string>();
}

}  // namespace nunmul
