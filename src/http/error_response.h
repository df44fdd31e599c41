// SPDX-License-Identifier: GPL-2.0-or-later
// A failure as every client sees it: the JSON error object of four fields.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/json.h"
#include "http/http_message.h"

namespace nunmul {

// {"message","code","type","link"}; also the `error` of a failed task. The link leads to the page of this
// server that explains the codes; `url` is the server's (server_url).
Json error_object(ErrorCode code, const std::string& message, std::string_view url);

// The object with the status of the code's row; a refusal for load also says when to come back.
HttpResponse error_response(ErrorCode code, const std::string& message, std::string_view url);

}  // namespace nunmul
