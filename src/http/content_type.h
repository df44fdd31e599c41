// SPDX-License-Identifier: GPL-2.0-or-later
// The form of a body, by its Content-Type.
#pragma once

#include "engine/payload.h"
#include "http/http_message.h"
#include "http/route.h"

namespace nunmul {

// Throws Error(MissingContentType) or Error(InvalidContentType), which list what the route takes;
// nothing is asked of Body::None. What follows a `;` is ignored.
void check_content_type(const HttpRequest& request, Body body);

// For a request that passed the check with Body::Documents.
PayloadFormat payload_format(const HttpRequest& request);

}  // namespace nunmul
