// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the parameters of a query by the same tables as bodies are read by.
#pragma once

#include <span>

#include "http/field.h"
#include "http/http_message.h"

namespace nunmul {

// Throws the Error of the first parameter that is wrong: its `invalid` code for a text that is not of
// the kind, BadRequest for a parameter that no row names, its `missing` code where it has to be. Of a
// repeated parameter the last one counts.
Fields read_parameters(const HttpQuery& query, std::span<const Field> table);

// "a, b" → "a", "b"; the empty text has no items. Commas inside round brackets do not split.
std::vector<std::string> query_items(std::string_view text);

}  // namespace nunmul
