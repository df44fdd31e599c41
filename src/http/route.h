// SPDX-License-Identifier: GPL-2.0-or-later
// One route of the API: a row of the table in routes.cpp. Authorization, the checks of header, query
// and body, the worker that runs it and the OpenAPI description all go by this row.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "http/field.h"
#include "http/http_message.h"
#include "http/server_options.h"

namespace nunmul {

class Engine;
class Grant;
class RateLimiter;
class ServerMetrics;
struct Route;

// One request on its way through a handler. Everything it refers to outlives the call.
struct Call {
  HttpRequest& request;
  const Route& route;
  Engine& engine;
  ServerMetrics& metrics;
  const Grant& grant;                        // what the key of this request may do
  const std::vector<std::string>& segments;  // values of the pattern's `:name` segments, decoded, in order
  const Fields& query;                       // checked against Input::query
  const Json& body;                          // of routes with Body::JsonValue, else null
  std::string_view page_key = {};            // HttpApiOptions::page_key …
  std::string_view page_index = {};          // … and page_index
  std::string_view public_url = {};          // … and public_url
  RateLimiter* limiter = nullptr;            // null if nobody is limited

  // Throws Refusal if the client has searched too often lately.
  void admit(std::size_t searches = 1) const;
};

using Handler = HttpResponse (*)(Call&);

enum class Body {
  None,       // neither read nor checked
  JsonValue,  // `application/json`
  JsonList,   // the same, as long as documents may be; left to the handler
  Documents,  // also NDJSON and CSV; left to the handler, which may find it in a file
};

struct Input {
  Body body = Body::None;
  std::span<const Field> query = {};
  std::span<const Field> fields = {};  // of a body that is an object; read by the handler
  std::string_view schema = {};        // a JSON Schema of the body, where `fields` cannot say it
  bool is_long = false;    // a JSON body may be as long as documents: lists, such as settings have
  bool any_query = false;  // pages: parameters that nobody knows are left alone
};

struct Reply {
  int status = 200;
  std::string_view schema = {};  // of openapi_schemas.h; none for an empty body
};

struct Route {
  std::string_view method;
  std::string pattern;      // "/indexes/:uid/search"
  std::string_view action;  // that a key must allow; an empty action needs no key
  Handler handler = nullptr;
  std::string_view summary;  // of the description
  Reply answer = {};
  Input input = {};
  Lane lane = Lane::Admin;
  std::string_view setting = {};  // of the routes of one setting: its name in the API

  // Whether it can change something. Many routes that only read are POST, since they take a body.
  bool is_change() const {
    const bool reads = action == "search" || action == "fields.post" || action.ends_with(".get");
    return method != "GET" && !reads;
  }
};

}  // namespace nunmul
