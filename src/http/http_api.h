// SPDX-License-Identifier: GPL-2.0-or-later
// The API: every request comes here and leaves as an answer. The steps stand in order: host, route, origin,
// key, query, content type, body, handler; what any of them throws becomes the JSON error object.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "engine/key_store.h"
#include "http/http_message.h"
#include "http/own_site.h"
#include "http/rate_limiter.h"
#include "http/router.h"
#include "http/server_metrics.h"
#include "http/server_options.h"

namespace nunmul {

class Engine;

struct HttpApiOptions {
  // Origins whose pages may call; none lets any call, and without a master key only ask.
  std::vector<std::string> cors_origins;
  // Under which names a server without a master key answers, see OwnSite.
  std::vector<std::string> hosts;
  // The secret of the key with which the pages search (page_key.h); "" for none.
  std::string page_key;
  // The index that the pages show where their address names none, and that GET /search asks.
  std::string page_index = "entries";
  // The server's address in links of answers (server_url.h); "" for the one that a request names.
  std::string public_url;
  RateLimits rate_limits;
  bool logs_requests = false;  // each with status, duration and size, without its query
};

// Safe from many threads.
class HttpApi {
 public:
  // `engine` and `metrics` outlive this.
  HttpApi(Engine& engine, ServerMetrics& metrics, HttpApiOptions options = {});

  HttpResponse handle(HttpRequest& request) const;

  // For the front, before a body is there: which worker a request waits for and where its body goes …
  RouteLimits limits_of(const std::string& method, const std::string& path) const;
  // … and the refusal of a body that its sender may not send.
  std::optional<HttpResponse> refuse_upload(const HttpRequest& head) const;

 private:
  HttpResponse answer(HttpRequest& request, const Route*& route) const;
  HttpResponse guarded(const HttpRequest& request, const std::function<HttpResponse()>& answer) const;
  HttpResponse preflight(const HttpRequest& request) const;
  std::string allowed_methods(const HttpRequest& request) const;
  bool may_change(const HttpRequest& request) const;
  Grant authorize(const HttpRequest& request, const RouteMatch& match) const;
  HttpResponse error_answer(const HttpRequest& request, ErrorCode code, const std::string& message) const;
  HttpResponse internal_error(const HttpRequest& request, const std::string& what) const;
  HttpResponse call_route(HttpRequest& request, const RouteMatch& match) const;
  HttpResponse not_found_page(HttpRequest& request) const;
  void add_cors_headers(const HttpRequest& request, HttpResponse& response) const;

  Engine& engine_;
  ServerMetrics& metrics_;
  HttpApiOptions options_;
  OwnSite site_;
  Router router_;
  std::unique_ptr<RateLimiter> limiter_;  // null without limits
};

}  // namespace nunmul
