// SPDX-License-Identifier: GPL-2.0-or-later
// The small grammar that HTTP's header fields share (RFC 9110, section 5). ASCII only, no locale.
#pragma once

#include <string_view>
#include <vector>

#include "base/ascii_text.h"

namespace nunmul {

// Whether a Host header may be this: no blanks, no character that ends a host in an address, ASCII only.
bool is_host_text(std::string_view text);

// The trimmed items of "a, b,c", without empty ones.
std::vector<std::string_view> split_list(std::string_view text, char separator = ',');

// Whether an Accept-Encoding header offers the coding: named, or by `*`, and not with q=0.
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

}  // namespace nunmul
