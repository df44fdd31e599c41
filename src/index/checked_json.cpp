// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/checked_json.h"

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"

namespace nunmul {

void write_checked_json(const std::filesystem::path& file, const Json& json) {
  const std::string text = dump_json(json);
  write_file_atomically(file, std::to_string(crc32(text)) + "\n" + text + "\n");
}

std::optional<Json> read_checked_json(const std::filesystem::path& file) {
  const std::string bytes = read_file(file);
  const std::size_t line = bytes.find('\n');
  if (line == std::string::npos || bytes.size() < line + 2) return std::nullopt;
  const std::string_view text = std::string_view(bytes).substr(line + 1, bytes.size() - line - 2);
  if (std::to_string(crc32(text)) != bytes.substr(0, line)) return std::nullopt;
  try {
    return parse_json(text);
  } catch (const Error&) {
    return std::nullopt;  // written by nobody of ours
  }
}

}  // namespace nunmul
