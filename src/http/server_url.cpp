// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/server_url.h"

#include "base/network_address.h"

namespace nunmul {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kNameBytes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
constexpr std::string_view kAddressBytes = "0123456789abcdefABCDEF:.";

bool consists_of(std::string_view text, std::string_view bytes) {
  return !text.empty() && text.find_first_not_of(bytes) == std::string_view::npos;
}

// "search.example", "127.0.0.1:7700", "[::1]:7700".
bool is_host(std::string_view text) {
  const auto parts = split_host(text);
  return parts && consists_of(parts->host, parts->in_brackets ? kAddressBytes : kNameBytes) &&
         (!parts->port || consists_of(*parts->port, kDigits));
}

}  // namespace

std::string server_url(const HttpRequest& request, std::string_view public_url, std::string_view otherwise) {
  if (!public_url.empty()) return std::string(public_url);
  if (!is_host(request.authority)) return std::string(otherwise);
  return request.scheme + "://" + request.authority;
}

std::string listening_url(const std::string& host, std::uint16_t port) {
  std::string name = host == "0.0.0.0" || host == "::" ? "localhost" : host;
  if (name.find(':') != std::string::npos) name = "[" + name + "]";
  return "http://" + name + ":" + std::to_string(port);
}

}  // namespace nunmul
