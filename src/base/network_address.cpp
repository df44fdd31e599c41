// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/network_address.h"

#include <algorithm>

namespace nunmul {

std::optional<HostAndPort> split_host(std::string_view text) {
  HostAndPort parts{text, std::nullopt, text.starts_with('[')};
  const std::size_t end = parts.in_brackets ? text.find(']') : text.rfind(':');
  if (!parts.in_brackets) {
    if (end == text.npos) return parts;
    parts.host = text.substr(0, end);
    parts.port = text.substr(end + 1);
    return parts;
  }
  if (end == text.npos) return std::nullopt;
  parts.host = text.substr(1, end - 1);
  const std::string_view rest = text.substr(end + 1);
  if (rest.empty()) return parts;
  if (rest.front() != ':') return std::nullopt;
  parts.port = rest.substr(1);
  return parts;
}

bool is_loopback_address(std::string_view address) { return address == "::1" || address.starts_with("127."); }

bool same_network(const std::uint8_t* a, const std::uint8_t* b, unsigned bits) {
  const unsigned bytes = bits / 8, rest = bits % 8;
  if (!std::equal(a, a + bytes, b)) return false;
  return rest == 0 || (a[bytes] ^ b[bytes]) >> (8 - rest) == 0;
}

}  // namespace nunmul
