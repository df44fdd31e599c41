// SPDX-License-Identifier: GPL-2.0-or-later
// Why the front does not pass a request on. The API has codes for only some of the reasons, so the statuses
// of HTTP's own refusals (431, 501 …) stand here and not in the table of codes.
#pragma once

#include <string>

#include "base/error.h"

namespace nunmul {

class Refusal : public Error {
 public:
  Refusal(ErrorCode code, const std::string& message) : Refusal(error_row(code).status, code, message) {}
  Refusal(int status, ErrorCode code, const std::string& message) : Error(code, message), status_(status) {}
  int status() const { return status_; }

 private:
  int status_;
};

// 400, for what is no HTTP.
inline Refusal malformed(const std::string& message) { return {ErrorCode::BadRequest, message}; }

}  // namespace nunmul
