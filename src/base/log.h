// SPDX-License-Identifier: GPL-2.0-or-later
// Lines for the operator, on stderr: time, level, message. Values from outside are quoted by the
// caller with `quoted`, so that a log line is always one line. Safe from many threads.
#pragma once

#include <string>
#include <string_view>

namespace nunmul {

enum class LogLevel { Debug, Info, Warning, Error };

void log(LogLevel level, std::string_view message);
void set_log_level(LogLevel least);

// The text as a JSON string of at most 200 bytes, cut on a character border.
std::string quoted(std::string_view text);

}  // namespace nunmul
