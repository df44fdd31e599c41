// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/listen_address.h"

#include <charconv>

#include "base/error.h"

namespace nunmul {

ListenAddress parse_listen_address(const std::string& text) {
  const auto colon = text.rfind(':');
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const char* begin = colon == std::string::npos ? end : text.data() + colon + 1;
  const auto [stop, problem] = std::from_chars(begin, end, port);
  if (begin == end || problem != std::errc{} || stop != end)
    throw Error(ErrorCode::InvalidInput,
                "`" + text + "` is no address to listen on; it has to look like 127.0.0.1:7700.");
  std::string host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (host.empty())
    throw Error(ErrorCode::InvalidInput,
                "`" + text + "` names no host; 0.0.0.0:" + std::to_string(port) + " is every address.");
  return {host, port};
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

}  // namespace nunmul
