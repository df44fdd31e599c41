// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as JSON: refused with MalformedPayload and a place, or read into a value that is written the
// same way ever after.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/json.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_value(const nunmul::Json& value) {
  const std::string text = nunmul::dump_json(value);
  require(text.find('\n') == std::string::npos);
  const nunmul::Json again = nunmul::parse_json(text);
  require(again == value);
  require(nunmul::dump_json(again) == text);
}

void check_refusal(const nunmul::Error& error) {
  const std::string_view message = error.what();
  require(error.code() == nunmul::ErrorCode::MalformedPayload);
  require(message.find(" at line ") != std::string_view::npos);
  require(message.size() < 300);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const nunmul::JsonLimits limits{.max_depth = 20, .max_nodes = 2000};
  nunmul::Json value;
  try {
    value = nunmul::parse_json({reinterpret_cast<const char*>(bytes), size}, limits);
  } catch (const nunmul::Error& error) {
    check_refusal(error);
    return 0;
  }
  check_value(value);
  return 0;
}
