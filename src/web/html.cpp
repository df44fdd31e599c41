// SPDX-License-Identifier: GPL-2.0-or-later
#include "web/html.h"

#include <algorithm>

namespace nunmul {

void Html::escape(std::string_view value) {
  for (const char c : value) {
    switch (c) {
      case '&':
        out_ += "&amp;";
        break;
      case '<':
        out_ += "&lt;";
        break;
      case '>':
        out_ += "&gt;";
        break;
      case '"':
        out_ += "&quot;";
        break;
      case '\'':
        out_ += "&#39;";
        break;
      default:
        out_ += c;
    }
  }
}

Html& Html::marked(std::string_view value, std::string_view open, std::string_view close) {
  while (!value.empty()) {
    const std::size_t begin = value.find(open);
    text(value.substr(0, begin));
    if (begin == std::string_view::npos) break;
    value.remove_prefix(begin + open.size());
    const std::size_t end = value.find(close);
    markup("<mark>").text(value.substr(0, end)).markup("</mark>");
    value.remove_prefix(end == std::string_view::npos ? value.size() : end + close.size());
  }
  return *this;
}

std::string url_encode(std::string_view value) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : value) {
    if (kPlain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.append("%").append(1, kDigits[byte >> 4]).append(1, kDigits[byte & 15]);
  }
  return out;
}

}  // namespace nunmul
