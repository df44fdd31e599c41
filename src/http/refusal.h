// SPDX-License-Identifier: GPL-2.0-or-later
// Why a request is not answered as it was meant. The API has codes for only some of the reasons, so the
// statuses of HTTP's own refusals (431, 501 …) stand here and not in the table of codes.
#pragma once

#include <string>

#include "base/error.h"

namespace nunmul {

class Refusal : public Error {
 public:
  Refusal(ErrorCode code, const std::string& message) : Refusal(error_row(code).status, code, message) {}
  Refusal(int status, ErrorCode code, const std::string& message, unsigned retry_seconds = 0)
      : Error(code, message), status_(status), retry_seconds_(retry_seconds) {}
  int status() const { return status_; }
  // After how many the client may ask again; 0 where nobody can say.
  unsigned retry_seconds() const { return retry_seconds_; }

 private:
  int status_;
  unsigned retry_seconds_;
};

// 400, for what is no HTTP.
inline Refusal malformed(const std::string& message) { return {ErrorCode::BadRequest, message}; }

}  // namespace nunmul
