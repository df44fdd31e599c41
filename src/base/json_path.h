// SPDX-License-Identifier: GPL-2.0-or-later
// Values inside a document by dotted path: "a.b" is field b of object a, or of each object of array a,
// or a field whose own name is "a.b".
#pragma once

#include <string_view>
#include <vector>

#include "base/json.h"

namespace nunmul {

// All of them in the order of the document; arrays at the end of the path are not taken apart.
std::vector<const Json*> values_at(const Json& document, std::string_view path);

}  // namespace nunmul
