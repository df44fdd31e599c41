// SPDX-License-Identifier: GPL-2.0-or-later
// The head of a request, read strictly: if two parsers on its way could understand it differently, it is
// refused. So no request can hide inside another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "http/http_message.h"

namespace nunmul {

struct HeadLimits {
  std::size_t max_bytes = 16 * 1024;  // request line and headers in all
  std::size_t max_headers = 64;
  std::size_t max_target_bytes = 8000;
};

enum class BodyFraming { None, Length, Chunked };

struct RequestHead {
  HttpRequest request;  // without body and peer
  BodyFraming framing = BodyFraming::None;
  std::uint64_t content_length = 0;  // of Length; above 0
  bool keep_alive = true;
  bool expects_continue = false;
};

// `bytes` begins with the request line and ends with the empty line. Throws Refusal.
RequestHead read_request_head(std::string_view bytes, const HeadLimits& limits);

// One "name: value" line without its end; the name in lower case. Throws Refusal.
std::pair<std::string, std::string> read_header_line(std::string_view line);

}  // namespace nunmul
