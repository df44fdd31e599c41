// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/master_key.h"

#include <algorithm>

#include "base/files.h"
#include "cli/command.h"
#include "cli/private_files.h"

namespace nunmul {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_control(unsigned char c) { return c < ' ' || c == 0x7F; }

// The fault of a key, or "".
std::string problem_of(const std::string& key) {
  if (key.starts_with("\xEF\xBB\xBF")) return "begins with a byte order mark";
  if (is_blank(key.front()) || is_blank(key.back())) return "begins or ends with a blank";
  if (key.find_first_of("\r\n") != std::string::npos) return "has more than one line";
  if (std::any_of(key.begin(), key.end(), is_control)) return "holds a control character";
  return "";
}

void require_sendable(const std::string& key, const std::string& place) {
  const std::string problem = problem_of(key);
  if (!problem.empty())
    throw HintedError(ErrorCode::InvalidInput,
                      "The master key " + place + " " + problem + ", which no client sends.",
                      "a key is one line of text without blanks around it, such as of: openssl rand -hex 32");
}

std::string read_key_file(const std::string& file) {
  warn_of_open_key(file);
  std::string key = read_file(file);
  while (!key.empty() && (key.back() == '\n' || key.back() == '\r')) key.pop_back();
  if (key.empty()) throw Error(ErrorCode::InvalidInput, "The file " + file + " holds no master key.");
  return key;
}

}  // namespace

std::optional<std::string> read_master_key(const std::string& given, const std::string& file) {
  if (given.empty() && file.empty()) return std::nullopt;
  std::string key = file.empty() ? given : read_key_file(file);
  require_sendable(key, file.empty() ? "of --master-key" : "in " + file);
  return key;
}

}  // namespace nunmul
