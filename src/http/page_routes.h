// SPDX-License-Identifier: GPL-2.0-or-later
// The pages for people and their files. They need no key, are no part of the API and stand in no
// description of it.
#pragma once

#include <vector>

#include "http/route.h"

namespace nunmul {

std::vector<Route> page_routes();

}  // namespace nunmul
