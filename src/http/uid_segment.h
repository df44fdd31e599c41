// SPDX-License-Identifier: GPL-2.0-or-later
// Uids of tasks and batches as text, in paths and in lists: /tasks/{uid}, ?uids=1,2.
#pragma once

#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "http/route.h"

namespace nunmul {

// A number too large for any task is the largest one, which no task has. Nothing if it is no number.
inline std::optional<std::uint64_t> find_uid(std::string_view text) {
  constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
  if (text.empty() || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  std::int64_t uid = 0;
  const bool fits = std::from_chars(text.data(), text.data() + text.size(), uid).ec == std::errc{};
  return static_cast<std::uint64_t>(fits ? uid : kLargest);
}

// The first named segment. Throws Error(code) if it is no number.
inline std::uint64_t uid_segment(const Call& call, ErrorCode code) {
  const std::string& text = call.segments[0];
  if (const auto uid = find_uid(text)) return *uid;
  throw Error(code, "Invalid value in the path: could not parse `" + text + "` as a positive integer");
}

}  // namespace nunmul
