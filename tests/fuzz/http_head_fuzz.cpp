// SPDX-License-Identifier: GPL-2.0-or-later
// Bytes of a connection → requests. The first byte says how the rest comes in pieces; however it does,
// the same requests and the same refusal must come out, and what comes out must keep the front's
// promises: clean heads, bounded bodies, a query that is read or refused, a body that is inflated or refused.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/content_coding.h"
#include "http/http_message.h"
#include "http/refusal.h"
#include "http/request_framer.h"
#include "http/text_fields.h"

using namespace nunmul;

namespace {

constexpr std::size_t kMaxBodyBytes = 2000;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_request(HttpRequest& request) {
  require(is_token(request.method));
  require(request.path.starts_with('/') || request.path == "*");
  require(request.target.size() <= HeadLimits().max_target_bytes);
  for (const char c : request.target) require(static_cast<unsigned char>(c) > 0x20 && c != 0x7F);
  for (const auto& [name, value] : request.headers) {
    require(is_token(name) && to_lower_ascii(name) == name && is_field_text(value));
  }
  require(!(request.header("content-length") && request.header("transfer-encoding")));
  require(request.body.size() <= kMaxBodyBytes);
  try {
    parse_query(request.query);
  } catch (const Error&) {
  }
  percent_decode(request.path);
  accepts_coding(request.header("accept-encoding").value_or(""), "gzip");
  try {
    inflate_body(request, {kMaxBodyBytes, "", 0});
  } catch (const Refusal&) {
  }
  require(request.body.size() <= kMaxBodyBytes);
}

std::string reading(std::string_view bytes, std::size_t piece_size) {
  RequestFramer framer;
  std::string result;
  try {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece_size, bytes.size()))) {
      framer.feed(bytes.substr(0, piece_size));
      for (FramerStep step = framer.advance(); step != FramerStep::NeedBytes; step = framer.advance()) {
        if (step == FramerStep::Head) {
          framer.begin_body({kMaxBodyBytes, "", 0});
          continue;
        }
        HttpRequest request = framer.take_request();
        result += request.method + " " + request.target + "=" + request.body + "\n";
        check_request(request);
      }
    }
  } catch (const Refusal& refusal) {
    return result + std::to_string(refusal.status());
  }
  return result + (framer.is_between_requests() ? "" : "…");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  require(reading(bytes, std::size_t{data[0]} + 1) == reading(bytes, bytes.size() + 1));
  return 0;
}
