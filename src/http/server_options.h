// SPDX-License-Identifier: GPL-2.0-or-later
// Every limit of the HTTP server, with its default.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/request_budget.h"
#include "http/client_address.h"
#include "http/http_message.h"
#include "http/request_head.h"

namespace nunmul {

class ServerMetrics;

// Searches never wait behind an upload or a change of settings: each lane has its own workers and queue.
// Several workers of the admin lane let a quick request pass a slow one.
enum class Lane { Search, Admin };

enum class BodyPlace { Memory, Spool };

struct RouteLimits {
  Lane lane = Lane::Search;
  std::optional<std::size_t> max_body_bytes;  // where less than the lane's
  BodyPlace body_place = BodyPlace::Memory;   // Spool: a larger body goes to a file
};

struct LaneOptions {
  unsigned workers = 1;               // that one client may keep busy at one pace (worker_lane.h)
  std::size_t queue = 1000;           // waiting requests; of one client and pace half of what is free (503)
  std::size_t max_body_bytes = 0;     // after decompression too; more is 413
  std::chrono::milliseconds body{0};  // to send a whole body, see slowest_bytes_per_second
  unsigned spare_workers = 0;         // beside them: for other clients, and half also for its other paces
};

struct Deadlines {
  std::chrono::milliseconds head{5'000};    // from its first byte to its last
  std::chrono::milliseconds idle{60'000};   // a kept connection without a request
  std::chrono::milliseconds write{10'000};  // to take an answer, see slowest_bytes_per_second
  std::chrono::milliseconds queued{
      2'000};  // a search that waited longer is answered 503: nobody waits for it any more
  std::chrono::milliseconds stop{10'000};  // for the requests in hand when the server stops; then their
                                           // work is broken off, and they are answered 503
};

struct HttpServerOptions {
  std::string host = "127.0.0.1";  // a name or an address, IPv4 or IPv6
  std::uint16_t port = 7700;       // 0 takes a free one
  // Sockets that listen already; host and port are not used then. The server closes them.
  std::vector<int> inherited_listeners;

  LaneOptions search{std::max(2u, std::thread::hardware_concurrency()), 4000, 1024 * 1024,
                     std::chrono::seconds(5), 2};
  LaneOptions admin{4, 4000, 100 * 1000 * 1000, std::chrono::seconds(30), 2};
  Deadlines deadlines;
  RequestLimits request;  // what answering one may cost
  // A sender or reader that keeps this rate is given more time than its deadline.
  std::size_t slowest_bytes_per_second = 16 * 1024;
  HeadLimits head;

  // Their X-Forwarded-For, -Proto and -Host are believed.
  TrustedProxies proxies;

  // The longest idle one of the client that has most makes room for a new one.
  std::size_t max_connections = 16'000;
  std::size_t max_connections_per_peer = 1'024;  // loopback and trusted proxies are exempt
  // Requests and answers of all connections, spooled bodies apart; who holds most is closed first. A quarter
  // is kept for small requests.
  std::size_t max_memory_bytes = 96 * 1024 * 1024;
  std::filesystem::path spool_folder;  // "": bodies stay in memory
  std::size_t spool_above_bytes = 64 * 1024;
  std::uint64_t max_spool_bytes = std::uint64_t{4} * 1024 * 1024 * 1024;  // of all connections
  std::size_t max_uploads = 512;  // bodies that are being spooled, of one client half; more are answered 503

  ServerMetrics* metrics = nullptr;  // counts connections and refusals; outlives the server; may be null
  // The server's address in links of answers (server_url.h); "" for the one that a request names.
  std::string public_url;
  std::string allowed_origin = "*";  // of the answers that the front makes itself; "" for no such header

  // The lane and limits of a route. Called by the fronts' threads at once: must be quick. Without it all is
  // Search.
  std::function<RouteLimits(const std::string& method, const std::string& path)> classify;
  // Asked before a body is spooled, with the request's head: an answer refuses it, so that nobody
  // without a key can fill the disk. Called by the fronts' threads at once: must be quick. May be empty.
  std::function<std::optional<HttpResponse>(const HttpRequest& head)> refuse_upload;
};

}  // namespace nunmul
