// SPDX-License-Identifier: GPL-2.0-or-later
// Everything that the API answers, in one table.
#pragma once

#include <vector>

#include "http/route.h"

namespace nunmul {

// In the order in which paths are matched.
std::vector<Route> api_routes();

}  // namespace nunmul
