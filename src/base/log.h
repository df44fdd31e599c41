// SPDX-License-Identifier: GPL-2.0-or-later
// The log for the operator: one line for each event, on stderr or in a file. Safe from many threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace nunmul {

enum class LogLevel : std::uint8_t { Info, Warning, Error };

// AsText: "2026-07-22T09:15:03.123456Z warning a message name=value". The others name these parts `time`,
// `level` and `message`.
enum class LogFormat : std::uint8_t { AsText, AsLogfmt, AsJson };

struct LogField {
  std::string_view name;
  std::variant<std::string, std::uint64_t> value;
};

// Values from outside belong into a field, which takes any text, or are quoted in the message by `quoted`.
void log(LogLevel level, std::string_view message, const std::vector<LogField>& fields = {});

// "text", "logfmt", "json", in the order of LogFormat.
std::vector<std::string> log_format_names();
void set_log_format(LogFormat format);

// From now on lines go to the end of this file. Throws Error(IoError).
void log_to_file(const std::filesystem::path& file);

// The next line goes to a new file of that name: the old one was moved away. From a signal handler, too.
void reopen_log();

// The text as a JSON string of at most 200 bytes, cut on a character border.
std::string quoted(std::string_view text);

}  // namespace nunmul
