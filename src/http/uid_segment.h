// SPDX-License-Identifier: GPL-2.0-or-later
// Numbers in paths: /tasks/{uid}, /batches/{uid}.
#pragma once

#include <charconv>
#include <cstdint>

#include "base/error.h"
#include "http/route.h"

namespace nunmul {

// The first named segment. Throws Error(code) if it is no number of 32 bits.
inline std::uint64_t uid_segment(const Call& call, ErrorCode code) {
  const std::string& text = call.segments[0];
  std::uint32_t uid = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), uid);
  if (problem == std::errc{} && end == text.data() + text.size()) return uid;
  throw Error(code, "Invalid value in the path: could not parse `" + text + "` as a positive integer");
}

}  // namespace nunmul
