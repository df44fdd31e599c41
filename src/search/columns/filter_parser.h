// SPDX-License-Identifier: GPL-2.0-or-later
// The grammar of filter expressions:
//   expr  = and { OR and }          and = not { AND not }        not = NOT not | "(" expr ")" | test
//   test  = attr ("=" | "!=" | "<" | "<=" | ">" | ">=") value | attr value TO value
//         | attr [NOT] IN "[" [value { "," value } [","]] "]" | attr [NOT] EXISTS | attr IS [NOT] NULL
//         | attr IS [NOT] EMPTY | attr [NOT] CONTAINS value | attr [NOT] STARTS WITH value
#pragma once

#include <string_view>

#include "search/columns/filter_expression.h"

namespace nunmul {

// Whether the settings allow it is not asked here. A blank expression fits all documents. Throws
// Error(code) with the place.
Filter parse_filter_expression(std::string_view expression, ErrorCode code);

}  // namespace nunmul
