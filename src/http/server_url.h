// SPDX-License-Identifier: GPL-2.0-or-later
// The address of this server as its clients know it, for links in answers. A server cannot know by itself
// which name leads to it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/http_message.h"

namespace nunmul {

// Without a slash at its end: `public_url`, which the owner gave, unless it is empty; else what the request's
// Host says, if that has the form of a host with or without a port; else `otherwise`.
std::string server_url(const HttpRequest& request, std::string_view public_url,
                       std::string_view otherwise = "http://localhost");

// "http://127.0.0.1:7700"; the name of this machine where all its addresses are listened on.
std::string listening_url(const std::string& host, std::uint16_t port);

}  // namespace nunmul
