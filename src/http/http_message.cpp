// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/http_message.h"

#include <algorithm>
#include <system_error>

#include "base/error.h"
#include "base/log.h"
#include "base/utf8.h"
#include "http/text_fields.h"

namespace nunmul {
namespace {

std::string decoded(std::string_view text) {
  if (auto value = percent_decode(text, PlusSign::IsSpace)) return *std::move(value);
  throw Error(ErrorCode::BadRequest,
              "Invalid percent-encoding in the query string: " + quoted(text) + " is not encoded UTF-8");
}

}  // namespace

BodyFile::~BodyFile() {
  std::error_code ignored;  // a file that cannot be removed now is swept when the server next starts
  if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

BodyFile::BodyFile(BodyFile&& other) noexcept : path_(other.release()) {}

BodyFile& BodyFile::operator=(BodyFile&& other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}

std::filesystem::path BodyFile::release() { return std::exchange(path_, {}); }

std::optional<std::string_view> HttpRequest::header(std::string_view name) const {
  const auto found =
      std::find_if(headers.begin(), headers.end(), [&](const auto& header) { return header.first == name; });
  if (found == headers.end()) return std::nullopt;
  return found->second;
}

void add_vary(HttpResponse& response, std::string_view names) {
  for (auto& [name, value] : response.headers) {
    if (!equals_ignoring_case(name, "Vary")) continue;
    value.append(", ").append(names);
    return;
  }
  response.headers.emplace_back("Vary", names);
}

std::optional<std::string> percent_decode(std::string_view text, PlusSign plus) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      result += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      result += text[i] == '+' && plus == PlusSign::IsSpace ? ' ' : text[i];
    }
  }
  if (find_invalid_utf8(result)) return std::nullopt;
  return result;
}

HttpQuery parse_query(std::string_view query) {
  HttpQuery result;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    result.emplace_back(decoded(pair.substr(0, equals)), decoded(value));
  }
  return result;
}

}  // namespace nunmul
