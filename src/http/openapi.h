// SPDX-License-Identifier: GPL-2.0-or-later
// The description of the API for people and tools (OpenAPI 3.1), made from the table of routes, so
// that it cannot say anything else than what is answered.
#pragma once

#include <span>

#include "base/json.h"
#include "http/route.h"

namespace nunmul {

Json openapi_description(std::span<const Route> routes);

}  // namespace nunmul
