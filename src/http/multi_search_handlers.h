// SPDX-License-Identifier: GPL-2.0-or-later
// /multi-search: several searches in one request, each with an answer of its own, or merged.
#pragma once

#include "http/route.h"

namespace nunmul {

inline constexpr Field kMultiSearchFields[] = {
    {"queries", FieldKind::Array, ErrorCode::BadRequest, "Searches with their `indexUid`.",
     ErrorCode::BadRequest},
    {"federation", FieldKind::Object, ErrorCode::InvalidMultiSearchFederated,
     "Merges all hits into one list."},
};

HttpResponse multi_search(Call& call);

}  // namespace nunmul
