// SPDX-License-Identifier: GPL-2.0-or-later
// /indexes/{uid}/fields: what may be done with each field that documents have.
#pragma once

#include "http/route.h"

namespace nunmul {

inline constexpr Field kFieldListFields[] = {
    {"offset", FieldKind::Count, ErrorCode::InvalidIndexOffset, "Fields to leave out; 0 if absent."},
    {"limit", FieldKind::Count, ErrorCode::InvalidIndexLimit, "Fields shown at most; 20 if absent."},
    {"filter", FieldKind::Object, ErrorCode::BadRequest,
     "Which fields: `attributePatterns`, and booleans `displayed`, `searchable`, `sortable`, `distinct`, "
     "`rankingRule`, `filterable`."},
};

HttpResponse list_fields(Call& call);

}  // namespace nunmul
