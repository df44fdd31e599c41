// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/router.h"

#include <optional>

#include "base/error.h"

namespace nunmul {
namespace {

// "/a/b" → "a", "b"; "/" has none. Empty segments stay: "/indexes//search" is no path of ours.
std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> segments;
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  if (!path.empty() && path.back() == '/') path.remove_suffix(1);
  if (path.empty()) return segments;
  for (;;) {
    const auto slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

bool is_name(std::string_view pattern_segment) {
  return !pattern_segment.empty() && pattern_segment.front() == ':';
}

bool fits(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& segments) {
  const bool has_rest = !pattern.empty() && pattern.back() == "*";
  const std::size_t named = pattern.size() - (has_rest ? 1 : 0);
  if (has_rest ? segments.size() < named : segments.size() != named) return false;
  for (std::size_t i = 0; i < named; ++i) {
    if (is_name(pattern[i]) ? segments[i].empty() : pattern[i] != segments[i]) return false;
  }
  return true;
}

std::vector<std::string> decode_named(const std::vector<std::string_view>& pattern,
                                      const std::vector<std::string_view>& segments) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (!is_name(pattern[i])) continue;
    const auto value = percent_decode(segments[i]);
    if (!value)
      throw Error(ErrorCode::BadRequest,
                  "The path segment `" + std::string(segments[i]) + "` is not valid percent-encoded UTF-8.");
    values.push_back(*value);
  }
  return values;
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (const Route& route : routes_) patterns_.push_back(split_path(route.pattern));
}

RouteMatch Router::find(std::string_view method, std::string_view path) const {
  if (method == "HEAD") method = "GET";
  RouteMatch match;
  const auto segments = split_path(path);
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    const Route& route = routes_[i];
    if (!fits(patterns_[i], segments)) continue;
    match.path_is_known = true;
    match.allowed += (match.allowed.empty() ? "" : ", ") + std::string(route.method);
    if (match.route || (route.method != method && route.method != "*")) continue;
    match.route = &route;
    match.segments = decode_named(patterns_[i], segments);
  }
  return match;
}

}  // namespace nunmul
