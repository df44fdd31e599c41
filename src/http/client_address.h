// SPDX-License-Identifier: GPL-2.0-or-later
// Who sent a request, and under which address the client knows the server. The connection says so or, if
// the request comes from a proxy that the owner named, the proxy's headers do. Forwarded headers of anybody
// else are ignored.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/http_message.h"

namespace nunmul {

// An IPv4 address stands in its IPv6 form, ::ffff:192.0.2.1.
using IpAddress = std::array<unsigned char, 16>;

// "192.0.2.1", "2001:db8::1"; nothing for all else.
std::optional<IpAddress> read_ip(std::string_view text);

// The usual form: "192.0.2.1" also for ::ffff:192.0.2.1.
std::string to_string(const IpAddress& address);

// The clients whose connections, memory and turns are counted together: an IPv4 address or the /64 of an
// IPv6 address, of which one client has all. A text that is no address stands for itself.
std::string client_group(std::string_view address);

class TrustedProxies {
 public:
  TrustedProxies() = default;
  // Each text is an address, a network ("10.0.0.0/8", "fd00::/8") or a list of them with commas. Throws
  // Error(InvalidInput) that names what is neither.
  explicit TrustedProxies(const std::vector<std::string>& texts);

  bool contains(std::string_view address) const;

  // Sets client, scheme and authority of the request, from its peer and its headers. The client is the
  // address of X-Forwarded-For that stands right-most among those that are no trusted proxy; the peer
  // where something is no address. Of X-Forwarded-Proto and X-Forwarded-Host the last value counts, which
  // the proxy next to the server wrote.
  void identify(HttpRequest& request) const;

 private:
  struct Network {
    IpAddress address;
    unsigned bits;  // of the IPv6 form
  };

  static Network read_network(std::string_view text);
  std::string forwarded_client(const HttpRequest& request) const;

  std::vector<Network> networks_;
};

}  // namespace nunmul
