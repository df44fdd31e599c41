// SPDX-License-Identifier: GPL-2.0-or-later
// Points in time as the API writes and reads them: UTC, microseconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nunmul {

using Time = std::chrono::sys_time<std::chrono::microseconds>;

Time now();

// Microseconds since 1970, as databases keep them.
std::int64_t micros_of(Time time);
Time time_of_micros(std::int64_t micros);

// "2026-07-22T09:15:03.123456Z".
std::string to_rfc3339(Time time);

// Reads RFC 3339 with any offset and fraction ("2026-07-22T09:15:03.12+09:00"); the fraction is cut
// at microseconds. Nothing for anything else.
std::optional<Time> parse_rfc3339(std::string_view text);

// Reads a calendar day, "2026-07-22", as its first instant.
std::optional<Time> parse_day(std::string_view text);

// "PT0.004213S".
std::string to_iso8601(std::chrono::microseconds duration);

}  // namespace nunmul
