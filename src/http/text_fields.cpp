// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/text_fields.h"

#include <algorithm>

namespace nunmul {
namespace {

// "q=0", "q=0.000".
bool refuses(std::string_view parameter) {
  return equals_ignoring_case(parameter.substr(0, 2), "q=") &&
         parameter.substr(2).find_first_not_of("0.") == parameter.npos;
}

}  // namespace

bool is_host_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    constexpr std::string_view kEnds = "/?#@,\\\"<>";
    return c > 0x20 && c < 0x7F && kEnds.find(static_cast<char>(c)) == kEnds.npos;
  });
}

std::vector<std::string_view> split_list(std::string_view text, char separator) {
  std::vector<std::string_view> items;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (const std::string_view item = trimmed(text.substr(0, end)); !item.empty()) items.push_back(item);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return items;
}

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
  bool any = false;
  for (const std::string_view item : split_list(accept_encoding)) {
    const auto parts = split_list(item, ';');
    if (parts.empty()) continue;
    const bool refused = parts.size() > 1 && refuses(parts[1]);
    if (equals_ignoring_case(parts[0], coding)) return !refused;
    if (parts[0] == "*") any = !refused;
  }
  return any;
}

}  // namespace nunmul
