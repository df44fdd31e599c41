// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/error_response.h"

namespace nunmul {

Json error_object(ErrorCode code, const std::string& message) {
  const ErrorRow& row = error_row(code);
  return Json{{"message", message},
              {"code", row.name},
              {"type", to_string(row.type)},
              {"link", std::string(kErrorManual) + "#" + std::string(row.name)}};
}

HttpResponse error_response(ErrorCode code, const std::string& message) {
  HttpResponse response;
  response.status = error_row(code).status;
  response.content_type = "application/json";
  response.body = dump_json(error_object(code, message));
  if (response.status == 503) response.headers.emplace_back("Retry-After", "10");
  return response;
}

}  // namespace nunmul
