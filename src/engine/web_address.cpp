// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/web_address.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/ascii_text.h"
#include "base/network_address.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxUrlBytes = 2'000;

bool take_scheme(std::string_view& url, std::string_view scheme) {
  if (!equals_ignoring_case(url.substr(0, scheme.size()), scheme)) return false;
  url.remove_prefix(scheme.size());
  return true;
}

bool is_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port > 0;
}

void read_authority(WebAddress& address) {
  const std::string_view text = address.authority;
  if (text.find('@') != text.npos) throw BadWebAddress{"has a password, which belongs into a header"};
  const auto parts = split_host(text);
  if (!parts || parts->host.empty()) throw BadWebAddress{"has no host"};
  address.host = parts->host;
  if (parts->port) address.port = *parts->port;
  if (!parts->in_brackets && address.host.find(':') != address.host.npos) address.port.clear();  // a:b:80
  if (!is_port(address.port)) throw BadWebAddress{"has no port from 1 to 65535"};
}

}  // namespace

WebAddress read_web_address(std::string_view url) {
  if (url.size() > kMaxUrlBytes) throw BadWebAddress{"has more than 2,000 bytes"};
  if (std::any_of(url.begin(), url.end(), [](unsigned char c) { return c <= ' ' || c == 0x7F; }))
    throw BadWebAddress{"has a blank or a control character"};
  WebAddress address;
  address.is_secure = take_scheme(url, "https://");
  if (!address.is_secure && !take_scheme(url, "http://"))
    throw BadWebAddress{"does not begin with http:// or https://"};
  address.port = address.is_secure ? "443" : "80";
  const std::size_t path = std::min(url.find_first_of("/?#"), url.size());
  address.authority = url.substr(0, path);
  address.target = url.substr(path, std::min(url.find('#', path), url.size()) - path);
  if (!address.target.starts_with('/')) address.target.insert(0, "/");
  read_authority(address);
  return address;
}

}  // namespace nunmul
