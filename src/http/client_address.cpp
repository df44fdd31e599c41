// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/client_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/log.h"
#include "base/network_address.h"
#include "http/text_fields.h"

namespace nunmul {
namespace {

constexpr unsigned kIpv4Offset = 96;  // bits before an IPv4 address in its IPv6 form
constexpr IpAddress kIpv4Prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::size_t kClientPrefixBytes = 8;  // a /64

bool is_ipv4(const IpAddress& address) {
  return std::equal(address.begin(), address.begin() + kIpv4Offset / 8, kIpv4Prefix.begin());
}

// "192.0.2.1:443", "[2001:db8::1]:443" and "[2001:db8::1]" → the address.
std::string_view without_port(std::string_view text) {
  const auto parts = read_ip(text) ? std::nullopt : split_host(text);
  return parts ? parts->host : text;
}

std::optional<std::string_view> last_value(const HttpRequest& request, std::string_view name) {
  std::optional<std::string_view> last;
  for (const auto& [header, value] : request.headers) {
    if (header != name) continue;
    for (const std::string_view item : split_list(value)) last = item;
  }
  return last;
}

}  // namespace

std::optional<IpAddress> read_ip(std::string_view text) {
  const std::string terminated(text.substr(0, INET6_ADDRSTRLEN));
  IpAddress address = kIpv4Prefix;
  if (::inet_pton(AF_INET, terminated.c_str(), address.data() + kIpv4Offset / 8) == 1) return address;
  if (::inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
  return std::nullopt;
}

std::string to_string(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (is_ipv4(address)) {
    ::inet_ntop(AF_INET, address.data() + kIpv4Offset / 8, text.data(), text.size());
  } else {
    ::inet_ntop(AF_INET6, address.data(), text.data(), text.size());
  }
  return text.data();
}

std::string client_group(std::string_view address) {
  std::optional<IpAddress> ip = read_ip(address);
  if (!ip) return std::string(address);
  if (!is_ipv4(*ip)) std::fill(ip->begin() + kClientPrefixBytes, ip->end(), '\0');
  return to_string(*ip);
}

TrustedProxies::TrustedProxies(const std::vector<std::string>& texts) {
  for (const std::string& text : texts)
    for (const std::string_view item : split_list(text)) networks_.push_back(read_network(item));
}

TrustedProxies::Network TrustedProxies::read_network(std::string_view text) {
  const std::string_view address = text.substr(0, text.find('/'));
  const auto ip = read_ip(address);
  const unsigned offset = ip && is_ipv4(*ip) ? kIpv4Offset : 0;
  unsigned bits = 128 - offset;
  bool has_length = true;
  if (address.size() < text.size()) {
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + address.size() + 1, end, bits);
    has_length = read.ec == std::errc{} && read.ptr == end && bits <= 128 - offset;
  }
  if (!ip || !has_length)
    throw Error(ErrorCode::InvalidInput,
                quoted(text) + " is neither an address nor a network such as 10.0.0.0/8.");
  return {*ip, bits + offset};
}

bool TrustedProxies::contains(std::string_view address) const {
  if (networks_.empty()) return false;
  const auto ip = read_ip(address);
  return ip && std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
           return same_network(ip->data(), network.address.data(), network.bits);
         });
}

std::string TrustedProxies::forwarded_client(const HttpRequest& request) const {
  std::vector<std::string_view> chain;  // from the client to the proxy before the peer
  for (const auto& [name, value] : request.headers) {
    if (name != "x-forwarded-for") continue;
    for (const std::string_view item : split_list(value)) chain.push_back(without_port(item));
  }
  std::string client = request.peer;
  for (auto hop = chain.rbegin(); hop != chain.rend(); ++hop) {
    const auto ip = read_ip(*hop);
    if (!ip) return request.peer;
    client = to_string(*ip);
    if (!contains(client)) break;
  }
  return client;
}

void TrustedProxies::identify(HttpRequest& request) const {
  request.client = request.peer;
  request.authority = request.header("host").value_or("");
  if (!contains(request.peer)) return;
  request.client = forwarded_client(request);
  const auto scheme = last_value(request, "x-forwarded-proto");
  if (scheme && equals_ignoring_case(*scheme, "https")) request.scheme = "https";
  const auto host = last_value(request, "x-forwarded-host");
  if (host && is_host_text(*host)) request.authority = *host;
}

}  // namespace nunmul
