// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/page_routes.h"

namespace nunmul {

std::vector<Route> page_routes() { return {}; }

}  // namespace nunmul
