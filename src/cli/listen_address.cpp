// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/listen_address.h"

#include <charconv>

#include "base/error.h"
#include "base/network_address.h"
#include "cli/command.h"

namespace nunmul {

ListenAddress parse_listen_address(const std::string& text) {
  const auto parts = split_host(text);
  const std::string_view digits = parts ? parts->port.value_or("") : "";
  std::uint16_t port = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, problem] = std::from_chars(digits.data(), end, port);
  if (digits.empty() || problem != std::errc{} || stop != end)
    throw WrongUse("--listen takes HOST:PORT, such as 127.0.0.1:7700, not `" + text + "`.");
  if (parts->host.empty())
    throw WrongUse("--listen needs a host, not `" + text + "`; 0.0.0.0:" + std::to_string(port) +
                   " is every address.");
  return {std::string(parts->host), port};
}

bool is_loopback(const std::string& host) { return host == "localhost" || is_loopback_address(host); }

}  // namespace nunmul
