// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/error_response.h"

namespace nunmul {

Json error_object(ErrorCode code, const std::string& message, std::string_view url) {
  const ErrorRow& row = error_row(code);
  return Json{{"message", message},
              {"code", row.name},
              {"type", to_string(row.type)},
              {"link", std::string(url) + "/errors#" + std::string(row.name)}};
}

HttpResponse error_response(ErrorCode code, const std::string& message, std::string_view url) {
  HttpResponse response;
  response.status = error_row(code).status;
  response.content_type = "application/json";
  response.body = dump_json(error_object(code, message, url));
  if (response.status == 503) response.headers.emplace_back("Retry-After", "10");
  return response;
}

}  // namespace nunmul
