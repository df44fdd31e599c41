// SPDX-License-Identifier: GPL-2.0-or-later
// Network addresses in the forms that people and HTTP headers use.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace nunmul {

struct HostAndPort {
  std::string_view host;  // without the brackets of an IPv6 address
  std::optional<std::string_view> port;
  bool in_brackets = false;
};

// "search.example", "127.0.0.1:7700", "[::1]:7700", "[::1]"; without brackets the last colon is the border.
// Nothing where brackets do not close or another text follows them. What host and port are is not looked at.
std::optional<HostAndPort> split_host(std::string_view text);

// Whether only this machine has the address: 127.0.0.0/8 and ::1.
bool is_loopback_address(std::string_view address);

// Whether two addresses in network byte order have the same first bits.
bool same_network(const std::uint8_t* a, const std::uint8_t* b, unsigned bits);

}  // namespace nunmul
