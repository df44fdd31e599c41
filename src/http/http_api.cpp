// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/http_api.h"

#include <algorithm>

#include "base/log.h"
#include "engine/engine.h"
#include "http/content_type.h"
#include "http/error_response.h"
#include "http/index_uid.h"
#include "http/loggable_path.h"
#include "http/page_routes.h"
#include "http/query_reader.h"
#include "http/refusal.h"
#include "http/routes.h"
#include "http/search_run.h"
#include "http/server_url.h"

namespace nunmul {
namespace {

// A body that is not a list holds what someone wrote.
constexpr std::size_t kMaxJsonBytes = 1024 * 1024;
// The values of a small body may take so much memory, those of others half as much again as their text.
constexpr std::size_t kMemoryOfJson = 8 * 1024 * 1024;
constexpr std::size_t kMemoryOfLongJson = 32 * 1024 * 1024;

std::vector<Route> all_routes() {
  std::vector<Route> routes = api_routes();
  for (Route& page : page_routes()) routes.push_back(std::move(page));
  return routes;
}

HttpResponse empty_answer(int status) { return {status, "", "", {}}; }

bool names_an_index(const Route& route) { return route.pattern.starts_with("/indexes/:uid"); }

Json read_body(const HttpRequest& request, const Input& input) {
  if (input.body != Body::JsonValue && input.body != Body::JsonList) return nullptr;
  if (request.body.find_first_not_of(" \t\r\n") == std::string::npos)
    throw Error(ErrorCode::MissingPayload, "A json payload is missing.");
  if (input.body == Body::JsonList) return nullptr;
  JsonLimits limits;
  limits.max_bytes = std::max(input.is_long ? kMemoryOfLongJson : kMemoryOfJson, request.body.size() * 3 / 2);
  return parse_json(request.body, limits);
}

// Answers that show keys, or may name one as wrong, are kept by nobody.
bool shows_keys(const Route& route) {
  return route.pattern.starts_with("/keys") || route.pattern.starts_with("/webhooks");
}

void log_request(const HttpRequest& request, const HttpResponse& response,
                 std::chrono::microseconds duration) {
  log(LogLevel::Info, "request",
      {{"method", request.method},
       {"path", loggable_path(request.path)},
       {"status", static_cast<std::uint64_t>(response.status)},
       {"microseconds", static_cast<std::uint64_t>(duration.count())},
       {"bytes", response.body.size()}});
}

}  // namespace

HttpApi::HttpApi(Engine& engine, ServerMetrics& metrics, HttpApiOptions options)
    : engine_(engine),
      metrics_(metrics),
      options_(std::move(options)),
      site_(options_.hosts, options_.cors_origins),
      router_(all_routes()),
      limiter_(options_.rate_limits.are_empty() ? nullptr
                                                : std::make_unique<RateLimiter>(options_.rate_limits)) {}

HttpResponse HttpApi::handle(HttpRequest& request) const {
  const Stopwatch clock;
  const Route* route = nullptr;
  HttpResponse response = answer(request, route);
  add_cors_headers(request, response);
  const std::chrono::microseconds duration = clock.elapsed();
  metrics_.count_request(route, response.status, duration);
  if (options_.logs_requests) log_request(request, response, duration);
  return response;
}

HttpResponse HttpApi::error_answer(const HttpRequest& request, ErrorCode code,
                                   const std::string& message) const {
  // A Host that is not the server's own would lead elsewhere: the link has none then.
  const bool is_foreign = code == ErrorCode::ForbiddenHost;
  return error_response(code, message,
                        is_foreign ? options_.public_url : server_url(request, options_.public_url));
}

// A fault of ours: the log says what it was, the client does not learn it.
HttpResponse HttpApi::internal_error(const HttpRequest& request, const std::string& what) const {
  log(LogLevel::Error, "a request failed",
      {{"method", request.method}, {"path", loggable_path(request.path)}, {"why", what}});
  return error_answer(request, ErrorCode::Internal,
                      "An internal error has occurred. The log of the server says more.");
}

// Turns the errors that `answer` throws into answers.
HttpResponse HttpApi::guarded(const HttpRequest& request, const std::function<HttpResponse()>& answer) const {
  try {
    return answer();
  } catch (const Refusal& refusal) {
    HttpResponse response = error_answer(request, refusal.code(), refusal.what());
    response.status = refusal.status();
    if (refusal.retry_seconds() > 0)
      response.headers.emplace_back("Retry-After", std::to_string(refusal.retry_seconds()));
    return response;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::Internal) return internal_error(request, error.what());
    return error_answer(request, error.code(), error.what());
  } catch (const std::exception& error) {
    return internal_error(request, error.what());
  }
}

// `route` becomes the one that answers, if any.
HttpResponse HttpApi::answer(HttpRequest& request, const Route*& route) const {
  return guarded(request, [&] {
    if (!engine_.keys().has_master_key()) site_.check_host(request);
    if (request.method == "OPTIONS") return preflight(request);
    const RouteMatch match = router_.find(request.method, request.path);
    if (!match.path_is_known) return is_page_request(request) ? not_found_page(request) : empty_answer(404);
    if (!match.route) {
      HttpResponse response = empty_answer(405);
      response.headers.emplace_back("Allow", match.allowed);
      return response;
    }
    route = match.route;
    HttpResponse response = guarded(request, [&] { return call_route(request, match); });
    if (shows_keys(*match.route)) response.headers.emplace_back("Cache-Control", "no-store");
    return response;
  });
}

bool HttpApi::may_change(const HttpRequest& request) const {
  return engine_.keys().has_master_key() || site_.has_origin(request);
}

// Leaves out what a page may not do, so that its browser does not even ask for it.
std::string HttpApi::allowed_methods(const HttpRequest& request) const {
  if (may_change(request)) return "GET, POST, PUT, PATCH, DELETE, OPTIONS, HEAD";
  const Route* post = router_.find("POST", request.path).route;
  return post != nullptr && !post->is_change() ? "GET, POST, OPTIONS, HEAD" : "GET, OPTIONS, HEAD";
}

HttpResponse HttpApi::preflight(const HttpRequest& request) const {
  HttpResponse response = empty_answer(204);
  response.headers.emplace_back("Access-Control-Allow-Methods", allowed_methods(request));
  // Browsers do not let `*` stand for Authorization, so the names asked for are given back.
  response.headers.emplace_back("Access-Control-Allow-Headers",
                                std::string(request.header("access-control-request-headers").value_or("*")));
  response.headers.emplace_back("Access-Control-Max-Age", "86400");
  return response;
}

// Whose page it is and the key before all else: whoever may not use an index does not learn whether there
// is one.
Grant HttpApi::authorize(const HttpRequest& request, const RouteMatch& match) const {
  const Route& route = *match.route;
  if (route.is_change() && !engine_.keys().has_master_key()) site_.check_origin(request);
  if (route.action.empty()) return Grant();
  const Grant grant = engine_.keys().authorize(request.header("authorization"), route.action);
  if (names_an_index(route)) require_index(grant, match.segments[0]);
  return grant;
}

HttpResponse HttpApi::call_route(HttpRequest& request, const RouteMatch& match) const {
  const Route& route = *match.route;
  const Grant grant = authorize(request, match);
  if (names_an_index(route)) check_index_uid(match.segments[0]);
  const Fields query =
      read_parameters(route.input.any_query ? HttpQuery{} : parse_query(request.query), route.input.query);
  check_content_type(request, route.input.body);
  const Json body = read_body(request, route.input);
  Call call{request,
            route,
            engine_,
            metrics_,
            grant,
            match.segments,
            query,
            body,
            options_.page_key,
            options_.page_index,
            options_.public_url,
            limiter_.get()};
  return route.handler(call);
}

HttpResponse HttpApi::not_found_page(HttpRequest& request) const {
  const Route no_route;
  const Grant no_grant;
  const std::vector<std::string> no_segments;
  const Fields no_query;
  const Json no_body;
  return page_not_found({request, no_route, engine_, metrics_, no_grant, no_segments, no_query, no_body,
                         options_.page_key, options_.page_index, options_.public_url});
}

void HttpApi::add_cors_headers(const HttpRequest& request, HttpResponse& response) const {
  if (options_.cors_origins.empty()) {
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");
    return;
  }
  add_vary(response, "Origin");
  const std::string origin(request.header("origin").value_or(""));
  if (std::find(options_.cors_origins.begin(), options_.cors_origins.end(), origin) !=
      options_.cors_origins.end())
    response.headers.emplace_back("Access-Control-Allow-Origin", origin);
}

RouteLimits HttpApi::limits_of(const std::string& method, const std::string& path) const {
  RouteLimits limits;
  try {
    const RouteMatch match = router_.find(method, path);
    if (!match.route) return limits;
    limits.lane = match.route->lane;
    if (match.route->input.body == Body::Documents) limits.body_place = BodyPlace::Spool;
    if (match.route->input.body == Body::JsonValue && !match.route->input.is_long)
      limits.max_body_bytes = kMaxJsonBytes;
  } catch (const Error&) {
    // A path that cannot be read is answered by handle().
  }
  return limits;
}

std::optional<HttpResponse> HttpApi::refuse_upload(const HttpRequest& head) const {
  HttpResponse response;
  try {
    if (!engine_.keys().has_master_key()) site_.check_host(head);
    const RouteMatch match = router_.find(head.method, head.path);
    if (!match.route) return std::nullopt;
    authorize(head, match);
    return std::nullopt;
  } catch (const Error& error) {
    response = error_answer(head, error.code(), error.what());
  } catch (const std::exception& error) {
    response = internal_error(head, error.what());
  }
  add_cors_headers(head, response);
  return response;
}

}  // namespace nunmul
