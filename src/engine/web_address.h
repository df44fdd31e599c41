// SPDX-License-Identifier: GPL-2.0-or-later
// An http or https URL, taken apart as far as a POST needs.
#pragma once

#include <string>
#include <string_view>

namespace nunmul {

struct WebAddress {
  bool is_secure = false;
  std::string host;       // without the brackets of an IPv6 address
  std::string port;       // "1" to "65535"
  std::string target;     // path and query, for the request line
  std::string authority;  // host and port as written
};

// The fault of an address; the text goes behind "it " ("has no host").
struct BadWebAddress {
  std::string problem;
};

// Throws BadWebAddress.
WebAddress read_web_address(std::string_view url);

}  // namespace nunmul
