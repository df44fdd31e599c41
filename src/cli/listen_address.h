// SPDX-License-Identifier: GPL-2.0-or-later
// The address of a server as people write it.
#pragma once

#include <cstdint>
#include <string>

namespace nunmul {

struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
};

// "127.0.0.1:7700", "[::1]:7700", "localhost:0". Throws Error(InvalidInput) that names the text.
ListenAddress parse_listen_address(const std::string& text);

// Whether only this machine can reach it.
bool is_loopback(const std::string& host);

}  // namespace nunmul
