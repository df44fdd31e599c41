// SPDX-License-Identifier: GPL-2.0-or-later
// The pages for people, and their files. They need no key, and they are not part of the API or its
// description.
#pragma once

#include <vector>

#include "http/route.h"

namespace nunmul {

std::vector<Route> page_routes();

// Whether a browser asks for a page, and not a client for data.
bool is_page_request(const HttpRequest& request);

// The page shown where there is none.
HttpResponse page_not_found(const Call& call);

}  // namespace nunmul
