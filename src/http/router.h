// SPDX-License-Identifier: GPL-2.0-or-later
// Finds the route of a path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/route.h"

namespace nunmul {

struct RouteMatch {
  const Route* route = nullptr;       // null where nothing answers that method
  bool path_is_known = false;         // whether another method would be answered
  std::vector<std::string> segments;  // values of `:name`, decoded
  std::string allowed;                // the methods that the path answers: "GET, POST"
};

class Router {
 public:
  // Where several patterns fit a path, the first one counts: literal names stand before `:name`. The method
  // "*" is any; a pattern that ends in "/*" fits its path and all that lies under it.
  explicit Router(std::vector<Route> routes);
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  // `path` is as sent, percent-encoded. One trailing slash is ignored; HEAD is answered by GET. Throws
  // Error(BadRequest) for a segment that is not UTF-8 in percent-encoding.
  RouteMatch find(std::string_view method, std::string_view path) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
  std::vector<std::vector<std::string_view>> patterns_;  // of routes_, cut at the slashes
};

}  // namespace nunmul
