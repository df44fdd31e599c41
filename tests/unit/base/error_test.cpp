// SPDX-License-Identifier: GPL-2.0-or-later
// Errors: each code has a row of its own (that the rows are in order is checked when compiling), names
// have one form, and type and status agree.
#include "base/error.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

TEST_SUITE_BEGIN("base/error");

namespace nunmul {
namespace {

constexpr int kCodes = static_cast<int>(ErrorCode::InvalidInput) + 1;

const ErrorRow& row(int code) { return error_row(static_cast<ErrorCode>(code)); }

TEST_CASE("names are lower-case words with underscores, each once") {
  std::set<std::string_view> names;
  for (int code = 0; code < kCodes; ++code) {
    const std::string_view name = row(code).name;
    CAPTURE(name);
    CHECK(names.insert(name).second);
    CHECK(std::all_of(name.begin(), name.end(), [](char c) { return c == '_' || (c >= 'a' && c <= 'z'); }));
  }
}

TEST_CASE("the status of an error fits its type") {
  for (int code = 0; code < kCodes; ++code) {
    const ErrorRow& error = row(code);
    CAPTURE(error.name);
    switch (error.type) {
      case ErrorType::Auth:
        CHECK((error.status == 401 || error.status == 403));
        break;
      case ErrorType::InvalidRequest:
        CHECK((error.status >= 400 && error.status < 500));
        break;
      case ErrorType::Internal:
        CHECK(error.status == 500);
        break;
      case ErrorType::System:
        CHECK((error.status == 422 || error.status == 503));
        break;
    }
  }
}

TEST_CASE("codes that clients branch on have their rows") {
  CHECK(error_row(ErrorCode::IndexNotFound).name == "index_not_found");
  CHECK(error_row(ErrorCode::IndexNotFound).status == 404);
  CHECK(error_row(ErrorCode::PayloadTooLarge).status == 413);
  CHECK(error_row(ErrorCode::IndexAlreadyExists).status == 409);
  CHECK(error_row(ErrorCode::MissingContentType).status == 415);
  CHECK(to_string(error_row(ErrorCode::InvalidApiKey).type) == "auth");
  CHECK(to_string(error_row(ErrorCode::InvalidSearchQ).type) == "invalid_request");
  CHECK(to_string(error_row(ErrorCode::Internal).type) == "internal");
  CHECK(to_string(error_row(ErrorCode::IoError).type) == "system");
}

TEST_CASE("an error carries its code and its message") {
  const Error error(ErrorCode::IndexNotFound, "Index `movies` not found.");
  CHECK(error.code() == ErrorCode::IndexNotFound);
  CHECK(std::string(error.what()) == "Index `movies` not found.");
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
