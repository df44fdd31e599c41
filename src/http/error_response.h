// SPDX-License-Identifier: GPL-2.0-or-later
// A failure as every client sees it: the JSON error object of four fields.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/json.h"
#include "http/http_message.h"

namespace nunmul {

// The page that explains the codes; an error links to `kErrorManual#code`. Clients want a whole address, and
// a server does not know its own, so until the product has a site this is a name that is reserved for leading
// nowhere. Every server shows the page at /errors.
inline constexpr std::string_view kErrorManual = "https://nunmul.invalid/errors";

// {"message","code","type","link"}; also the `error` of a failed task.
Json error_object(ErrorCode code, const std::string& message);

// The object with the status of the code's row; a refusal for load also says when to come back.
HttpResponse error_response(ErrorCode code, const std::string& message);

}  // namespace nunmul
